package offprint

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"offprint/article"
	"offprint/internal/filename"
	"offprint/mailer"
	"offprint/render"
)

// LetterOptions are what a letter holds beside the article, and how large it
// may become. From, Run and Sent must be there.
type LetterOptions struct {
	From      mailer.Mailbox // the publisher
	Publisher string         // empty: the article's site
	Subject   string         // empty: made of the title, in the letter's language
	Sender    string         // a reader who sends it; empty: the publisher does
	Note      string         // the sender's words, one line of at most 1,000 characters
	Attach    string         // AttachPDF or AttachNone; empty: AttachPDF
	Inline    bool           // the whole article in the letter, not its opening

	AttachLimit int64 // bytes of the PDF; 0: mailer.DefaultAttachLimit
	MaxSize     int64 // bytes of the message, as mailer.Sender.MaxSize gave it; 0: any
	// Link puts the PDF in a font size where readers can get it, for letters that
	// it is too large for even with small pictures. Nil: such letters fail.
	Link func(ctx context.Context, fontSize string) (*Link, error)

	Unsubscribe mailer.Address // where to write to get no more mail; may be left out
	// UnsubscribeURL gives a recipient's address on the web for the same, https or
	// http; nil, or "": there is none.
	UnsubscribeURL func(mailer.Address) string
	FeedbackID     string

	// Run names this sending. Run and recipient make the Message-ID, so that a
	// second try carries the same one as the first.
	Run  string
	Sent time.Time // the messages' Date

	Design *mailer.Design // nil: the program's own
}

// Link is where a PDF can be had.
type Link struct {
	URL  string
	Size int64 // bytes
}

// The values of LetterOptions.Attach.
const (
	AttachPDF  = "pdf"
	AttachNone = "none"
)

// Validate gives an [*OptionError] or [*LetterError] for the first value that no
// letter can have. It composes a trial letter, so nothing is found out later
// that could be known before the article is.
func (o *LetterOptions) Validate() error {
	if o.Attach != "" && o.Attach != AttachPDF && o.Attach != AttachNone {
		return &OptionError{Option: "attach", Value: o.Attach, Want: oneOf([]string{AttachPDF, AttachNone})}
	}
	if o.Run == "" {
		return &LetterError{Err: errors.New("it needs the name of a run")}
	}
	design, err := o.design()
	if err != nil {
		return err
	}
	trial := o.letter(&article.Article{Title: "-", Lang: "en"})
	trial.To = o.From
	trial.MessageID = mailer.NewMessageID(o.From.Address, o.Run)
	if _, err := design.Compose(trial); err != nil {
		return &LetterError{Err: err}
	}
	return nil
}

// attachLimit is the greatest size of the PDF in bytes.
func (o *LetterOptions) attachLimit() int64 {
	return cmp.Or(o.AttachLimit, int64(mailer.DefaultAttachLimit))
}

// Bounds of what goes from an article into a letter, in characters. Package
// mailer refuses what is longer, so it is cut here.
const (
	maxTitle = 300
	maxWords = 300 // byline, section
	maxSite  = 80
	maxLink  = 2000 // bytes
)

// letter fills in all that the letters to all recipients share.
func (o *LetterOptions) letter(art *article.Article) *mailer.Letter {
	return &mailer.Letter{
		From:            o.From,
		Subject:         o.Subject,
		ArticleLang:     art.Lang,
		Publisher:       cmp.Or(o.Publisher, shorten(cmp.Or(art.Site.Name, art.Site.Host), maxSite)),
		Section:         section(art),
		Title:           cmp.Or(shorten(art.Title, maxTitle), o.From.Address.Domain()),
		Subtitle:        shorten(art.Subtitle, maxTitle),
		Byline:          byline(art),
		Date:            shorten(render.Dateline(art.Published), maxWords),
		SourceURL:       sourceURL(art),
		SenderName:      o.Sender,
		Note:            o.Note,
		UnsubscribeMail: o.Unsubscribe,
		FeedbackID:      o.FeedbackID,
		Sent:            o.Sent,
	}
}

// section is the narrowest section that the article stands in.
func section(art *article.Article) string {
	if len(art.Section) == 0 {
		return ""
	}
	return shorten(art.Section[len(art.Section)-1], maxWords)
}

// byline joins the authors, and the agency that the article is from, as the
// article's language joins names.
func byline(art *article.Article) string {
	var names []string
	for _, author := range art.Authors {
		if author.Name != "" {
			names = append(names, author.Name)
		}
	}
	if art.Source != "" && !slices.Contains(names, art.Source) {
		names = append(names, art.Source)
	}
	mark := ", "
	if lang, _, _ := strings.Cut(art.Lang, "-"); lang == "zh" || lang == "yue" || lang == "ja" {
		mark = "、"
	}
	return shorten(strings.Join(names, mark), maxWords)
}

// sourceURL is the article's address on the web, "" when it has none that a
// letter can hold.
func sourceURL(art *article.Article) string {
	for _, address := range []string{art.Canonical, art.URL} {
		u, err := url.Parse(address)
		if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= maxLink {
			return address
		}
	}
	return ""
}

// PDFName is the file name under which the article's PDF is given to others: its
// title, in at most 120 bytes.
func PDFName(art *article.Article) string {
	const longest = 120
	return filename.Cut(filename.Safe(art.Title, "article"), longest-len(".pdf")) + ".pdf"
}

// shorten makes one line of text, of at most limit characters.
func shorten(text string, limit int) string {
	text = mailer.OneLine(text)
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:limit-1])) + "…"
}

// Compose makes the message that carries an article to one recipient. To write
// to several, make a [Mailing]: it sets the article once.
func Compose(ctx context.Context, art *article.Article, to mailer.Recipient, o Options, l LetterOptions) (*mailer.Message, error) {
	mailing, err := NewMailing(ctx, art, o, l)
	if err != nil {
		return nil, fmt.Errorf("compose message: %w", err)
	}
	return mailing.Compose(ctx, to)
}
