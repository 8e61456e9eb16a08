package server

import (
	"context"
	"net/http"
	"slices"

	"offprint/internal/problem"
)

func (s *Server) problemRoutes() {
	handle(s, route{
		ID: "get-problem", Method: http.MethodGet, Path: "/problems/{code}", Tag: tagService,
		Summary:  "What is this problem?",
		About:    "The address that a problem's `type` leads to: what it means, and what to do about it.",
		Problems: []problem.Code{problem.NotFound},
		Curl:     "curl {base}/problems/not-an-article",
	}, s.problem)
}

type problemInput struct {
	Code string `path:"code" doc:"The problem's code." example:"not-an-article"`
}

type problemOutput struct {
	Body struct {
		Code   problem.Code `json:"code"`
		Title  string       `json:"title"`
		Status int          `json:"status"`
		Hint   string       `json:"hint"`
	}
}

func (s *Server) problem(_ context.Context, in *problemInput) (*problemOutput, error) {
	i := slices.IndexFunc(problem.Codes, func(k problem.Kind) bool { return string(k.Code) == in.Code })
	if i < 0 {
		return nil, problem.New(problem.NotFound, "no such code", "see /docs for those that there are")
	}
	out := &problemOutput{}
	k := problem.Codes[i]
	out.Body.Code, out.Body.Title, out.Body.Status, out.Body.Hint = k.Code, k.Title, k.Status, k.Hint
	return out, nil
}
