package mailer

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds of what a letter may hold, in characters unless said. A letter over a
// bound is refused: cutting words short is the caller's choice, not ours.
const (
	maxName     = 80     // display names, sender, publisher
	maxSubject  = 400    // subject and title
	maxNote     = 1000   // the sender's own words
	maxLine     = 400    // byline, date, section
	maxURL      = 2000   // bytes; header lines have 998 (see maxHeaderURL)
	maxFileName = 200    // bytes
	maxBlocks   = 5000   // blocks of the article
	maxText     = 400000 // all text of the article together
	// maxHeaderURL keeps an unsubscribe address on one header line, which RFC
	// 5322 §2.1.1 limits to 998 bytes.
	maxHeaderURL = 900
)

// BlockKind says what a [Block] of the letter is.
type BlockKind string

// The kinds of block that a letter can show.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	Quote     BlockKind = "quote"
	Item      BlockKind = "item"    // one entry of a list
	Caption   BlockKind = "caption" // what stands under a picture
)

// Block is one piece of the article as the letter shows it. A line break in
// Text is "\n".
type Block struct {
	Kind BlockKind
	Text string
}

// Picture is an encoded picture that is shown inside the letter.
type Picture struct {
	Bytes  []byte // PNG or JPEG
	Width  int    // in CSS pixels, as shown
	Height int
}

// Letter is everything that one e-mail to one recipient is made of. Strings
// hold one line each, without control characters, save Block.Text.
type Letter struct {
	From    Mailbox // always the publisher
	To      Mailbox
	ReplyTo Mailbox // only an address that was verified; else left empty
	Subject string  // empty: made by the design from Title

	Lang        string // BCP 47; chooses the texts: zh-Hans, zh-Hant, ja, ko, else en
	ArticleLang string // BCP 47; empty: Lang
	Publisher   string // the publication's name: the wordmark when there is no logo
	Section     string
	Title       string
	Subtitle    string
	Byline      string
	Date        string // the article's date as it is to be read
	SourceURL   string // http or https
	Blocks      []Block
	Whole       bool // Blocks are the whole article, not its opening

	SenderName string // who sends it, in the letter's text; empty: the publisher
	Note       string // the sender's words

	Logo      *Picture
	Thumbnail *Picture // first page of the PDF
	PDF       []byte   // nil: no attachment
	PDFName   string   // with .pdf
	PDFURL    string   // without an attachment: where the PDF is, http or https
	PDFSize   int      // of the PDF at PDFURL, in bytes
	Pages     int      // of the PDF; 0: not said

	UnsubscribeURL  string  // https makes it one-click (RFC 8058); http is left out of the headers
	UnsubscribeMail Address // the mailto: alternative
	FeedbackID      string  // up to four parts joined by ":"
	MessageID       string  // "local@domain", see NewMessageID
	Sent            time.Time
}

// check refuses a letter that could not be written as it stands.
func (l *Letter) check() error {
	return errors.Join(l.checkAddressing(), l.checkWords(), l.checkBlocks(), l.checkFiles(), l.checkLinks())
}

func (l *Letter) checkAddressing() error {
	var errs []error
	if l.From.Address.IsZero() {
		errs = append(errs, errors.New("letter has no From address"))
	}
	if l.To.Address.IsZero() {
		errs = append(errs, errors.New("letter has no To address"))
	}
	if l.Sent.IsZero() || l.Sent.Year() < 1970 || l.Sent.Year() > 9999 {
		errs = append(errs, errors.New("letter has no usable Sent time"))
	}
	errs = append(errs, checkMessageID(l.MessageID))
	for i := range len(l.FeedbackID) {
		if c := l.FeedbackID[i]; c <= ' ' || c > '~' || len(l.FeedbackID) > 127 {
			errs = append(errs, fmt.Errorf("letter's feedback ID %.40q: want at most 127 printable ASCII characters",
				l.FeedbackID))
			break
		}
	}
	return errors.Join(errs...)
}

func (l *Letter) checkWords() error {
	if l.Title == "" {
		return errors.New("letter has no title")
	}
	return errors.Join(
		checkLine("from name", l.From.Name, maxName),
		checkLine("to name", l.To.Name, maxName),
		checkLine("reply-to name", l.ReplyTo.Name, maxName),
		checkLine("subject", l.Subject, maxSubject),
		checkLine("language", l.Lang, maxName),
		checkLine("article's language", l.ArticleLang, maxName),
		checkLine("publisher", l.Publisher, maxName),
		checkLine("section", l.Section, maxLine),
		checkLine("title", l.Title, maxSubject),
		checkLine("subtitle", l.Subtitle, maxSubject),
		checkLine("byline", l.Byline, maxLine),
		checkLine("date", l.Date, maxLine),
		checkLine("sender name", l.SenderName, maxName),
		checkLine("note", l.Note, maxNote),
	)
}

func (l *Letter) checkBlocks() error {
	if len(l.Blocks) > maxBlocks {
		return fmt.Errorf("letter has %d blocks: at most %d", len(l.Blocks), maxBlocks)
	}
	total := 0
	for i, b := range l.Blocks {
		for line := range strings.SplitSeq(b.Text, "\n") {
			if err := checkLine(fmt.Sprintf("block %d", i), line, maxText); err != nil {
				return err
			}
		}
		total += utf8.RuneCountInString(b.Text)
	}
	if total > maxText {
		return fmt.Errorf("letter's text has %d characters: at most %d", total, maxText)
	}
	return nil
}

func (l *Letter) checkFiles() error {
	if l.PDF == nil {
		return nil
	}
	switch {
	case l.PDFName == "" || len(l.PDFName) > maxFileName:
		return fmt.Errorf("letter's file name has %d bytes: want 1 to %d", len(l.PDFName), maxFileName)
	case strings.ContainsAny(l.PDFName, `/\:*?"<>|`):
		return fmt.Errorf(`letter's file name %q: may not hold / \ : * ? " < > |`, l.PDFName)
	}
	return checkLine("file name", l.PDFName, maxFileName)
}

func (l *Letter) checkLinks() error {
	var errs []error
	for _, link := range []struct{ what, url string }{
		{"source", l.SourceURL}, {"PDF", l.PDFURL}, {"unsubscribe", l.UnsubscribeURL},
	} {
		if link.url != "" && !isWebAddress(link.url) {
			errs = append(errs, fmt.Errorf("letter's %s link %.80q: want an http or https address of at most %d bytes",
				link.what, link.url, maxURL))
		}
	}
	if len(l.UnsubscribeURL) > maxHeaderURL || strings.ContainsFunc(l.UnsubscribeURL, breaksHeaderURL) {
		errs = append(errs, fmt.Errorf("letter's unsubscribe link %.80q: want at most %d printable ASCII characters",
			l.UnsubscribeURL, maxHeaderURL))
	}
	return errors.Join(errs...)
}

// isWebAddress reports whether a link is a whole http or https address that is not
// too long.
func isWebAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http") && len(link) <= maxURL
}

// breaksHeaderURL reports whether a character of an address would end it in a header,
// or stand there only encoded.
func breaksHeaderURL(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>",\`, r) }

// checkLine accepts one line of text: valid UTF-8, at most limit characters, no
// control character, no line or paragraph separator, no bidirectional override
// (which could make one name look like another).
func checkLine(what, s string, limit int) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("letter's %s is not valid UTF-8", what)
	}
	if n := utf8.RuneCountInString(s); n > limit {
		return fmt.Errorf("letter's %s has %d characters: at most %d", what, n, limit)
	}
	for _, r := range s {
		if unicode.IsControl(r) || isHiddenMark(r) {
			return fmt.Errorf("letter's %s holds %U: control characters and line breaks are not accepted", what, r)
		}
	}
	return nil
}

func isHiddenMark(r rune) bool {
	return r == '\u2028' || r == '\u2029' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// OneLine makes a line that a [Letter] accepts from text of a page: white space
// and control characters become one space, bidirectional overrides vanish.
func OneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028' || r == '\u2029' || unicode.IsControl(r):
			return ' '
		case isHiddenMark(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}
