package offprint

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"offprint/article"
	"offprint/extract"
	"offprint/internal/fetch"
	"offprint/render"
	"offprint/templates"
)

// Version is the version of the program, and part of each PDF's metadata.
const Version = "0.1.0"

// Print is all of offprint: it reads the article at source and writes its PDF.
// A source is an http or https URL, a file, or "-" for Options.Fetch.Stdin. The
// Document tells what was printed.
func Print(ctx context.Context, source string, w io.Writer, o Options) (*Document, error) {
	doc, err := Set(ctx, source, o)
	if err != nil {
		return nil, err
	}
	return doc, doc.PDF(w)
}

// Set reads the article at source and lays it out.
func Set(ctx context.Context, source string, o Options) (*Document, error) {
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

// Page is a page that was read. It remembers where it is from, since that
// decides which pictures may be read for it.
type Page struct {
	client   *fetch.Client
	resource *fetch.Resource
	options  Options
	design   *templates.Design
	log      *slog.Logger
}

// Open checks the options and reads the page at source. Close it when its
// pictures are no longer needed.
func Open(ctx context.Context, source string, o Options) (*Page, error) {
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
func OpenHTML(ctx context.Context, r io.Reader, baseURL string, o Options) (*Page, error) {
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
func (p *Page) Close() { p.resource.Close() }

// Parse finds the article in the page, and reads on where the article has
// further pages.
func (p *Page) Parse(ctx context.Context) (*article.Article, error) {
	defer p.stage("parsed", time.Now())
	art, err := p.extract(p.resource)
	if err != nil {
		return nil, err
	}
	p.readOn(ctx, art)
	return art, ctx.Err()
}

func (p *Page) extract(r *fetch.Resource) (*article.Article, error) {
	return extract.Article(
		extract.Page{URL: r.URL, BaseURL: r.BaseURL, ContentType: r.ContentType, Body: r.Body},
		extract.Options{Lang: p.options.Lang, Sites: p.options.Sites, Explain: p.options.Explain})
}

// Layout sets an article of this page: it fetches the pictures, breaks the text
// into lines and the lines into pages. The article is not changed.
func (p *Page) Layout(ctx context.Context, art *article.Article) (*Document, error) {
	material, err := p.Gather(ctx, art)
	if err != nil {
		return nil, err
	}
	return material.Layout()
}

// prepare checks that the article can be set, and gives it the reader's own
// title, author and date, and the publisher's name.
func (p *Page) prepare(art *article.Article) (*article.Article, error) {
	if p.options.Fonts == nil {
		return nil, &OptionError{Err: errors.New("no fonts to set the article in: Options.Fonts is nil")}
	}
	return p.options.override(art)
}

// arrange lays out an article whose pictures are there.
func (p *Page) arrange(art *article.Article, pictures pictureSet, o *Options) (*Document, error) {
	options, err := o.forRender(p.design)
	if err != nil {
		return nil, err
	}
	defer p.stage("laid out", time.Now())
	set, err := render.Layout(render.Input{
		Article:  art,
		Design:   p.design,
		Fonts:    o.Fonts,
		Options:  options,
		Pictures: pictures.byURL,
		Logo:     pictures.logo,
	})
	if err != nil {
		return nil, &LayoutError{Err: err}
	}
	return newDocument(art, set, append(o.unusedDrops(art), pictures.warnings...)), nil
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
	return material.Layout()
}

// detached is the page of an article that came without one.
func detached(o Options) (*Page, error) {
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
func newPage(o Options) (*Page, error) {
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
	return &Page{client: client, options: o, design: design, log: log}, nil
}

// stage logs how long a stage took. The time goes nowhere else.
func (p *Page) stage(done string, since time.Time) {
	p.log.Debug(done, "ms", time.Since(since).Milliseconds())
}
