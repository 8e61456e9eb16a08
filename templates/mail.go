package templates

import (
	"embed"
	"io/fs"
)

//go:embed mail
var mailFS embed.FS

// Mail gives the embedded mail texts: letter.html, letter.txt and a words.json
// a language.
func Mail() fs.FS {
	sub, err := fs.Sub(mailFS, "mail")
	if err != nil {
		panic(err) // the folder is embedded: this can't happen
	}
	return sub
}
