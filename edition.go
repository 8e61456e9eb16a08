package offprint

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image/png"
	"slices"

	"offprint/article"
	"offprint/internal/picture"
	"offprint/mailer"
	"offprint/render"
)

// Edition is the article as it is attached: set in one font size, and small
// enough for its letters. With [AttachNone] all its fields are nil; where the PDF
// is too large, all but Link.
type Edition struct {
	Document  *Document
	PDF       []byte
	Thumbnail *mailer.Picture // the first page, one CSS pixel a millimetre
	Link      *Link           // in place of the PDF

	fontSize string
}

// maxEditions bounds how many editions a mailing remembers.
const maxEditions = 16

// pictureSteps are the sizes that pictures are brought down to, one after
// another, until a message is small enough: longest side in pixels, and JPEG
// quality. The first still prints well, the last can just be made out.
var pictureSteps = []struct{ side, quality int }{
	{1600, 80}, {1200, 75}, {900, 70}, {640, 60}, {420, 50},
}

// Edition sets the article in a font size, or gives what it made before; "" is
// the size of the options.
func (m *Mailing) Edition(ctx context.Context, fontSize string) (*Edition, error) {
	fontSize = cmp.Or(fontSize, m.page.options.FontSize)
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range m.editions {
		if e.fontSize == fontSize {
			return e, nil
		}
	}
	e, err := m.makeEdition(ctx, fontSize)
	if err != nil {
		return nil, err
	}
	if len(m.editions) == maxEditions {
		m.editions = m.editions[1:]
	}
	m.editions = append(m.editions, e)
	return e, nil
}

// makeEdition sets the article, with ever smaller pictures until it fits.
func (m *Mailing) makeEdition(ctx context.Context, fontSize string) (*Edition, error) {
	e := &Edition{fontSize: fontSize}
	if m.options.Attach == AttachNone {
		return e, m.check(e)
	}
	pictures := m.pictures
	for step := 0; ; step++ {
		if err := m.set(ctx, e, pictures); err != nil {
			return nil, err
		}
		tooLarge := m.check(e)
		if tooLarge == nil {
			break
		}
		if step == len(pictureSteps) || !hasPictures(pictures) {
			return m.link(ctx, fontSize, tooLarge)
		}
		var err error
		if pictures, err = m.shrink(ctx, pictureSteps[step].side, pictureSteps[step].quality); err != nil {
			return nil, err
		}
		pictures.warnings = append(slices.Clip(m.pictures.warnings), article.Warning{
			Code: "pictures-shrunk", Where: "blocks",
			Message: fmt.Sprintf("pictures are at most %d pixels wide and high, so that the message is not too large", pictureSteps[step].side),
		})
	}
	return e, m.drawThumbnail(e)
}

// link puts a link in the place of a PDF that is too large.
func (m *Mailing) link(ctx context.Context, fontSize string, tooLarge error) (*Edition, error) {
	if m.options.Link == nil {
		return nil, tooLarge
	}
	link, err := m.options.Link(ctx, fontSize)
	if err != nil {
		return nil, err
	}
	e := &Edition{fontSize: fontSize, Link: link}
	return e, m.check(e)
}

// set lays the article out and draws the PDF.
func (m *Mailing) set(ctx context.Context, e *Edition, pictures pictureSet) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	options := m.page.options
	options.FontSize = e.fontSize
	doc, err := m.page.arrange(m.article, pictures, &options)
	if err != nil {
		return err
	}
	var pdf bytes.Buffer
	if err := doc.PDF(&pdf); err != nil {
		return err
	}
	e.Document, e.PDF = doc, pdf.Bytes()
	return nil
}

// check holds the PDF against the attachment limit, and the letter that it makes
// against the server's.
func (m *Mailing) check(e *Edition) error {
	if size, limit := int64(len(e.PDF)), m.options.attachLimit(); size > limit {
		return &TooLargeError{What: "PDF", Bytes: size, Limit: limit}
	}
	l, limit := m.letter(e), m.options.MaxSize
	if limit == 0 || mailer.EstimateSize(l) <= limit {
		return nil
	}
	size, err := m.measure(l)
	if err == nil && size > limit {
		err = &TooLargeError{What: "message", Bytes: size, Limit: limit}
	}
	return err
}

// personal is room for what differs from one recipient's message to another's:
// names, the words of another language, signatures. In bytes.
const personal = 4096

// measure composes a letter to see how large its message is, in bytes.
func (m *Mailing) measure(l *mailer.Letter) (int64, error) {
	l.To, l.Lang = m.options.From, m.article.Lang
	l.MessageID = mailer.NewMessageID(m.options.From.Address, m.options.Run)
	message, err := m.design.Compose(l)
	if err != nil {
		return 0, &LetterError{Err: err}
	}
	return int64(len(message.Bytes)) + personal, nil
}

// drawThumbnail draws the first page at two pixels a millimetre.
func (m *Mailing) drawThumbnail(e *Edition) error {
	const fineness = 2
	const dpi = fineness * 25.4
	var file bytes.Buffer
	if err := e.Document.PNG(&file, 0, dpi); err != nil {
		return err
	}
	size, err := png.DecodeConfig(bytes.NewReader(file.Bytes()))
	if err != nil {
		return &LayoutError{Err: fmt.Errorf("measure thumbnail: %w", err)}
	}
	e.Thumbnail = &mailer.Picture{Bytes: file.Bytes(), Width: size.Width / fineness, Height: size.Height / fineness}
	return nil
}

func hasPictures(set pictureSet) bool {
	for _, p := range set.byURL {
		if p.Picture != nil {
			return true
		}
	}
	return false
}

// shrink gives the pictures with at most so many pixels a side. One that cannot
// be shrunk stays as it is. The logo is small already.
func (m *Mailing) shrink(ctx context.Context, side, quality int) (pictureSet, error) {
	small := pictureSet{byURL: make(map[string]render.Picture, len(m.pictures.byURL)), logo: m.pictures.logo}
	for url, p := range m.pictures.byURL {
		if p.Picture != nil {
			done, err := m.page.options.turn(ctx)(p.Picture.W * p.Picture.H)
			if err != nil {
				return small, err
			}
			if less, err := picture.Shrink(p.Picture, side, side, quality); err == nil {
				p.Picture = less
			}
			done()
		}
		small.byURL[url] = p
	}
	return small, ctx.Err()
}
