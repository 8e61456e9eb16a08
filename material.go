package offprint

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"offprint/article"
	"offprint/internal/picture"
	"offprint/render"
	"offprint/templates"
	"offprint/typeset"
)

// Material is all that a document is made of beside the options and the fonts:
// the article as it will be printed, its pictures and its logo. It can be kept,
// and be set again later without the network: see [Material.WriteTo].
//
// It does not change, so many goroutines may use one at once.
type Material struct {
	Article *article.Article

	page     *WebPage
	pictures map[string]render.Picture // by the address in the article; a failed one has its error
	logo     *typeset.Picture          // nil: the site's name is set as a wordmark
	warnings []article.Warning         // of pictures and logo
}

// Gather brings together what a document of the article is made of: it fetches
// the pictures. The article is not changed. A picture that cannot be had does
// not stop the work: the document carries a warning.
func (p *WebPage) Gather(ctx context.Context, art *article.Article) (*Material, error) {
	m, err := p.newMaterial(art)
	if err != nil {
		return nil, err
	}
	defer p.stage("pictures", time.Now())
	if p.options.Images != render.ImagesNone {
		m.pictures = p.fetchPictures(ctx, m.Article)
		m.logo, m.warnings = p.fetchLogo(ctx, m.Article)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

// GatherText is Gather without the article's pictures. It is for those who show
// article and logo and print nothing, such as a letter without an attachment.
func (p *WebPage) GatherText(ctx context.Context, art *article.Article) (*Material, error) {
	m, err := p.newMaterial(art)
	if err != nil {
		return nil, err
	}
	m.logo, m.warnings = p.fetchLogo(ctx, m.Article)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

// Gather makes the material of an article that came without its page. [Layout] says
// which pictures are read.
func Gather(ctx context.Context, art *article.Article, o Options) (*Material, error) {
	page, err := Detached(o)
	if err != nil {
		return nil, err
	}
	defer page.Close()
	return page.Gather(ctx, art)
}

// newMaterial is the article as it will be printed, yet without any picture.
func (p *WebPage) newMaterial(art *article.Article) (*Material, error) {
	if p.options.Fonts == nil {
		return nil, &OptionError{Err: errors.New("no fonts to set the article in: Options.Fonts is nil")}
	}
	art, err := p.options.applyOverrides(art)
	if err != nil {
		return nil, err
	}
	return &Material{Article: art, page: p, pictures: map[string]render.Picture{}}, nil
}

// applyOverrides puts the reader's own title, author and date, and the
// publisher's own name, in the place of the article's. The article handed in is
// not changed.
func (o *Options) applyOverrides(art *article.Article) (*article.Article, error) {
	changed := *art
	if o.Site.Name != "" && o.Site.owns(art) {
		changed.Site.Name = o.Site.Name
	}
	if o.Title != "" {
		changed.Title = o.Title
	}
	if o.Author != "" {
		author := article.Author{Name: o.Author}
		for _, own := range art.Authors {
			if own.Name == o.Author { // the note is kept
				author = own
				break
			}
		}
		changed.Authors = []article.Author{author}
	}
	if o.Date != "" {
		stamp, err := parseDate(o.Date, art.Published)
		if err != nil {
			return nil, err
		}
		changed.Published = stamp
	}
	return &changed, nil
}

// decoders bounds how many pictures a document has decoded at a time: each may
// hold 50 megapixels.
const decoders = 2

// fetchPictures fetches and checks the article's pictures.
func (p *WebPage) fetchPictures(ctx context.Context, art *article.Article) map[string]render.Picture {
	urls := pictureURLs(art.Blocks, nil, map[string]bool{})
	got := make([]render.Picture, len(urls))
	slots := make(chan struct{}, decoders)
	p.resource.Pictures(ctx, urls, func(i int, body []byte, err error) {
		if err == nil {
			slots <- struct{}{}
			defer func() { <-slots }()
			got[i].Picture, err = p.decode(ctx, body)
		}
		got[i].Err = err
	})
	pictures := make(map[string]render.Picture, len(urls))
	for i, url := range urls {
		pictures[url] = got[i]
	}
	return pictures
}

// pictureURLs lists the addresses of pictures, each once, in the article's order.
func pictureURLs(blocks []article.Block, urls []string, seen map[string]bool) []string {
	for i := range blocks {
		if img := blocks[i].Image; img != nil && img.URL != "" && !seen[img.URL] {
			seen[img.URL] = true
			urls = append(urls, img.URL)
		}
		for _, item := range blocks[i].Items {
			urls = pictureURLs(item, urls, seen)
		}
	}
	return urls
}

// fetchLogo fetches the logo that the reader named, else the publisher's, else the
// one that the page names. Without one the site's name is set as a wordmark.
func (p *WebPage) fetchLogo(ctx context.Context, art *article.Article) (*typeset.Picture, []article.Warning) {
	var body []byte
	var err error
	source := p.options.Logo
	if source == "" && p.options.Site.owns(art) {
		source = p.options.Site.Logo
	}
	switch {
	case source != "":
		body, err = p.client.OpenPicture(ctx, source)
	case art.Site.Logo != "":
		body, err = p.resource.Picture(ctx, art.Site.Logo)
	default:
		return nil, nil
	}
	var logo *typeset.Picture
	if err == nil {
		logo, err = p.decode(ctx, body)
	}
	if err != nil {
		return nil, []article.Warning{{
			Code: "logo-failed", Where: "site.logo",
			Message: "the site's name stands in for its logo: " + err.Error(),
		}}
	}
	return logo, nil
}

// decode checks a picture, and takes its colours away if the reader wants that. No
// decoder of another module knows of ctx: one that is at work goes on to its end, at 50 megapixels at
// the most, and holds the share of Options.AcquirePixels that it has.
func (p *WebPage) decode(ctx context.Context, body []byte) (*typeset.Picture, error) {
	return aside(ctx, func() (*typeset.Picture, error) { return p.decodeNow(ctx, body) })
}

func (p *WebPage) decodeNow(ctx context.Context, body []byte) (*typeset.Picture, error) {
	acquire := p.options.acquirePixels(ctx)
	pic, err := p.options.Remember.decode(body, picture.Limits{AcquirePixels: acquire, Ended: ctx.Err})
	if err != nil || p.options.Images != render.ImagesGray {
		return pic, err
	}
	release, err := acquire(pic.W * pic.H)
	if err != nil {
		return nil, err
	}
	defer release()
	return picture.Gray(pic)
}

// Layout breaks the text into lines and the lines into pages. Where ctx ends before
// that, the error is its own.
func (m *Material) Layout(ctx context.Context) (*Document, error) {
	o := &m.page.options
	options, err := o.forRender(m.page.design)
	if err != nil {
		return nil, err
	}
	defer m.page.stage("laid out", time.Now())
	input := render.Input{
		Article:  m.Article,
		Design:   m.page.design,
		Fonts:    o.Fonts,
		Options:  options,
		Pictures: m.pictures,
		Logo:     m.logo,
	}
	set, err := aside(ctx, func() (*typeset.Document, error) { return render.Layout(ctx, input) })
	if ended := ctx.Err(); err != nil && ended != nil {
		return nil, ended
	}
	if err != nil {
		return nil, &LayoutError{Err: err}
	}
	doc := newDocument(m.Article, set, append(o.unusedDrops(m.Article), m.warnings...))
	if err := doc.profile(typeset.Profile(o.PDFProfile)); err != nil {
		return nil, &LayoutError{Err: err}
	}
	return doc, nil
}

// unusedDrops warns of blocks to leave out that the article does not have.
func (o *PrintOptions) unusedDrops(art *article.Article) []article.Warning {
	const message = "there is no block %d to leave out: the article's blocks are 0 to %d"
	var warnings []article.Warning
	for _, i := range o.Drop {
		if i >= len(art.Blocks) {
			warnings = append(warnings, article.Warning{
				Code: "drop-unused", Where: "drop",
				Message: fmt.Sprintf(message, i, len(art.Blocks)-1),
			})
		}
	}
	return warnings
}

// WithFontSize gives the same material, to be set in another font size: a step of
// the design or points, as [PrintOptions] has it. Layout refuses any other.
func (m *Material) WithFontSize(fontSize string) *Material {
	page, changed := *m.page, *m
	page.options.FontSize = fontSize
	changed.page = &page
	return &changed
}

// Shrink gives the same material with pictures of at most so many pixels a side,
// as JPEGs of a quality from 1 to 100. One that cannot be shrunk stays as it is;
// the logo is small already. Documents made of it carry the warning
// pictures-shrunk, with the reason in its words.
func (m *Material) Shrink(ctx context.Context, side, quality int, reason string) (*Material, error) {
	small := *m
	small.pictures = maps.Clone(m.pictures)
	for url, p := range m.pictures {
		if p.Picture == nil {
			continue
		}
		less, err := aside(ctx, func() (*typeset.Picture, error) {
			release, err := m.page.options.acquirePixels(ctx)(p.Picture.W * p.Picture.H)
			if err != nil {
				return nil, err
			}
			defer release()
			if less, err := picture.Shrink(p.Picture, side, side, quality); err == nil {
				return less, nil
			}
			return p.Picture, nil
		})
		if err != nil {
			return nil, err
		}
		p.Picture = less
		small.pictures[url] = p
	}
	small.warnings = append(slices.Clip(m.warnings), article.Warning{
		Code: "pictures-shrunk", Where: "blocks",
		Message: fmt.Sprintf("pictures are at most %d pixels wide and high, %s", side, reason),
	})
	return &small, ctx.Err()
}

// Pictures gives the bytes of each picture by its address in the article. They are
// nil for a picture that is missing.
func (m *Material) Pictures() map[string][]byte {
	pictures := make(map[string][]byte, len(m.pictures))
	for url, p := range m.pictures {
		pictures[url] = nil
		if p.Picture != nil {
			pictures[url] = p.Picture.Bytes
		}
	}
	return pictures
}

// Logo is the picture at the head of the page; nil where the site's name stands
// in for it. It must not be changed.
func (m *Material) Logo() *typeset.Picture { return m.logo }

// PrintOptions are those that the material is set with.
func (m *Material) PrintOptions() PrintOptions { return m.page.options.PrintOptions }

// Words are the texts that the page's design adds to the article, in the language
// that it is set in.
func (m *Material) Words() templates.Words {
	lang := m.page.options.Lang
	if lang == "" {
		lang = m.Article.Lang
	}
	return render.WordsFor(m.page.design, lang)
}
