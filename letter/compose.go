package letter

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"offprint"
	"offprint/article"
	"offprint/mailer"
)

// Compose makes the message that carries an article to one recipient. To write
// to several, make a [Mailing]: it prints the article once.
func Compose(
	ctx context.Context, art *article.Article, to mailer.Recipient, printing offprint.Options, o Options,
) (*mailer.Message, error) {
	mailing, err := New(ctx, art, printing, o)
	if err != nil {
		return nil, fmt.Errorf("compose message: %w", err)
	}
	return mailing.Compose(ctx, to)
}

// Compose makes the message to one recipient: in the recipient's language and
// font size, where there are any. Article, options and recipient alone decide its
// bytes.
func (m *Mailing) Compose(ctx context.Context, to mailer.Recipient) (*mailer.Message, error) {
	edition, err := m.Edition(ctx, to.FontSize)
	if err != nil {
		return nil, err
	}
	l := m.letter(edition)
	l.To = mailer.Mailbox{Name: to.Name, Address: to.Address}
	l.Lang = cmp.Or(to.Lang, m.material.Article.Lang)
	l.MessageID = mailer.NewMessageID(m.options.From.Address, m.options.Run, to.Address.Key())
	if m.options.UnsubscribeURL != nil {
		l.UnsubscribeURL = m.options.UnsubscribeURL(to.Address)
	}
	message, err := m.design.Compose(l)
	if err != nil {
		return nil, &Error{Err: err}
	}
	if limit := m.options.MaxSize; limit > 0 && int64(len(message.Bytes)) > limit {
		return nil, &TooLargeError{What: "message", Bytes: int64(len(message.Bytes)), Limit: limit}
	}
	return message, nil
}

// letter is a letter that lacks only its recipient.
func (m *Mailing) letter(e *Edition) *mailer.Letter {
	art := m.material.Article
	l := m.options.letter(art, m.material.Words().BylineJoin)
	l.Blocks, l.Whole, l.Logo = m.blocks, m.whole, m.logo
	if e.PDF != nil {
		l.PDF, l.PDFName, l.Pages = e.PDF, offprint.PDFName(art), e.Document.Pages()
		l.Thumbnail = e.Thumbnail
	}
	if e.Link != nil {
		l.PDFURL, l.PDFSize = e.Link.URL, int(e.Link.Size)
	}
	return l
}

// Bounds of what goes from an article into a letter, in characters. Package
// mailer refuses what is longer, so it is cut here.
const (
	maxTitle = 300
	maxWords = 300 // byline, section, date
	maxSite  = 80
	maxLink  = 2000 // bytes
)

// letter fills in all that the letters to all recipients share. nameMark joins
// the writers' names, as it does on the page.
func (o *Options) letter(art *article.Article, nameMark string) *mailer.Letter {
	return &mailer.Letter{
		From:            o.From,
		Subject:         o.Subject,
		ArticleLang:     art.Lang,
		Publisher:       cmp.Or(o.Publisher, shortLine(cmp.Or(art.Site.Name, art.Site.Host), maxSite)),
		Section:         shortLine(strings.Join(art.Trail(), article.TrailMark), maxWords),
		Title:           cmp.Or(shortLine(art.Title, maxTitle), o.From.Address.Domain()),
		Subtitle:        shortLine(art.Subtitle, maxTitle),
		Byline:          shortLine(strings.Join(art.Credits(nameMark), article.CreditGap), maxWords),
		Date:            shortLine(art.Published.Dateline(), maxWords),
		SourceURL:       sourceURL(art),
		SenderName:      o.Sender,
		Note:            o.Note,
		UnsubscribeMail: o.Unsubscribe,
		FeedbackID:      cmp.Or(o.FeedbackID, feedbackID(o.Run)),
		Sent:            o.Sent,
	}
}

// feedbackID groups the letters of a run in what large mailbox providers report to
// senders. A run that is named by its job is found again by the job's beginning.
func feedbackID(run string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, run)
	const enough = 12 // characters, to tell runs apart
	return cmp.Or(plain[:min(enough, len(plain))], "run") + ":email:offprint"
}

// sourceURL is the article's address on the web, "" when a letter cannot hold it.
func sourceURL(art *article.Article) string {
	if address := art.Address(); len(address) <= maxLink {
		return address
	}
	return ""
}

// shortLine makes one line of text, of at most limit characters.
func shortLine(text string, limit int) string {
	text = mailer.OneLine(text)
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:limit-1])) + "…"
}

// Subject is that of the letters of an article, in the article's language.
func Subject(art *article.Article, o *Options) (string, error) {
	design, err := o.design()
	if err != nil {
		return "", err
	}
	return design.Subject(o.letter(art, "")), nil
}
