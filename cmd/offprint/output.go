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

// output is where -o sends PDFs, or the pictures of pages.
type output struct {
	path     string
	stdout   bool // -o -
	template bool // path has placeholders: names are made, and nothing is overwritten
	pictures bool // a PNG a page, numbered by {n}
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
			return out, usagef("names may have {"+strings.Join(placeholders, "} {")+"}",
				"-o %s: {%s} is not known", value, match[1])
		}
	}
	ext := strings.ToLower(filepath.Ext(out.path))
	out.pictures = ext == ".png"
	switch {
	case ext == ".jpg", ext == ".jpeg", ext == ".html", ext == ".svg":
		return out, usagef("end the name in .pdf, or in .png for pictures of the pages",
			"-o %s: only PDF and PNG can be written", value)
	case out.pictures && !strings.Contains(out.path, "{n}"):
		return out, usagef("-o '{title}-{n}.png'",
			"-o %s: each page is a picture, so the name needs the page's number, {n}", value)
	case several && !out.template:
		return out, usagef("give a folder, -o DIR/, or a template, -o '{n}-{title}.pdf'",
			"-o %s: several articles do not go into one file", value)
	}
	return out, nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// save writes the files of the batch's nth article, a PDF or a picture a page.
// It gives their paths, "-" for standard output.
func (out *output) save(files [][]byte, art *article.Article, n int, stdout io.Writer) ([]string, error) {
	var paths []string
	for i, file := range files {
		if out.pictures {
			n = i + 1
		}
		path, err := out.saveOne(file, art, n, stdout)
		if err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

func (out *output) saveOne(file []byte, art *article.Article, n int, stdout io.Writer) (string, error) {
	switch {
	case out.stdout:
		if _, err := stdout.Write(file); err != nil {
			return "", &outputError{"standard output", reason(err)}
		}
		return "-", nil
	case out.template:
		return addFile(expandName(out.path, nameValues(art, n)), file)
	}
	return out.path, replaceFile(out.path, file)
}
