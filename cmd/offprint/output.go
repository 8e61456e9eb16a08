package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"offprint/article"
)

// defaultName is the template of file names when the user gives none.
const defaultName = "{title}.pdf"

// output is where -o sends PDFs.
type output struct {
	path     string
	stdout   bool // -o -
	template bool // path has placeholders: names are made, and nothing is overwritten
}

// parseOutput reads the value of -o: a file, "-", a folder, or a template.
// several says that there is more than one article.
func parseOutput(value string, several bool) (output, error) {
	out := output{path: value}
	switch {
	case value == "":
		out.path = defaultName
	case value == "-":
		out.stdout = true
	case strings.HasSuffix(value, "/"), strings.HasSuffix(value, string(filepath.Separator)), isFolder(value):
		out.path = filepath.Join(value, defaultName)
	}
	out.path = filepath.FromSlash(out.path)
	out.template = strings.Contains(out.path, "{")
	for _, match := range placeholder.FindAllStringSubmatch(out.path, -1) {
		if !slices.Contains(placeholders, match[1]) {
			return out, usagef("names may have {"+strings.Join(placeholders, "} {")+"}", "-o %s: {%s} is not known", value, match[1])
		}
	}
	switch ext := strings.ToLower(filepath.Ext(out.path)); {
	case ext == ".png", ext == ".jpg", ext == ".jpeg", ext == ".html", ext == ".svg":
		return out, usagef("end the name in .pdf", "-o %s: only PDFs can be written", value)
	case several && !out.template:
		return out, usagef("give a folder, -o DIR/, or a template, -o '{n}-{title}.pdf'", "-o %s: several articles do not go into one file", value)
	}
	return out, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// save writes the PDF of the batch's nth article. It gives the path of the
// file, or "-".
func (out *output) save(pdf []byte, art *article.Article, n int, stdout io.Writer) (string, error) {
	switch {
	case out.stdout:
		if _, err := stdout.Write(pdf); err != nil {
			return "", &outputError{"standard output", reason(err)}
		}
		return "-", nil
	case out.template:
		return addFile(expandName(out.path, nameValues(art, n)), pdf)
	}
	return out.path, replaceFile(out.path, pdf)
}
