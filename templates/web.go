package templates

import (
	"embed"
	"io/fs"
)

//go:embed web
var webFS embed.FS

// Web gives what the service shows readers: style.css; home/page.html; unsubscribe/page.html
// with a words.json a language; print/ with the page that prints a document; and
// buttons.js and print.css for the pages of the publisher.
func Web() fs.FS {
	sub, err := fs.Sub(webFS, "web")
	if err != nil {
		panic(err) // the folder is embedded: this can't happen
	}
	return sub
}
