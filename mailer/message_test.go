package mailer

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"testing"
)

// node is one part of a message, read back by the standard library.
type node struct {
	mediaType string
	header    textproto.MIMEHeader
	body      []byte
	children  []*node
}

func readNode(t *testing.T, header textproto.MIMEHeader, r io.Reader) *node {
	t.Helper()
	mediaType, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		t.Fatalf("Content-Type %q: %v", header.Get("Content-Type"), err)
	}
	n := &node{mediaType: mediaType, header: header}
	if !strings.HasPrefix(mediaType, "multipart/") {
		switch header.Get("Content-Transfer-Encoding") {
		case "quoted-printable":
			r = quotedprintable.NewReader(r)
		case "base64":
			r = base64.NewDecoder(base64.StdEncoding, r)
		}
		if n.body, err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", mediaType, err)
		}
		return n
	}
	parts := multipart.NewReader(r, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		n.children = append(n.children, readNode(t, p.Header, p))
	}
}

func readMessage(t *testing.T, data []byte) (*mail.Message, *node) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m, readNode(t, textproto.MIMEHeader(m.Header), m.Body)
}

// shape writes a tree as "mixed(related(…), application/pdf)".
func (n *node) shape() string {
	if len(n.children) == 0 {
		return n.mediaType
	}
	var parts []string
	for _, c := range n.children {
		parts = append(parts, c.shape())
	}
	return strings.TrimPrefix(n.mediaType, "multipart/") + "(" + strings.Join(parts, ", ") + ")"
}

// find gives the first leaf of a media type.
func (n *node) find(mediaType string) *node {
	if n.mediaType == mediaType {
		return n
	}
	for _, c := range n.children {
		if found := c.find(mediaType); found != nil {
			return found
		}
	}
	return nil
}

func TestComposeShapes(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Letter)
		want   string
	}{
		{
			"everything", func(*Letter) {},
			"mixed(related(alternative(text/plain, text/html), image/png, image/png), application/pdf)",
		},
		{
			"no pictures", func(l *Letter) { l.Logo, l.Thumbnail = nil, nil },
			"mixed(alternative(text/plain, text/html), application/pdf)",
		},
		{
			"too little text for pictures", func(l *Letter) { l.Blocks = l.Blocks[:7] },
			"mixed(alternative(text/plain, text/html), application/pdf)",
		},
		{
			"no attachment", func(l *Letter) { l.PDF = nil; l.Thumbnail = nil },
			"related(alternative(text/plain, text/html), image/png)",
		},
		{
			"text alone", func(l *Letter) { l.PDF, l.Logo, l.Thumbnail = nil, nil, nil },
			"alternative(text/plain, text/html)",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := sampleLetter(t)
			c.change(l)
			m, err := sampleDesign(t).Compose(l)
			if err != nil {
				t.Fatal(err)
			}
			_, tree := readMessage(t, m.Bytes)
			if got := tree.shape(); got != c.want {
				t.Errorf("message is %s\nwant       %s", got, c.want)
			}
		})
	}
}

func TestComposeHeader(t *testing.T) {
	l := sampleLetter(t)
	l.ReplyTo = Mailbox{`Chan "Dai" Man`, mustAddress(t, "chan@example.com")}
	m, err := sampleDesign(t).Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	message, tree := readMessage(t, m.Bytes)
	decoder := new(mime.WordDecoder)
	subject, err := decoder.DecodeHeader(message.Header.Get("Subject"))
	if err != nil || subject != l.Title+" - 經濟通" {
		t.Errorf("subject is %q, %v", subject, err)
	}
	for name, want := range map[string]Mailbox{"From": l.From, "To": l.To, "Reply-To": l.ReplyTo} {
		got, err := message.Header.AddressList(name)
		if err != nil || len(got) != 1 || got[0].Name != want.Name || got[0].Address != want.Address.String() {
			t.Errorf("%s is %v, %v; want %v", name, got, err, want)
		}
	}
	for name, want := range map[string]string{
		"Date":                     "Mon, 23 Nov 2026 09:30:00 +0800",
		"Message-Id":               "<0123456789abcdef@offprint.example>",
		"Auto-Submitted":           "auto-generated",
		"X-Auto-Response-Suppress": "All",
		"List-Unsubscribe":         "<https://news.offprint.example/v1/unsubscribe/abcdef0123456789>, <mailto:stop@offprint.example?subject=unsubscribe>",
		"List-Unsubscribe-Post":    "List-Unsubscribe=One-Click",
		"Feedback-Id":              "share:article42:offprint",
		"Mime-Version":             "1.0",
	} {
		if got := message.Header[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"User-Agent", "X-Mailer", "Sender"} {
		if got := message.Header.Get(name); got != "" {
			t.Errorf("%s is %q: it should not be there", name, got)
		}
	}
	pdf := tree.find("application/pdf")
	_, params, err := mime.ParseMediaType(pdf.header.Get("Content-Disposition"))
	if err != nil || params["filename"] != l.PDFName {
		t.Errorf("file name is %q, %v; want %q", params["filename"], err, l.PDFName)
	}
	sameBytes(t, "PDF", pdf.body, l.PDF)
}

func TestUnsubscribeFields(t *testing.T) {
	const token = "news.offprint.example/u/1"
	for _, c := range []struct {
		name, url, mail string
		want, post      string
	}{
		{"https and mailto", "https://" + token, "s@o.example", "<https://" + token + ">, <mailto:s@o.example?subject=unsubscribe>", "List-Unsubscribe=One-Click"},
		{"https alone", "https://" + token, "", "<https://" + token + ">", "List-Unsubscribe=One-Click"},
		{"http is left out", "http://" + token, "s@o.example", "<mailto:s@o.example?subject=unsubscribe>", ""},
		{"address with marks", "", "s+a?b&c@o.example", "<mailto:s%2Ba%3Fb%26c@o.example?subject=unsubscribe>", ""},
		{"nothing", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := sampleLetter(t)
			l.UnsubscribeURL, l.UnsubscribeMail = c.url, Address{}
			if c.mail != "" {
				l.UnsubscribeMail = mustAddress(t, c.mail)
			}
			m, err := sampleDesign(t).Compose(l)
			if err != nil {
				t.Fatal(err)
			}
			message, _ := readMessage(t, m.Bytes)
			if got := message.Header.Get("List-Unsubscribe"); got != c.want {
				t.Errorf("List-Unsubscribe is %q, want %q", got, c.want)
			}
			if got := message.Header.Get("List-Unsubscribe-Post"); got != c.post {
				t.Errorf("List-Unsubscribe-Post is %q, want %q", got, c.post)
			}
		})
	}
}

// The bytes keep every rule that a relay may break a message over: CRLF alone,
// 7 bits, lines within bounds, closed boundaries.
func TestComposeBytes(t *testing.T) {
	m := sampleMessage(t)
	checkWire(t, m.Bytes)
	for line := range bytes.SplitSeq(m.Bytes, []byte(crlf)) {
		if len(line) > 200 {
			t.Errorf("line of %d bytes: %.60q…", len(line), line)
		}
	}
	again := sampleMessage(t)
	sameBytes(t, "the same letter composed again", again.Bytes, m.Bytes)
	if n := EstimateSize(sampleLetter(t)); n < int64(len(m.Bytes)) {
		t.Errorf("EstimateSize gives %d for a message of %d bytes", n, len(m.Bytes))
	}
}

// checkWire asserts what every message on the wire must keep.
func checkWire(t *testing.T, data []byte) {
	t.Helper()
	if bytes.Contains(bytes.ReplaceAll(data, []byte(crlf), nil), []byte("\n")) || bytes.Contains(bytes.ReplaceAll(data, []byte(crlf), nil), []byte("\r")) {
		t.Error("message holds a bare CR or LF")
	}
	for line := range bytes.SplitSeq(data, []byte(crlf)) {
		if len(line) > 998 {
			t.Errorf("line of %d bytes: RFC 5322 allows 998", len(line))
		}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		t.Error("message holds a NUL")
	}
	for i, c := range data {
		if c >= 0x80 {
			t.Errorf("byte %d is %#x: not 7-bit", i, c)
			return
		}
	}
}

func TestComposeRefuses(t *testing.T) {
	long := strings.Repeat("長", 401)
	for _, c := range []struct {
		name   string
		change func(*Letter)
		want   string
	}{
		{"line break in title", func(l *Letter) { l.Title = "a\r\nBcc: x@example.com" }, "title holds U+000D"},
		{"line break in subject", func(l *Letter) { l.Subject = "a\nb" }, "subject holds U+000A"},
		{"NUL in name", func(l *Letter) { l.To.Name = "a\x00b" }, "to name holds U+0000"},
		{"override in sender", func(l *Letter) { l.SenderName = "\u202Egnp.exe" }, "sender name holds U+202E"},
		{"line break in note", func(l *Letter) { l.Note = "a\nb" }, "note holds U+000A"},
		{"carriage return in block", func(l *Letter) { l.Blocks = []Block{{Paragraph, "a\rb"}} }, "block 0 holds U+000D"},
		{"bad UTF-8", func(l *Letter) { l.Title = "a\xff" }, "not valid UTF-8"},
		{"long title", func(l *Letter) { l.Title = long }, "401 characters"},
		{"no title", func(l *Letter) { l.Title = "" }, "no title"},
		{"no recipient", func(l *Letter) { l.To.Address = Address{} }, "no To address"},
		{"no sender", func(l *Letter) { l.From.Address = Address{} }, "no From address"},
		{"no time", func(l *Letter) { l.Sent = l.Sent.AddDate(-2026, 0, 0) }, "no usable Sent time"},
		{"no Message-ID", func(l *Letter) { l.MessageID = "" }, "Message-ID"},
		{"Message-ID with brackets", func(l *Letter) { l.MessageID = "<a@b.example>" }, "Message-ID"},
		{"path as file name", func(l *Letter) { l.PDFName = "../a.pdf" }, "file name"},
		{"script as link", func(l *Letter) { l.SourceURL = "javascript:alert(1)" }, "source link"},
		{"comma in unsubscribe link", func(l *Letter) { l.UnsubscribeURL = "https://a.example/,b" }, "unsubscribe link"},
		{"feedback ID", func(l *Letter) { l.FeedbackID = "a b" }, "feedback ID"},
		{"picture", func(l *Letter) { l.Logo.Bytes = []byte("GIF89a") }, "neither PNG nor JPEG"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := sampleLetter(t)
			c.change(l)
			_, err := sampleDesign(t).Compose(l)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one about %q", err, c.want)
			}
		})
	}
}
