package mailer

import (
	"cmp"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"strconv"
	"strings"
	"unicode/utf8"
)

// minInlineText is how many characters of article a letter must hold before it
// shows pictures: with fewer, filters take it for a picture mail (SpamAssassin's
// HTML_IMAGE_ONLY rules count up to 3,200).
const minInlineText = 3200

// view is what the templates see of a letter.
type view struct {
	Lang        string // of our sentences
	ArticleLang string
	// Tongue and ArticleTongue are those of [Languages] that these are set like; that
	// of an article in another language is "en". Publishers' own designs use the names.
	Tongue        string
	ArticleTongue string
	Subject       string
	Publisher     string
	Section       string
	Title         string
	Subtitle      string
	Byline        string
	Date          string
	SourceURL     string
	Blocks        []Block
	Whole         bool

	SenderName string
	Note       string

	Logo      *shownPicture // nil: the publisher's name stands in its place
	Thumbnail *shownPicture
	HasPDF    bool
	PDFURL    string // in its place
	Pages     int

	UnsubscribeURL  string
	UnsubscribeMail string

	locale *locale
	values []string // pairs of "{name}", value for the sentences
}

// shownPicture is a picture inside the HTML part.
type shownPicture struct {
	Source        htmltemplate.URL // cid:…
	Width, Height int
	contentID     string
	mediaType     string
	bytes         []byte
}

// newView gathers what the templates show.
func newView(l *Letter, t *locale) *view {
	articleLang := cmp.Or(l.ArticleLang, l.Lang, t.lang)
	v := &view{
		Lang: t.lang, Tongue: t.lang, ArticleTongue: localeOf(articleLang), ArticleLang: articleLang,
		Publisher: l.Publisher, Section: l.Section,
		Title: l.Title, Subtitle: l.Subtitle, Byline: l.Byline, Date: l.Date, SourceURL: l.SourceURL,
		Blocks: l.Blocks, Whole: l.Whole, SenderName: l.SenderName, Note: l.Note,
		HasPDF: l.PDF != nil, PDFURL: l.PDFURL, Pages: l.Pages,
		UnsubscribeURL: l.UnsubscribeURL, UnsubscribeMail: l.UnsubscribeMail.String(),
		locale: t,
	}
	if v.Publisher == "" {
		v.Publisher = l.From.Address.Domain()
	}
	v.values = []string{
		"{title}", l.Title, "{publisher}", v.Publisher, "{sender}", cmp.Or(l.SenderName, v.Publisher),
		"{file}", l.PDFName, "{size}", fileSize(cmp.Or(len(l.PDF), l.PDFSize)), "{pages}", strconv.Itoa(l.Pages),
		"{address}", "",
	}
	if v.Subject = l.Subject; v.Subject == "" {
		v.Subject = v.Word("subject")
	}
	return v
}

// Word gives a sentence of the design with its values filled in. Values are put
// in once and never read again for braces.
func (v *view) Word(key string) string {
	return strings.NewReplacer(v.values...).Replace(v.locale.words[key])
}

// WordFor is Word with {address} set.
func (v *view) WordFor(key, address string) string {
	values := append([]string(nil), v.values[:len(v.values)-1]...)
	return strings.NewReplacer(append(values, address)...).Replace(v.locale.words[key])
}

// Imprint joins section, byline and date, as far as there are any.
func (v *view) Imprint() string {
	var parts []string
	for _, s := range []string{v.Section, v.Byline, v.Date} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, v.Word("separator"))
}

// Attached says what is attached.
func (v *view) Attached() string {
	if v.Pages > 0 {
		return v.Word("attached_pages")
	}
	return v.Word("attached")
}

// Why says why the letter came.
func (v *view) Why() string {
	if v.SenderName != "" {
		return v.Word("why_shared")
	}
	return v.Word("why_sent")
}

// Lines parts a block's text at its line breaks.
func (b Block) Lines() []string { return strings.Split(b.Text, "\n") }

// Is compares a block's kind in a template.
func (b Block) Is(kind string) bool { return string(b.Kind) == kind }

// textLength is the number of characters of article that the letter shows.
func (v *view) textLength() int {
	n := 0
	for _, b := range v.Blocks {
		n += utf8.RuneCountInString(b.Text)
	}
	return n
}

// showPictures puts logo and thumbnail into the view when there is text enough.
func (v *view) showPictures(l *Letter, contentID func(name string) string) error {
	if v.textLength() < minInlineText {
		return nil
	}
	for _, p := range []struct {
		name string
		from *Picture
		to   **shownPicture
	}{{"logo", l.Logo, &v.Logo}, {"page-1", l.Thumbnail, &v.Thumbnail}} {
		if p.from == nil {
			continue
		}
		mediaType, err := pictureType(p.from)
		if err != nil {
			return fmt.Errorf("show %s: %w", p.name, err)
		}
		id := contentID(p.name)
		*p.to = &shownPicture{
			Source: htmltemplate.URL("cid:" + id), Width: p.from.Width, Height: p.from.Height,
			contentID: id, mediaType: mediaType, bytes: p.from.Bytes,
		}
	}
	return nil
}

// pictureType names the encoding of a picture that every mail program shows.
func pictureType(p *Picture) (string, error) {
	switch {
	case p.Width <= 0 || p.Height <= 0:
		return "", fmt.Errorf("picture has no size (%d × %d)", p.Width, p.Height)
	case strings.HasPrefix(string(p.Bytes[:min(8, len(p.Bytes))]), "\x89PNG\r\n\x1a\n"):
		return "image/png", nil
	case strings.HasPrefix(string(p.Bytes[:min(3, len(p.Bytes))]), "\xff\xd8\xff"):
		return "image/jpeg", nil
	}
	return "", errors.New("picture is neither PNG nor JPEG")
}

// fileSize writes a number of bytes for people: "940 KB", "1.2 MB".
func fileSize(n int) string {
	const kb, mb = 1000, 1000 * 1000
	if n < mb {
		return strconv.Itoa(max(1, (n+kb/2)/kb)) + " KB"
	}
	tenths := (n + mb/20) / (mb / 10)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + " MB"
}
