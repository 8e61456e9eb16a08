package server

import (
	"context"
	"net/http"

	"offprint/article"
	"offprint/internal/problem"
)

func (s *Server) parseRoutes() {
	handle(s, route{
		ID: "parse-article", Method: http.MethodPost, Path: "/v1/parse", Tag: tagPrint, Scope: Print,
		Summary: "Read an article",
		About: "Gives the article of a page: headline, authors, date and typed blocks. " +
			"Of the print options only `lang`, `title`, `author` and `date` have a say: the others are for printing.\n\n" +
			boundAbout,
		Problems: []problem.Code{
			problem.NotAnArticle, problem.FetchRefused, problem.FetchFailed, problem.TooLarge, problem.Busy, problem.Timeout,
		},
		Curl: `curl {base}/v1/parse --json '{"url": "https://news.example/a.html"}'`,
	}, s.parse)
}

type parseInput struct {
	Body PrintRequest
}

type parseOutput struct {
	Body *article.Article
}

func (s *Server) parse(ctx context.Context, in *parseInput) (*parseOutput, error) {
	request, err := s.pressRequest(ctx, &in.Body)
	if err != nil {
		return nil, err
	}
	a, err := s.config.Press.Parse(ctx, request)
	if err != nil {
		return nil, err
	}
	return &parseOutput{Body: a}, nil
}
