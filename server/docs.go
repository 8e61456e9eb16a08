package server

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
)

func (s *Server) docsRoutes() {
	handle(s, route{
		ID: "get-openapi", Method: http.MethodGet, Path: "/openapi.json", Tag: tagService,
		Summary: "This document, for programs", Produces: "application/openapi+json",
		Curl: "curl {base}/openapi.json",
	}, s.openapi)
	handle(s, route{
		ID: "get-docs", Method: http.MethodGet, Path: "/docs", Tag: tagService,
		Summary: "This document, for people", Produces: "text/html",
		Curl: "curl {base}/docs",
	}, s.docs)
}

// document is a response that is no JSON of huma's.
type document struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	CSP         string `header:"Content-Security-Policy" hidden:"true"`
	Vary        string `header:"Vary" hidden:"true"`
	Body        []byte
}

func (s *Server) openapi(context.Context, *struct{}) (*document, error) {
	return &document{ContentType: "application/openapi+json", Body: s.spec}, nil
}

func (s *Server) docs(context.Context, *struct{}) (*document, error) {
	return &document{ContentType: htmlType, CSP: pageCSP, Body: s.docsPage}, nil
}

// writeDocs makes the document and its page, once all routes are known.
func (s *Server) writeDocs() error {
	var err error
	if s.spec, err = json.Marshal(s.api.OpenAPI()); err != nil {
		return err
	}
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, "docs.html", s.describe()); err != nil {
		return err
	}
	s.docsPage = page.Bytes()
	return nil
}
