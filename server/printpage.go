package server

import (
	"bytes"
	"context"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"
	"strings"

	"offprint/internal/problem"
	"offprint/internal/store"
)

func (s *Server) printPageRoutes() {
	handle(s, route{
		ID: "get-print-page", Method: http.MethodGet, Path: "/print/{hash}", Tag: tagReaders,
		Summary: "A page that prints a document",
		About: "Shows the document and opens the browser's print dialog. " +
			"Whoever knows the document's address may have it.",
		Produces: "text/html",
		Problems: []problem.Code{problem.NotFound},
		Curl:     "curl {base}/print/0f4d…9a",
	}, s.printPage)
}

var (
	printPageHTML  = web.page("print/page.html")
	printPageWords = loadPrintWords()
	printScript    = loadAsset("print/print.js", "text/javascript")
	printPageCSP   = strings.Replace(web.csp,
		"form-action 'self'", "script-src 'self'; frame-src 'self'; form-action 'none'", 1)
)

func loadPrintWords() map[string]map[string]string {
	var words map[string]map[string]string
	data, err := fs.ReadFile(web.files, "print/words.json")
	if err == nil {
		err = json.Unmarshal(data, &words)
	}
	if err != nil {
		panic(err) // the folder is embedded, and a test reads it
	}
	return words
}

type printPageInput struct {
	Hash     string `path:"hash" doc:"The document's name: 64 hexadecimal digits."`
	Language string `header:"Accept-Language" doc:"The page's: zh-Hans, zh-Hant, ja, ko, or else en."`
}

func (s *Server) printPage(ctx context.Context, in *printPageInput) (*webPage, error) {
	object, err := s.open(ctx, in.Hash, true)
	if err != nil {
		return nil, err
	}
	object.Close()
	if object.Type != pdfType {
		return nil, store.ErrNotFound
	}
	lang := readerLanguage(in.Language)
	var body bytes.Buffer
	err = printPageHTML.Execute(&body, struct {
		Lang, PDF string
		Words     map[string]string
		Style     template.CSS
	}{lang, "/v1/pdf/" + in.Hash + ".pdf", printPageWords[lang], web.style})
	if err != nil {
		return nil, err
	}
	return &webPage{
		Status: http.StatusOK, ContentType: htmlType, CSP: printPageCSP, Cache: "no-store", Robots: "noindex",
		Vary: "Accept-Language", Body: body.Bytes(),
	}, nil
}
