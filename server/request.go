package server

import (
	"context"

	"offprint"
	"offprint/article"
	"offprint/internal/press"
	"offprint/internal/problem"
)

// PrintRequest is what to print, and how, in the body of a request.
type PrintRequest struct {
	URL     string           `json:"url,omitempty" reader:"yes" doc:"Address of the article's page. One of url, html and article is needed." example:"https://news.example/a.html"`
	HTML    string           `json:"html,omitempty" doc:"The page's HTML itself."`
	BaseURL string           `json:"base_url,omitempty" doc:"With html or article: what addresses in it start from." example:"https://news.example/a.html"`
	Article *article.Article `json:"article,omitempty" doc:"An article as POST /v1/parse gives it."`
	offprint.PrintOptions
}

func (r *PrintRequest) printRequest() *PrintRequest { return r }

// pressRequest gives a body's request to the press as the caller may make it. The body
// is looked at whole, with what it has beside the request to print.
func (s *Server) pressRequest(ctx context.Context, body asksForPrint) (*press.Request, error) {
	if err := s.asItStands(ctx, body); err != nil {
		return nil, err
	}
	r := body.printRequest()
	p := &press.Request{
		URL: r.URL, HTML: r.HTML, BaseURL: r.BaseURL, Article: r.Article,
		PrintOptions: r.PrintOptions,
		Hosts:        s.hosts(ctx),
	}
	if err := s.config.Press.Check(p); err != nil {
		return nil, err
	}
	if r.URL == "" && infoFrom(ctx).caller.public {
		return nil, problem.New(problem.Unauthorized,
			"without a key only the site's own pages are printed, by their address", "")
	}
	if err := s.permit(ctx, r.URL); err != nil {
		return nil, err
	}
	return p, nil
}
