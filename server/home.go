package server

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
)

func (s *Server) homeRoutes() {
	handle(s, route{
		ID: "get-home", Method: http.MethodGet, Path: "/", Tag: tagService,
		Summary: "What is this?", Produces: "text/html",
		Curl: "curl {base}/",
	}, s.home)
}

var homePage = web.page("home/page.html")

func (s *Server) home(context.Context, *struct{}) (*webPage, error) {
	base := "http://" + s.config.Settings.Listen
	if s.public != nil {
		base = s.public.String()
	}
	var body bytes.Buffer
	err := homePage.Execute(&body, struct {
		Style                    template.CSS
		Base, Publisher, Version string
	}{web.style, base, s.config.Publisher, Version})
	if err != nil {
		return nil, err
	}
	return &webPage{
		Status: http.StatusOK, ContentType: htmlType, CSP: web.csp, Cache: "public, max-age=300",
		Body: body.Bytes(),
	}, nil
}
