package offprint

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"time"

	"offprint/article"
	"offprint/extract"
	"offprint/internal/fetch"
	"offprint/templates"
)

// Version is the version of the program, and part of each PDF's metadata.
const Version = "0.1.0"

// Print is all of offprint: it reads the article at source and writes its PDF.
// A source is an http or https URL, a file, or "-" for Options.Fetch.Stdin. The
// Document tells what was printed.
func Print(ctx context.Context, source string, w io.Writer, o Options) (*Document, error) {
	doc, err := Typeset(ctx, source, o)
	if err != nil {
		return nil, err
	}
	return doc, doc.PDF(ctx, w)
}

// Typeset reads the article at source and lays it out.
func Typeset(ctx context.Context, source string, o Options) (*Document, error) {
	page, err := Open(ctx, source, o)
	if err != nil {
		return nil, err
	}
	defer page.Close()
	art, err := page.Parse(ctx)
	if err != nil {
		return nil, err
	}
	return page.Layout(ctx, art)
}

// WebPage is the page of an article that was read. It remembers where it is from,
// since that decides which pictures may be read for it.
type WebPage struct {
	client   *fetch.Client
	resource *fetch.Resource
	options  Options
	design   *templates.Design
	log      *slog.Logger
}

// Open checks the options and reads the page at source. Close it when its
// pictures are no longer needed.
func Open(ctx context.Context, source string, o Options) (*WebPage, error) {
	p, err := newPage(o)
	if err != nil {
		return nil, err
	}
	defer p.stage("fetched", time.Now())
	p.resource, err = p.client.Open(ctx, source)
	if err != nil {
		return nil, fetchError(err)
	}
	return p, nil
}

// OpenHTML checks the options and reads a page's HTML, which the caller holds.
// The baseURL is the page's address, a file, or a folder; empty stands for
// Options.Fetch.BaseURL. What the page names may be read as if it stood there: at
// public addresses, and at the host or in the folder of the base URL. Close the
// page when its pictures are no longer needed.
func OpenHTML(ctx context.Context, r io.Reader, baseURL string, o Options) (*WebPage, error) {
	o.Fetch.BaseURL = cmp.Or(baseURL, o.Fetch.BaseURL)
	p, err := newPage(o)
	if err != nil {
		return nil, err
	}
	defer p.stage("fetched", time.Now())
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.resource, err = p.client.Read(r)
	if err != nil {
		return nil, fetchError(err)
	}
	return p, nil
}

// Close lets go of connections and files.
func (p *WebPage) Close() { p.resource.Close() }

// Parse finds the article in the page, and follows it to its further pages.
func (p *WebPage) Parse(ctx context.Context) (*article.Article, error) {
	defer p.stage("parsed", time.Now())
	art, err := p.extract(ctx, p.resource)
	if err != nil {
		return nil, err
	}
	p.followPages(ctx, art)
	return art, ctx.Err()
}

func (p *WebPage) extract(ctx context.Context, r *fetch.Resource) (*article.Article, error) {
	page := extract.Page{URL: r.URL, BaseURL: r.BaseURL, ContentType: r.ContentType, Body: r.Body}
	options := extract.Options{Lang: p.options.Lang, Sites: p.options.Sites, Explain: p.options.Explain}
	return aside(ctx, func() (*article.Article, error) { return extract.Article(ctx, page, options) })
}

// Layout sets an article of this page: it fetches the pictures, breaks the text
// into lines and the lines into pages. The article is not changed.
func (p *WebPage) Layout(ctx context.Context, art *article.Article) (*Document, error) {
	material, err := p.Gather(ctx, art)
	if err != nil {
		return nil, err
	}
	return material.Layout(ctx)
}

// Parse reads the article at source.
func Parse(ctx context.Context, source string, o Options) (*article.Article, error) {
	page, err := Open(ctx, source, o)
	if err != nil {
		return nil, err
	}
	defer page.Close()
	return page.Parse(ctx)
}

// Layout sets an article that came without its page. Its pictures may be at
// public addresses, in data: URLs, and at the host or in the folder of
// Options.Fetch.BaseURL.
func Layout(ctx context.Context, art *article.Article, o Options) (*Document, error) {
	material, err := Gather(ctx, art, o)
	if err != nil {
		return nil, err
	}
	return material.Layout(ctx)
}

// Detached returns a page without text, to gather an article's pictures. [Layout]
// says which pictures may be read. Close it as any other page.
func Detached(o Options) (*WebPage, error) {
	page, err := newPage(o)
	if err != nil {
		return nil, err
	}
	page.resource, err = page.client.Detached()
	if err != nil {
		return nil, fetchError(err)
	}
	return page, nil
}

// newPage is a page that is yet to be read.
func newPage(o Options) (*WebPage, error) {
	design, err := o.checkedDesign()
	if err != nil {
		return nil, err
	}
	if o.Fetch.UserAgent == "" {
		o.Fetch.UserAgent = "offprint/" + Version
	}
	client, err := fetch.New(o.Fetch.config())
	if err != nil {
		return nil, &OptionError{Err: err}
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &WebPage{client: client, options: o, design: design, log: log}, nil
}

// stage logs how long a stage took. The time goes nowhere else.
func (p *WebPage) stage(done string, since time.Time) {
	p.log.Debug(done, "ms", time.Since(since).Milliseconds())
}
