package templates

import (
	"embed"
	"io/fs"
)

//go:embed web
var webFS embed.FS

// Web gives the embedded pages for readers: style.css; home/page.html; and
// unsubscribe/page.html with a words.json a language.
func Web() fs.FS {
	sub, err := fs.Sub(webFS, "web")
	if err != nil {
		panic(err) // the folder is embedded: this can't happen
	}
	return sub
}
