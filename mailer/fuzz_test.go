package mailer

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"
)

// ourFields are all the header fields that a message may have, in order.
var ourFields = []string{
	"Date", "From", "To", "Reply-To", "Subject", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
	"List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "MIME-Version", "Content-Type",
}

// Whatever goes into a letter, the message has the header that we wrote and no
// other, and what was put in reads back the same.
func FuzzCompose(f *testing.F) {
	f.Add("經濟通", "陳大文", "標題", "李小華", "留言", "正文\n第二行", "a.pdf", "https://a.example/b", "c:1", "id@a.example", "zh-Hant")
	f.Add("a\r\nBcc: x@y.z", "b\nX: y", "c\rd", "\x00", "\u2028", "\r\n.\r\n", "a\r\n.pdf", "https://a.example/\r\nX:", "a\r\n", "a\r\n@b.c", "en\r\n")
	f.Add("=?utf-8?q?=0D=0AX:?=", "\"", "\\", "<b>", "--=_", "--=_\n\n.", "a\".pdf", "http://a", "", "a@b.c", "")
	f.Add("\u202E", strings.Repeat("名", 80), strings.Repeat("長", 400), strings.Repeat("😀", 80), "x", strings.Repeat(".\n", 200), strings.Repeat("檔", 60)+".pdf", "https://例子.公司/路?徑=1", "x", "i@例.公司", "ja")
	design, sent := sampleDesign(f), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	from, to := mustAddress(f, "news@offprint.example"), mustAddress(f, "reader@example.com")
	f.Fuzz(func(t *testing.T, publisher, name, title, sender, note, block, file, link, feedback, id, lang string) {
		l := &Letter{
			From: Mailbox{publisher, from}, To: Mailbox{name, to}, ReplyTo: Mailbox{sender, to}, Lang: lang,
			Publisher: publisher, Section: note, Title: title, Subtitle: name, Byline: sender, Date: note, SourceURL: link,
			Blocks: []Block{{BlockKind(lang), block}, {Heading, block}, {Quote, block}, {Item, block}}, SenderName: sender, Note: note,
			PDF: []byte(block), PDFName: file, UnsubscribeURL: link, UnsubscribeMail: to, FeedbackID: feedback, MessageID: id, Sent: sent,
		}
		m, err := design.Compose(l)
		if err != nil {
			return
		}
		checkWire(t, m.Bytes)
		checkFieldNames(t, m.Bytes)
		message, err := mail.ReadMessage(bytes.NewReader(m.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		for field, want := range map[string]string{"From": publisher, "To": name, "Reply-To": sender} {
			got, err := message.Header.AddressList(field)
			if err != nil || len(got) != 1 || got[0].Name != want {
				t.Errorf("%s %q reads back as %v, %v", field, want, got, err)
			}
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
		if err != nil || !strings.Contains(subject, strings.TrimSpace(title)) {
			t.Errorf("title %q reads back as %q, %v", title, subject, err)
		}
		body, err := io.ReadAll(message.Body)
		if err != nil {
			t.Fatal(err)
		}
		_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(body, []byte("--"+params["boundary"])); n != 3 { // two parts and the end
			t.Errorf("boundary stands %d times", n)
		}
		_, tree := readMessage(t, m.Bytes)
		if got := tree.find("application/pdf"); got == nil || string(got.body) != block {
			t.Error("the attachment is not what was attached")
		}
	})
}

// checkFieldNames asserts that the header holds our fields alone, each once.
func checkFieldNames(t *testing.T, data []byte) {
	t.Helper()
	header, _, _ := bytes.Cut(data, []byte(crlf+crlf))
	seen := map[string]bool{}
	for line := range strings.SplitSeq(string(header), crlf) {
		if strings.HasPrefix(line, " ") {
			if strings.TrimSpace(line) == "" {
				t.Error("a folded line is empty")
			}
			continue
		}
		name, _, found := strings.Cut(line, ": ")
		if !found || !slices.Contains(ourFields, name) || seen[name] {
			t.Errorf("header holds %q", line)
		}
		seen[name] = true
	}
}

// What OneLine makes is always accepted as a line.
func FuzzOneLine(f *testing.F) {
	f.Add("a\r\n b\u2028\u202Ec\x00")
	f.Fuzz(func(t *testing.T, s string) {
		if err := checkLine("line", OneLine(s), len(s)*3+1); err != nil {
			t.Error(err)
		}
	})
}
