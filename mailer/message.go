package mailer

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// Message is one finished e-mail: its envelope and the bytes that travel. Its
// bytes are never changed after [Design.Compose] and [Keys.Sign]: every try to
// deliver it sends the same ones.
type Message struct {
	ID    string    // Message-ID without its brackets
	From  Address   // envelope sender: bounces go there
	To    []Address // envelope recipients
	Bytes []byte    // header and body, CRLF lines

	file span // where in Bytes the attachment's body stands, which other messages share
}

// span is a run of bytes, from one to before another.
type span struct{ from, to int }

// NeedsUTF8 reports whether the message can only travel with SMTPUTF8: an
// address of its envelope is not ASCII.
func (m *Message) NeedsUTF8() bool {
	if m.From.NeedsUTF8() {
		return true
	}
	for _, to := range m.To {
		if to.NeedsUTF8() {
			return true
		}
	}
	return false
}

// NewMessageID makes a Message-ID on the sender's domain. It is always the same
// for the same parts, such as job, article and recipient.
func NewMessageID(from Address, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16]) + "@" + from.Domain()
}

// checkMessageID accepts what NewMessageID makes and any other bare ID.
func checkMessageID(id string) error {
	if _, err := ParseAddress(id); err != nil || !isASCII(id) {
		return fmt.Errorf("letter's Message-ID %.80q: want ID@domain in ASCII", id)
	}
	return nil
}

// Compose writes the letter as a message:
//
//	multipart/mixed
//	├─ multipart/related
//	│  ├─ multipart/alternative: text/plain, text/html
//	│  ├─ logo
//	│  └─ first page
//	└─ the PDF
//
// A level with a single child is left out. The envelope sender is From; set
// Message.From for another.
func (d *Design) Compose(l *Letter) (*Message, error) {
	if err := l.check(); err != nil {
		return nil, fmt.Errorf("compose letter: %w", err)
	}
	v := newView(l, d.locale(l.Lang))
	if err := checkLine("subject", v.Subject, 2*maxSubject); err != nil {
		return nil, fmt.Errorf("compose letter: %w", err)
	}
	b := &boundaries{seed: l.MessageID}
	if err := v.showPictures(l, b.contentID); err != nil {
		return nil, fmt.Errorf("compose letter: %w", err)
	}
	body, err := bodyPart(l, v, b)
	if err != nil {
		return nil, fmt.Errorf("compose letter: %w", err)
	}
	body.fields = append(letterFields(l, v.Subject), body.fields...)
	var out bytes.Buffer
	out.Grow(body.size())
	body.write(&out)
	m := &Message{ID: l.MessageID, From: l.From.Address, To: []Address{l.To.Address}, Bytes: out.Bytes()}
	if l.PDF != nil {
		file := body.children[len(body.children)-1]
		m.file = span{file.at, file.at + len(file.body)}
	}
	return m, nil
}

// bodyPart builds the MIME tree of the letter.
func bodyPart(l *Letter, v *view, b *boundaries) (*part, error) {
	text, html, err := v.locale.render(v)
	if err != nil {
		return nil, err
	}
	plain, err := textPart("plain", text)
	if err != nil {
		return nil, err
	}
	rich, err := textPart("html", html)
	if err != nil {
		return nil, err
	}
	body := b.multipart("alternative", plain, rich)
	if pictures := v.pictures(); len(pictures) > 0 {
		body = b.multipart("related", append([]*part{body}, pictures...)...)
	}
	if l.PDF != nil {
		body = b.multipart("mixed", body, filePart("application/pdf", l.PDFName, l.PDF))
	}
	return body, nil
}

// pictures are the parts that the HTML refers to.
func (v *view) pictures() []*part {
	var parts []*part
	for _, p := range []*shownPicture{v.Logo, v.Thumbnail} {
		if p != nil {
			parts = append(parts, inlinePart(p.mediaType, p.contentID, p.bytes))
		}
	}
	return parts
}

// contentID names a picture of this message.
func (b *boundaries) contentID(name string) string {
	sum := sha256.Sum256([]byte(b.seed + "\n" + name))
	return name + "." + hex.EncodeToString(sum[:8]) + b.seed[strings.LastIndexByte(b.seed, '@'):]
}

// letterFields are the header lines of the message, without those of its MIME
// tree. User-Agent and X-Mailer are left out: nobody needs to know our version.
func letterFields(l *Letter, subject string) []field {
	fields := []field{
		wordsField("Date", l.Sent.Format("Mon, 02 Jan 2006 15:04:05 -0700")),
		mailboxField("From", l.From),
		mailboxField("To", l.To),
	}
	if !l.ReplyTo.Address.IsZero() {
		fields = append(fields, mailboxField("Reply-To", l.ReplyTo))
	}
	fields = append(fields,
		textField("Subject", subject),
		wordsField("Message-ID", "<"+l.MessageID+">"),
		wordsField("Auto-Submitted", "auto-generated"), // RFC 3834 §5
		wordsField("X-Auto-Response-Suppress", "All"),  // the same, for Exchange
	)
	fields = append(fields, unsubscribeFields(l)...)
	if l.FeedbackID != "" {
		fields = append(fields, wordsField("Feedback-ID", l.FeedbackID))
	}
	return append(fields, wordsField("MIME-Version", "1.0"))
}

// unsubscribeFields are List-Unsubscribe (RFC 2369) and, only where the address
// is https, List-Unsubscribe-Post (RFC 8058 §3.1).
func unsubscribeFields(l *Letter) []field {
	var ways []string
	oneClick := strings.HasPrefix(l.UnsubscribeURL, "https://")
	if oneClick {
		ways = append(ways, "<"+l.UnsubscribeURL+">")
	}
	if !l.UnsubscribeMail.IsZero() {
		ways = append(ways, "<mailto:"+mailtoEscape(l.UnsubscribeMail.String())+"?subject=unsubscribe>")
	}
	if len(ways) == 2 {
		ways[0] += ","
	}
	switch {
	case len(ways) == 0:
		return nil
	case oneClick:
		return []field{
			wordsField("List-Unsubscribe", ways...),
			wordsField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
		}
	}
	return []field{wordsField("List-Unsubscribe", ways...)}
}

// mailtoEscape writes an address for a mailto link (RFC 6068 §2): letters,
// digits and a few marks as they are, the rest as %XX.
func mailtoEscape(address string) string {
	local, domain, _ := strings.Cut(address, "@")
	return percentEncode(local) + "@" + domain
}

// EstimateSize is an upper bound, in bytes, of the message that a letter
// becomes, to be held against [Sender.MaxSize] before it is composed.
func EstimateSize(l *Letter) int64 {
	const (
		frame    = 32 << 10 // header, MIME and the design's own words and marks
		perBlock = 400      // a block's marks in HTML
		perByte  = 2 * 3    // text stands twice, in quoted-printable
	)
	text := len(l.Note) + len(l.Title) + len(l.Subtitle)
	for _, b := range l.Blocks {
		text += len(b.Text)
	}
	files := len(l.PDF)
	for _, p := range []*Picture{l.Logo, l.Thumbnail} {
		if p != nil {
			files += len(p.Bytes)
		}
	}
	return int64(frame + perBlock*len(l.Blocks) + perByte*text + (files/57+3)*78)
}

// Subject is that of a letter, in the article's language when the letter says none.
func (d *Design) Subject(l *Letter) string {
	return newView(l, d.locale(cmp.Or(l.Lang, l.ArticleLang))).Subject
}
