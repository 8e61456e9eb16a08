package server

import (
	"embed"
	"html/template"
	"strings"

	"offprint/internal/problem"
)

const htmlType = "text/html; charset=utf-8"

//go:embed pages
var pageFiles embed.FS

// pages are the HTML pages that the service shows of itself. They load nothing:
// their style stands in them.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"marked":   marked,
	"sentence": sentence,
	"style": func() (template.CSS, error) {
		b, err := pageFiles.ReadFile("pages/style.css")
		return template.CSS(b), err
	},
}).ParseFS(pageFiles, "pages/*.html"))

// marked writes text with `code` in it, and with empty lines between paragraphs.
func marked(text string) template.HTML {
	var out strings.Builder
	for _, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		out.WriteString("<p>")
		for i, part := range strings.Split(paragraph, "`") {
			part = template.HTMLEscapeString(part)
			if i%2 == 1 {
				part = "<code>" + part + "</code>"
			}
			out.WriteString(part)
		}
		out.WriteString("</p>")
	}
	return template.HTML(out.String())
}

// sentence makes a sentence of words that are written to stand in one.
func sentence(words string) string {
	if words == "" || strings.HasPrefix(words, "offprint ") {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:] + "."
}

// problemPage is what the page on a kind of problem shows.
type problemPage struct {
	problem.Kind
	Routes []*route // that may give it
}
