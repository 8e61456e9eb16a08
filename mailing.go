package offprint

import (
	"cmp"
	"context"
	"sync"

	"offprint/article"
	"offprint/internal/picture"
	"offprint/mailer"
	"offprint/templates"
	"offprint/typeset"
)

// Mailing carries one article to many recipients. It fetches the pictures once
// and sets the article once for each font size that is asked for. It is safe for
// use by many goroutines at once.
type Mailing struct {
	page     *Page
	article  *article.Article
	options  LetterOptions
	design   *mailer.Design
	blocks   []mailer.Block // what the letter shows of the article
	whole    bool
	pictures pictureSet
	logo     *mailer.Picture

	mu       sync.Mutex
	editions []*Edition // the last ones asked for, the newest at the end
}

// Mailing prepares letters that carry an article of this page. The
// pictures are fetched here: the page may be closed afterwards.
func (p *Page) Mailing(ctx context.Context, art *article.Article, o LetterOptions) (*Mailing, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	art, err := p.prepare(art)
	if err != nil {
		return nil, err
	}
	m := &Mailing{page: p, article: art, options: o}
	if m.design, err = o.design(); err != nil {
		return nil, err
	}
	if o.Attach == AttachNone {
		m.pictures.logo, m.pictures.warnings = p.logo(ctx, art)
	} else {
		m.pictures = p.pictures(ctx, art)
	}
	m.blocks, m.whole = opening(art, p.options.Drop)
	if o.Inline {
		m.blocks, m.whole = wholeText(art, p.options.Drop), true
	}
	m.logo = letterLogo(m.pictures.logo)
	return m, ctx.Err()
}

// NewMailing prepares letters that carry an article which came without its page.
// For its pictures, see [Layout].
func NewMailing(ctx context.Context, art *article.Article, o Options, l LetterOptions) (*Mailing, error) {
	page, err := detached(o)
	if err != nil {
		return nil, err
	}
	defer page.Close()
	return page.Mailing(ctx, art, l)
}

// Compose makes the message to one recipient: in the recipient's language and
// font size, where there are any. Its bytes depend on nothing else than article,
// options and recipient.
func (m *Mailing) Compose(ctx context.Context, to mailer.Recipient) (*mailer.Message, error) {
	edition, err := m.Edition(ctx, to.FontSize)
	if err != nil {
		return nil, err
	}
	l := m.letter(edition)
	l.To = mailer.Mailbox{Name: to.Name, Address: to.Address}
	l.Lang = cmp.Or(to.Lang, m.article.Lang)
	l.MessageID = mailer.NewMessageID(m.options.From.Address, m.options.Run, to.Address.Key())
	if m.options.UnsubscribeURL != nil {
		l.UnsubscribeURL = m.options.UnsubscribeURL(to.Address)
	}
	message, err := m.design.Compose(l)
	if err != nil {
		return nil, &LetterError{Err: err}
	}
	if limit := m.options.MaxSize; limit > 0 && int64(len(message.Bytes)) > limit {
		return nil, &TooLargeError{What: "message", Bytes: int64(len(message.Bytes)), Limit: limit}
	}
	return message, nil
}

// letter is a letter that lacks only its recipient.
func (m *Mailing) letter(e *Edition) *mailer.Letter {
	l := m.options.letter(m.article)
	l.Blocks, l.Whole, l.Logo = m.blocks, m.whole, m.logo
	if e.PDF != nil {
		l.PDF, l.PDFName, l.Pages = e.PDF, PDFName(m.article), e.Document.Pages()
		l.Thumbnail = e.Thumbnail
	}
	if e.Link != nil {
		l.PDFURL, l.PDFSize = e.Link.URL, int(e.Link.Size)
	}
	return l
}

// design is the publisher's own design of letters, or the program's.
func (o *LetterOptions) design() (*mailer.Design, error) {
	if o.Design != nil {
		return o.Design, nil
	}
	return mailDesign()
}

var mailDesign = sync.OnceValues(func() (*mailer.Design, error) {
	return mailer.LoadDesign(templates.Mail())
})

// letterLogo fits a logo into the head of a letter: at most 240 × 40 CSS pixels,
// kept twice as fine. nil when it cannot be: the publisher's name is set instead.
func letterLogo(logo *typeset.Picture) *mailer.Picture {
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
