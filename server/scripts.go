package server

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"net/http"
)

// asset is a file of templates/web that pages of the site load.
type asset struct {
	kind string
	body []byte
	hash string // the beginning of its SHA-256, for an address that never changes
	sri  string // what a page writes as integrity
}

func loadAsset(name, kind string) *asset {
	body, err := fs.ReadFile(web.files, name)
	if err != nil {
		panic(err) // the folder is embedded: this can't happen
	}
	sum := sha256.Sum256(body)
	return &asset{
		kind: kind, body: body, hash: hex.EncodeToString(sum[:])[:16],
		sri: "sha256-" + base64.StdEncoding.EncodeToString(sum[:]),
	}
}

var (
	buttonsScript = loadAsset("buttons.js", "text/javascript")
	printStyle    = loadAsset("print.css", "text/css")
)

// shortly is for what keeps its address when it changes.
const shortly = "public, max-age=3600, stale-while-revalidate=86400"

func (s *Server) scriptRoutes() {
	give := func(id, path, summary, about, cache string, a *asset) {
		handle(s, route{
			ID: id, Method: http.MethodGet, Path: path, Tag: tagReaders, ForAll: true,
			Summary: summary, About: about, Produces: a.kind,
			Curl: "curl {base}" + path,
		}, func(context.Context, *struct{}) (*assetOutput, error) {
			return &assetOutput{ContentType: a.kind + "; charset=utf-8", Cache: cache, Body: a.body}, nil
		})
	}
	give("get-buttons", "/buttons.js", "The buttons of a page",
		"The script of `<article-tools>`. It changes with the service.",
		shortly, buttonsScript)
	give("get-these-buttons", "/buttons."+buttonsScript.hash+".js", "The buttons of a page, as they are now",
		"The same script under an address that goes when it changes, for `integrity=\""+buttonsScript.sri+"\"`.",
		forever, buttonsScript)
	give("get-print-script", "/print.js", "The script of the page that prints", "", shortly, printScript)
	give("get-print-style", "/print.css", "The style of a page that the browser itself prints", "", shortly, printStyle)
}

type assetOutput struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	Cache       string `header:"Cache-Control" hidden:"true"`
	Body        []byte
}
