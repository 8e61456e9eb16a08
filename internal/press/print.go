package press

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"offprint"
	"offprint/article"
	"offprint/internal/fetch"
	"offprint/internal/problem"
	"offprint/internal/store"
)

// Print is a document that is in the store.
type Print struct {
	Key  store.Key
	Meta store.Meta
}

// Path is where the service gives the document out.
func (p *Print) Path() string { return "/v1/pdf/" + p.Key.String() + ".pdf" }

// Print makes the document that a request asks for, unless it is there already.
// Concurrent equal requests share one run, which continues when the callers leave.
func (p *Press) Print(ctx context.Context, r *Request) (*Print, error) {
	options, err := p.checked(r)
	if err != nil {
		return nil, err
	}
	// 1. An address that was read lately leads to its document at once. All else is
	// known by its content.
	key, err := p.find(ctx, r, options)
	if err != nil {
		return nil, err
	}
	// 2. What is remembered of it.
	object, err := p.config.Cache.Store.Open(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("print: %w", err)
	}
	defer object.Close()
	return &Print{Key: key, Meta: object.Meta}, nil
}

// find gives the key of the document and sees to it that the store has it.
func (p *Press) find(ctx context.Context, r *Request, options offprint.PrintOptions) (store.Key, error) {
	if r.URL != "" {
		canonical, err := r.canonical(options)
		if err != nil {
			return store.Key{}, fmt.Errorf("print: %w", err)
		}
		return p.config.Cache.Page(ctx, Source(r.URL), canonical, func(ctx context.Context) (*store.Draft, error) {
			return p.draft(ctx, r, options)
		})
	}
	draft, err := p.draft(ctx, r, options)
	if err != nil {
		return store.Key{}, err
	}
	defer draft.Done()
	if err := p.config.Cache.Make(ctx, draft.Key, draft.Write); err != nil {
		return store.Key{}, err
	}
	if source := r.Source(); source != "" { // so that it goes when the article is taken back
		return draft.Key, p.config.Cache.Attach(ctx, source, append(draft.Also, draft.Key)...)
	}
	return draft.Key, nil
}

// draft reads the page and gathers what the document is made of. It keeps its slot
// until the document is made: what was gathered takes memory.
func (p *Press) draft(ctx context.Context, r *Request, options offprint.PrintOptions) (*store.Draft, error) {
	ctx, cancel := context.WithTimeout(ctx, p.config.Limits.Time)
	defer cancel()
	leave, err := p.open.enter(ctx)
	if err != nil {
		return nil, err
	}
	handedOn := false
	defer func() {
		if !handedOn { // an error, or a panic on the way
			leave()
		}
	}()
	work, err := p.read(ctx, r, options)
	if err != nil {
		return nil, err
	}
	defer work.close()
	gathered, err := p.gather(ctx, work)
	if err != nil {
		return nil, err
	}
	key, err := p.key(gathered, options)
	if err != nil {
		return nil, err
	}
	kept := keptForm{Source: r.Source(), Options: options, brought: r.brought()}
	end, _ := ctx.Deadline() // of reading and setting together
	write := func(ctx context.Context, w io.Writer) (store.Meta, error) {
		ctx, cancel := context.WithDeadline(ctx, end)
		defer cancel()
		return p.write(ctx, w, key, gathered, kept)
	}
	handedOn = true
	return &store.Draft{Key: key, Also: []store.Key{key.Part(material)}, Done: leave, Write: write}, nil
}

// write sets and draws the document, and keeps what it was made of for the
// pictures of its pages.
func (p *Press) write(
	ctx context.Context, w io.Writer, key store.Key, m *offprint.Material, form keptForm,
) (store.Meta, error) {
	// The disk takes its time about the one while a core does the other.
	kept := make(chan error, 1)
	go func() {
		defer func() {
			if cause := recover(); cause != nil {
				kept <- fmt.Errorf("keep material: %v\n%s", cause, debug.Stack())
			}
		}()
		kept <- p.keep(ctx, key, m, form)
	}()
	doc, err := p.draw(ctx, w, m)
	if err := errors.Join(err, <-kept); err != nil {
		return store.Meta{}, err
	}
	meta := store.Meta{Type: "application/pdf", Name: offprint.PDFName(doc.Article), Pages: doc.Pages()}
	meta.Subject = p.subject(doc.Article)
	meta.Warned, meta.Warnings = p.warned(ctx, form.Source, doc.Warnings, form.brought)
	return meta, nil
}

// draw sets the material and writes the PDF.
func (p *Press) draw(ctx context.Context, w io.Writer, m *offprint.Material) (*offprint.Document, error) {
	doc, err := p.set(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.observe("draw", time.Now())
	return doc, doc.PDF(ctx, w)
}

// set lays the material out when a core is free for it.
func (p *Press) set(ctx context.Context, m *offprint.Material) (*offprint.Document, error) {
	leave, err := p.slots.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	defer p.observe("set", time.Now())
	doc, err := m.Layout(ctx)
	if err != nil {
		return nil, err
	}
	if most := p.config.Limits.Pages; doc.Pages() > most {
		return nil, problem.Newf(problem.TooLarge,
			"the document has %d pages, and at most %d are printed", doc.Pages(), most)
	}
	return doc, nil
}

// work is a page in the hands of the press.
type work struct {
	options offprint.Options  // those of the request, defaults filled in
	page    *offprint.WebPage // nil for an article that came without one
	article *article.Article
}

func (w *work) close() {
	if w.page != nil {
		w.page.Close()
	}
}

// read gets the page and finds its article. The options are those of the request,
// completed.
func (p *Press) read(ctx context.Context, r *Request, options offprint.PrintOptions) (_ *work, err error) {
	w := &work{options: p.config.Options}
	w.options.PrintOptions = options
	w.options.Fetch.BaseURL = r.BaseURL
	if w.options.Fetch.AllowHosts, err = allowed(p.config.Options.Fetch.AllowHosts, r); err != nil {
		return nil, err
	}
	if r.Article != nil {
		w.article = r.Article
		return w, p.checkLength(w.article)
	}
	begun := time.Now()
	if w.page, err = openPage(ctx, r, w.options); err != nil {
		return nil, err
	}
	p.observe("fetch", begun)
	begun = time.Now()
	if w.article, err = w.page.Parse(ctx); err == nil {
		p.observe("parse", begun)
		err = p.checkLength(w.article)
	}
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// openPage reads the page at the request's address, or takes the HTML in it.
func openPage(ctx context.Context, r *Request, o offprint.Options) (*offprint.WebPage, error) {
	if r.HTML != "" {
		return offprint.OpenHTML(ctx, strings.NewReader(r.HTML), r.BaseURL, o)
	}
	return offprint.Open(ctx, r.URL, o)
}

// gather fetches the pictures of what was read.
func (p *Press) gather(ctx context.Context, w *work) (*offprint.Material, error) {
	defer p.observe("gather", time.Now())
	if w.page == nil {
		return offprint.Gather(ctx, w.article, w.options)
	}
	return w.page.Gather(ctx, w.article)
}

// checkLength refuses what no newspaper has printed: setting it would keep a core
// busy for others.
func (p *Press) checkLength(art *article.Article) error {
	length := frontLength(art)
	for i := range art.Blocks {
		length += blockLength(&art.Blocks[i])
	}
	if most := p.config.Limits.Characters; length > most {
		return problem.Newf(problem.TooLarge,
			"the article has %d characters, and at most %d are printed", length, most)
	}
	return nil
}

// frontLength counts what is printed beside the blocks.
func frontLength(art *article.Article) int {
	texts := []string{art.Title, art.Subtitle, art.Column, art.Source, art.Site.Name}
	texts = append(append(texts, art.Section...), art.Disclaimer...)
	for _, author := range art.Authors {
		texts = append(texts, author.Name, author.Role, author.Bio)
	}
	return lengthOf(texts...)
}

func lengthOf(texts ...string) int {
	length := 0
	for _, text := range texts {
		length += utf8.RuneCountInString(text)
	}
	return length
}

func blockLength(b *article.Block) int {
	inlines := 0
	for i := range b.Inlines {
		inlines += lengthOf(b.Inlines[i].Text, b.Inlines[i].Ruby)
	}
	length := max(lengthOf(b.Text), inlines) // the text is theirs joined; a caller may send other
	if b.Image != nil {
		length += lengthOf(b.Image.Alt, b.Image.Caption, b.Image.Credit, b.Image.CreditLine)
	}
	for _, item := range b.Items {
		for i := range item {
			length += blockLength(&item[i])
		}
	}
	for _, row := range b.Rows {
		for _, cell := range row {
			length += lengthOf(cell.Text)
		}
	}
	return length
}

// allowed joins the hosts that the operator lets be read with those of the
// caller's key: what both allow.
func allowed(operator []string, r *Request) ([]string, error) {
	if len(r.Hosts) == 0 {
		return operator, nil
	}
	if r.URL != "" {
		u, err := url.Parse(r.URL)
		if err != nil || !fetch.HostIn(u.Hostname(), r.Hosts) {
			return nil, problem.New(problem.FetchRefused,
				"the key is not good for pages of this host", "ask the operator for a key with the host")
		}
	}
	if len(operator) == 0 {
		return r.Hosts, nil
	}
	var both []string
	for _, host := range r.Hosts {
		if fetch.HostIn(host, operator) {
			both = append(both, host)
		}
	}
	for _, host := range operator {
		if fetch.HostIn(host, r.Hosts) {
			both = append(both, host)
		}
	}
	if len(both) == 0 {
		return nil, problem.New(problem.FetchRefused,
			"none of the key's hosts may be read here", "ask the operator to add them to fetch.allow_hosts")
	}
	return both, nil
}

// key hashes all that decides the document's bytes.
func (p *Press) key(m *offprint.Material, o offprint.PrintOptions) (store.Key, error) {
	words, err := json.Marshal(m.Article)
	if err != nil {
		return store.Key{}, fmt.Errorf("print: %w", err)
	}
	options, err := json.Marshal(o)
	if err != nil {
		return store.Key{}, fmt.Errorf("print: %w", err)
	}
	design, err := designBytes(o.Template)
	if err != nil {
		return store.Key{}, err
	}
	in := store.Inputs{
		Engine: offprint.Version, Article: words, Options: options, Design: design,
		Pictures: map[string]store.Key{}, Fonts: p.fonts,
	}
	if logo := m.Logo(); logo != nil {
		in.Logo = logo.Bytes
	}
	for address, picture := range m.Pictures() {
		var hash store.Key // zero: it could not be had
		if picture != nil {
			hash = store.ContentKey(picture)
		}
		in.Pictures[address] = hash
	}
	return in.Key(), nil
}

func (p *Press) observe(step string, begun time.Time) { p.config.Observe(step, time.Since(begun)) }
