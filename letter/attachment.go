package letter

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image/png"
	"slices"

	"offprint"
	"offprint/mailer"
)

// Edition is the article as it is attached: set in one font size, and small
// enough for its letters. With [AttachNone] all its fields are nil; with a link in
// the PDF's place, all but Link.
type Edition struct {
	Document  *offprint.Document
	PDF       []byte
	Thumbnail *mailer.Picture // the first page, one CSS pixel a millimetre
	Link      *Link           // in place of the PDF
}

// Link is where a PDF can be had.
type Link struct {
	URL  string
	Size int64 // bytes
}

// maxEditions bounds how many editions a mailing remembers.
const maxEditions = 16

// editionEntry is an edition that is made, or is being made.
type editionEntry struct {
	fontSize string
	done     chan struct{} // closed when the two below are there
	edition  *Edition
	err      error
}

// errGivenUp ends an entry whose maker was stopped: whoever waited makes it anew.
var errGivenUp = errors.New("the edition's maker was stopped")

// Edition prints the article in a font size, or gives what it made before; "" is
// the size of the print options. Concurrent calls for one size share one edition. A
// waiting caller stops when its context ends. If the maker is stopped, one of the
// waiting callers makes the edition anew.
//
// A [*TooLargeError] with Linkable set asks for [Mailing.UseLink].
func (m *Mailing) Edition(ctx context.Context, fontSize string) (*Edition, error) {
	fontSize = m.effectiveSize(fontSize)
	for {
		entry, mine := m.entry(fontSize)
		if mine {
			return m.fill(ctx, entry)
		}
		select {
		case <-entry.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if entry.err != errGivenUp {
			return entry.edition, entry.err
		}
	}
}

// UseLink replaces the PDF by a link, for letters in that font size. It gives a
// [*TooLargeError] if even such a letter is too large.
func (m *Mailing) UseLink(fontSize string, link Link) error {
	e := &Edition{Link: &link}
	if err := m.check(e); err != nil {
		return err
	}
	entry := &editionEntry{fontSize: m.effectiveSize(fontSize), done: make(chan struct{}), edition: e}
	close(entry.done)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(entry.fontSize)
	m.remember(entry)
	return nil
}

// effectiveSize is the font size that a recipient's wish comes to.
func (m *Mailing) effectiveSize(fontSize string) string {
	return cmp.Or(fontSize, m.material.PrintOptions().FontSize)
}

// entry finds the edition in a font size, or a new entry that is the caller's to
// fill.
func (m *Mailing) entry(fontSize string) (entry *editionEntry, mine bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range m.editions {
		if e.fontSize == fontSize {
			return e, false
		}
	}
	entry = &editionEntry{fontSize: fontSize, done: make(chan struct{})}
	m.remember(entry)
	return entry, true
}

// remember adds an entry in place of the oldest. m.mu is held.
func (m *Mailing) remember(entry *editionEntry) {
	if len(m.editions) == maxEditions {
		m.editions = slices.Delete(m.editions, 0, 1)
	}
	m.editions = append(m.editions, entry)
}

// forget removes what is remembered of a font size. m.mu is held.
func (m *Mailing) forget(fontSize string) {
	m.editions = slices.DeleteFunc(m.editions, func(e *editionEntry) bool { return e.fontSize == fontSize })
}

// fill makes an entry's edition, while nothing is locked. A failure is told to
// those who wait for it and then forgotten.
func (m *Mailing) fill(ctx context.Context, entry *editionEntry) (*Edition, error) {
	entry.err = errGivenUp // as it stays if making it panics
	defer func() {
		if entry.err != nil {
			m.mu.Lock()
			m.editions = slices.DeleteFunc(m.editions, func(e *editionEntry) bool { return e == entry })
			m.mu.Unlock()
		}
		close(entry.done)
	}()
	edition, err := m.makeEdition(ctx, entry.fontSize)
	if err == nil || ctx.Err() == nil {
		entry.edition, entry.err = edition, err
	}
	return edition, err
}

// pictureSteps are the sizes that pictures are brought down to, one after
// another, until a message is small enough: longest side in pixels, and JPEG
// quality. The first still prints well, the last can just be made out.
var pictureSteps = []struct{ side, quality int }{
	{1600, 80}, {1200, 75}, {900, 70}, {640, 60}, {420, 50},
}

// makeEdition prints the article, with ever smaller pictures until it fits.
func (m *Mailing) makeEdition(ctx context.Context, fontSize string) (*Edition, error) {
	if m.options.Attach == AttachNone {
		e := &Edition{}
		return e, m.check(e)
	}
	full := m.material.WithFontSize(fontSize)
	e, err := m.print(ctx, full)
	for _, step := range pictureSteps {
		var tooLarge *TooLargeError
		if !errors.As(err, &tooLarge) || !hasPictures(full) {
			break
		}
		var small *offprint.Material
		small, err = full.Shrink(ctx, step.side, step.quality, "so that the message is not too large")
		if err == nil {
			e, err = m.print(ctx, small)
		}
	}
	if err != nil {
		return nil, err
	}
	return e, e.drawThumbnail(ctx)
}

// print sets the material and draws the PDF. It gives a [*TooLargeError] if that
// does not fit.
func (m *Mailing) print(ctx context.Context, material *offprint.Material) (*Edition, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	doc, err := material.Layout(ctx)
	if err != nil {
		return nil, err
	}
	var pdf bytes.Buffer
	if err := doc.PDF(ctx, &pdf); err != nil {
		return nil, err
	}
	e := &Edition{Document: doc, PDF: pdf.Bytes()}
	return e, m.check(e)
}

// check holds the PDF against the attachment limit, and the letter that it makes
// against the server's.
func (m *Mailing) check(e *Edition) error {
	linkable := e.PDF != nil
	if size, limit := int64(len(e.PDF)), m.options.attachLimit(); size > limit {
		return &TooLargeError{What: "PDF", Bytes: size, Limit: limit, Linkable: linkable}
	}
	l, limit := m.letter(e), m.options.MaxSize
	if limit == 0 || mailer.EstimateSize(l) <= limit {
		return nil
	}
	size, err := m.measure(l)
	if err == nil && size > limit {
		err = &TooLargeError{What: "message", Bytes: size, Limit: limit, Linkable: linkable}
	}
	return err
}

// personal is room for what differs from one recipient's message to another's:
// names, the words of another language, signatures. In bytes.
const personal = 4096

// measure composes a letter to see how large its message is, in bytes.
func (m *Mailing) measure(l *mailer.Letter) (int64, error) {
	l.To, l.Lang = m.options.From, m.material.Article.Lang
	l.MessageID = mailer.NewMessageID(m.options.From.Address, m.options.Run)
	message, err := m.design.Compose(l)
	if err != nil {
		return 0, &Error{Err: err}
	}
	return int64(len(message.Bytes)) + personal, nil
}

// drawThumbnail draws the first page at two pixels a millimetre.
func (e *Edition) drawThumbnail(ctx context.Context) error {
	const fineness = 2
	const dpi = fineness * 25.4
	var file bytes.Buffer
	if err := e.Document.PNG(ctx, &file, 0, dpi); err != nil {
		return err
	}
	size, err := png.DecodeConfig(bytes.NewReader(file.Bytes()))
	if err != nil {
		return &offprint.LayoutError{Err: fmt.Errorf("measure thumbnail: %w", err)}
	}
	e.Thumbnail = &mailer.Picture{Bytes: file.Bytes(), Width: size.Width / fineness, Height: size.Height / fineness}
	return nil
}

// hasPictures reports whether there is a picture that could be made smaller.
func hasPictures(material *offprint.Material) bool {
	for _, data := range material.Pictures() {
		if data != nil {
			return true
		}
	}
	return false
}
