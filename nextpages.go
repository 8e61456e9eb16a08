package offprint

import (
	"context"
	"slices"
	"strings"

	"offprint/article"
)

// maxNextPages is how many further pages of one article are read.
const maxNextPages = 10

// followPages appends the article's further pages (下一页) to it. One that cannot be
// had ends it with a warning: what was read so far is printed.
func (p *WebPage) followPages(ctx context.Context, art *article.Article) {
	queue := slices.Clone(art.NextPages)
	seen := map[string]bool{p.resource.URL: true}
	starts := map[string]bool{start(art): true}
	for read := 0; len(queue) > 0; queue = queue[1:] {
		url := queue[0]
		if seen[url] {
			continue
		}
		seen[url] = true
		if read++; read > maxNextPages {
			art.Warnings = append(art.Warnings, article.Warning{
				Code:    "next-page-left-out",
				Message: "the article has more pages than are read", Where: url,
			})
			return
		}
		next, err := p.readNext(ctx, url)
		if err != nil {
			art.Warnings = append(art.Warnings, article.Warning{
				Code:    "next-page-failed",
				Message: "the article's next page is missing: " + err.Error(), Where: url,
			})
			return
		}
		if starts[start(next)] {
			continue // a page that was read already, under another address
		}
		starts[start(next)] = true
		appendPage(art, next)
		queue = append(queue, next.NextPages...)
	}
}

func (p *WebPage) readNext(ctx context.Context, url string) (*article.Article, error) {
	resource, err := p.resource.Next(ctx, url)
	if err != nil {
		return nil, err
	}
	return p.extract(ctx, resource)
}

// appendPage adds a further page's body, and its disclaimer where it is new.
func appendPage(art, next *article.Article) {
	art.Blocks = append(art.Blocks, next.Blocks...)
	for _, text := range next.Disclaimer {
		if !slices.Contains(art.Disclaimer, text) {
			art.Disclaimer = append(art.Disclaimer, text)
		}
	}
	for _, w := range next.Warnings {
		if strings.HasPrefix(w.Where, "blocks") { // headline and date are the first page's
			art.Warnings = append(art.Warnings, article.Warning{Code: w.Code, Message: w.Message, Where: next.URL})
		}
	}
}

// start is the first text of an article's body, by which a page is known again.
func start(art *article.Article) string {
	for i := range art.Blocks {
		if text := art.Blocks[i].Text; text != "" {
			return text
		}
	}
	return ""
}
