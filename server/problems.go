package server

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"offprint/internal/problem"
)

func (s *Server) problemRoutes() {
	handle(s, route{
		ID: "get-problem", Method: http.MethodGet, Path: "/problems/{code}", Tag: tagService,
		Summary: "What is this problem?",
		About: "The address that a problem's `type` leads to: what it means, and what to do about it. " +
			"Browsers get a page.",
		Produces: "text/html", Gives: map[int]any{http.StatusOK: problemAbout{}},
		Problems: []problem.Code{problem.NotFound},
		Curl:     "curl {base}/problems/not-an-article",
	}, s.problem)
}

type problemInput struct {
	Code   string `path:"code" doc:"The problem's code." example:"not-an-article"`
	Accept string `header:"Accept" hidden:"true"`
}

// problemAbout is the JSON on a kind of problem.
type problemAbout struct {
	Code   problem.Code `json:"code"`
	Status int          `json:"status"`
	Title  string       `json:"title"`
	Hint   string       `json:"hint"`
}

func (s *Server) problem(_ context.Context, in *problemInput) (*document, error) {
	i := slices.IndexFunc(problem.Codes, func(k problem.Kind) bool { return string(k.Code) == in.Code })
	if i < 0 {
		return nil, problem.New(problem.NotFound, "no such code", "see /docs for those that there are")
	}
	kind := problem.Codes[i]
	if !strings.Contains(in.Accept, "text/html") {
		text, err := json.Marshal(problemAbout(kind))
		return &document{ContentType: "application/json", Vary: "Accept", Body: text}, err
	}
	page := problemPage{Kind: kind}
	for _, r := range slices.SortedFunc(maps.Values(s.routes), byNumber) {
		if slices.Contains(r.codes(), kind.Code) {
			page.Routes = append(page.Routes, r)
		}
	}
	var html bytes.Buffer
	if err := pages.ExecuteTemplate(&html, "problem.html", page); err != nil {
		return nil, err
	}
	return &document{ContentType: htmlType, CSP: pageCSP, Vary: "Accept", Body: html.Bytes()}, nil
}
