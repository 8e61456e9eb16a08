package letter

import (
	"context"
	"sync"

	"offprint"
	"offprint/article"
	"offprint/internal/picture"
	"offprint/mailer"
	"offprint/typeset"
)

// Mailing carries one article to many recipients. It fetches the pictures once
// and prints the article once for each font size that is asked for. It is safe
// for use by many goroutines at once.
type Mailing struct {
	material *offprint.Material
	options  Options
	design   *mailer.Design
	blocks   []mailer.Block // what the letter shows of the article
	whole    bool
	logo     *mailer.Picture

	mu       sync.Mutex
	editions []*editionEntry // the last ones asked for, the newest at the end
}

// New prepares letters that carry an article which came without its page. The
// options printing apply to its PDF. [offprint.Layout] says which pictures are read.
func New(ctx context.Context, art *article.Article, printing offprint.Options, o Options) (*Mailing, error) {
	page, err := offprint.Detached(printing)
	if err != nil {
		return nil, err
	}
	defer page.Close()
	return FromPage(ctx, page, art, o)
}

// FromPage prepares letters that carry an article of the page. The pictures are
// fetched here: the page may be closed afterwards.
func FromPage(ctx context.Context, page *offprint.WebPage, art *article.Article, o Options) (*Mailing, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	design, err := o.design()
	if err != nil {
		return nil, err
	}
	gather := page.Gather
	if o.Attach == AttachNone {
		gather = page.GatherText
	}
	material, err := gather(ctx, art)
	if err != nil {
		return nil, err
	}
	m := &Mailing{material: material, options: o, design: design, logo: fitLogo(material.Logo())}
	drop := material.PrintOptions().Drop
	if o.Inline {
		m.blocks, m.whole = wholeText(material.Article, drop), true
	} else {
		m.blocks, m.whole = opening(material.Article, drop)
	}
	return m, nil
}

// fitLogo fits a logo into the head of a letter: at most 240 × 40 CSS pixels,
// kept twice as fine. nil when it cannot be: the publisher's name is set instead.
func fitLogo(logo *typeset.Picture) *mailer.Picture {
	const maxW, maxH, fineness, quality = 240, 40, 2, 85
	if logo == nil || logo.Orientation > 1 {
		return nil // mail programs do not turn pictures
	}
	small, err := picture.Shrink(logo, fineness*maxW, fineness*maxH, quality)
	if err != nil || small.W == 0 || small.H == 0 {
		return nil
	}
	w, h := small.W, small.H
	if h > maxH {
		w, h = max(1, w*maxH/h), maxH
	}
	if w > maxW {
		w, h = maxW, max(1, h*maxW/w)
	}
	return &mailer.Picture{Bytes: small.Bytes, Width: w, Height: h}
}
