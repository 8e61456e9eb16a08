package server

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"io/fs"

	"offprint/templates"
)

// webPages are what readers see of the service: pages with a style of their own
// and nothing else, which a policy of its hash allows.
type webPages struct {
	files fs.FS
	style template.CSS
	csp   string
}

var web = loadWeb(templates.Web())

func loadWeb(files fs.FS) *webPages {
	style, err := fs.ReadFile(files, "style.css")
	if err != nil {
		panic(err) // the folder is embedded: this can't happen
	}
	hash := sha256.Sum256(style)
	return &webPages{
		files: files, style: template.CSS(style),
		csp: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) +
			"'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	}
}

// page reads a template.
func (w *webPages) page(name string) *template.Template {
	return template.Must(template.ParseFS(w.files, name))
}

// webPage is a response that is one of them.
type webPage struct {
	Status      int
	ContentType string `header:"Content-Type" hidden:"true"`
	CSP         string `header:"Content-Security-Policy" hidden:"true"`
	Cache       string `header:"Cache-Control" hidden:"true"`
	Robots      string `header:"X-Robots-Tag" hidden:"true"`
	Vary        string `header:"Vary" hidden:"true"`
	Body        []byte
}
