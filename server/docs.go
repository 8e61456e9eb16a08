package server

import (
	"context"
	"encoding/json"
	"net/http"
)

func (s *Server) docsRoutes() {
	handle(s, route{
		ID: "get-openapi", Method: http.MethodGet, Path: "/openapi.json", Tag: tagService,
		Summary: "This document", Produces: "application/openapi+json",
		Curl: "curl {base}/openapi.json",
	}, s.openapi)
}

type document struct {
	ContentType string `header:"Content-Type"`
	CSP         string `header:"Content-Security-Policy" hidden:"true"`
	Body        []byte
}

func (s *Server) openapi(context.Context, *struct{}) (*document, error) {
	text, err := json.Marshal(s.api.OpenAPI())
	if err != nil {
		return nil, err
	}
	return &document{ContentType: "application/openapi+json", Body: text}, nil
}
