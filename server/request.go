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
	URL     string           `json:"url,omitempty" doc:"Address of the article's page. One of url, html and article is needed." example:"https://news.example/a.html"`
	HTML    string           `json:"html,omitempty" doc:"The page's HTML itself."`
	BaseURL string           `json:"base_url,omitempty" doc:"With html or article: what addresses in it start from." example:"https://news.example/a.html"`
	Article *article.Article `json:"article,omitempty" doc:"An article as POST /v1/parse gives it."`
	PrintOptions
}

// PrintOptions are the reader's wishes, in a body or a query. They are those of
// offprint.PrintOptions, with words for the documentation.
type PrintOptions struct {
	FontSize    string `json:"font_size,omitempty" query:"font_size" doc:"small, medium, large, x-large, xx-large, huge, giant, or points from 8 to 32." example:"large"`
	Paper       string `json:"paper,omitempty" query:"paper" doc:"A4, A5, B5 or Letter." example:"A4"`
	Columns     int    `json:"columns,omitempty" query:"columns" doc:"1 or 2."`
	Lang        string `json:"lang,omitempty" query:"lang" doc:"Language as a BCP 47 tag, in place of the page's." example:"zh-Hant-HK"`
	Images      string `json:"images,omitempty" query:"images" doc:"all, none or gray."`
	Punctuation string `json:"punctuation,omitempty" query:"punctuation" doc:"What becomes of folded punctuation between Han: auto, keep or fullwidth."`
	Template    string `json:"template,omitempty" query:"template" doc:"Name of a page design."`
	Logo        string `json:"logo,omitempty" query:"logo" doc:"Address of the logo."`
	Drop        []int  `json:"drop,omitempty" query:"drop" doc:"Indexes of the article's blocks to leave out, from 0." nullable:"false"`
	Title       string `json:"title,omitempty" query:"title" doc:"In place of the page's."`
	Author      string `json:"author,omitempty" query:"author" doc:"In place of the page's."`
	Date        string `json:"date,omitempty" query:"date" doc:"In place of the page's: 2025-07-21, 2025-07-21 10:45, or RFC 3339."`
}

func (o PrintOptions) options() offprint.PrintOptions {
	return offprint.PrintOptions{
		FontSize: o.FontSize, Paper: o.Paper, Columns: o.Columns, Lang: o.Lang, Images: o.Images, Punctuation: o.Punctuation,
		Template: o.Template, Logo: o.Logo, Drop: o.Drop, Title: o.Title, Author: o.Author, Date: o.Date,
	}
}

// pressRequest gives a body's request to the press as the caller may make it.
func (s *Server) pressRequest(ctx context.Context, r *PrintRequest) (*press.Request, error) {
	p := &press.Request{
		URL: r.URL, HTML: r.HTML, BaseURL: r.BaseURL, Article: r.Article,
		PrintOptions: r.options(),
		Hosts:        s.hosts(ctx),
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	if r.URL == "" && infoFrom(ctx).caller.public {
		return nil, problem.New(problem.Unauthorized, "without a key only the site's own pages are printed, by their address", "")
	}
	if err := s.permit(ctx, r.URL); err != nil {
		return nil, err
	}
	return p, nil
}
