package letter

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"offprint"
	"offprint/article"
	"offprint/internal/sample"
	"offprint/mailer"
)

func mustAddress(t testing.TB, s string) mailer.Address {
	t.Helper()
	a, err := mailer.ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// options are those of a plain letter from the publisher.
func options(t testing.TB) Options {
	t.Helper()
	return Options{
		From: mailer.Mailbox{Name: "南汀日报", Address: mustAddress(t, "news@offprint.example")},
		Run:  "run-1", Sent: time.Date(2025, 7, 21, 3, 0, 0, 0, time.UTC),
	}
}

func reader(t testing.TB) mailer.Recipient {
	return mailer.Recipient{Address: mustAddress(t, "reader@example.com"), Name: "陈大文"}
}

// leaves gives the parts of a message by their media type.
func leaves(t *testing.T, header map[string][]string, body io.Reader, into map[string][]byte) map[string][]byte {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(header["Content-Type"][0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		data, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if encoding := header["Content-Transfer-Encoding"]; len(encoding) > 0 && encoding[0] == "base64" {
			if data, err = base64.StdEncoding.DecodeString(strings.ReplaceAll(string(data), "\r\n", "")); err != nil {
				t.Fatal(err)
			}
		}
		into[kind] = data
		return into
	}
	parts := multipart.NewReader(body, parameters["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return into
		}
		if err != nil {
			t.Fatal(err)
		}
		leaves(t, part.Header, part, into)
	}
}

func parts(t *testing.T, m *mailer.Message) (mail.Header, map[string][]byte) {
	t.Helper()
	parsed, err := mail.ReadMessage(bytes.NewReader(m.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Header, leaves(t, parsed.Header, parsed.Body, map[string][]byte{})
}

func TestCompose(t *testing.T) {
	m, err := Compose(t.Context(), sample.News(), reader(t), offprint.Options{Fonts: library}, options(t))
	if err != nil {
		t.Fatal(err)
	}
	header, leaf := parts(t, m)
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	if err != nil || subject != "渡口的早班船 - 南汀日报" {
		t.Errorf("subject %q (%v)", subject, err)
	}
	doc, err := offprint.Layout(t.Context(), sample.News(), offprint.Options{Fonts: library})
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := doc.PDF(t.Context(), &want); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(leaf["application/pdf"], want.Bytes()) {
		t.Error("the attachment is not the PDF that print makes")
	}
	for _, words := range []string{"林小满、陈一", "2025-07-21 10:45", "渡口的早班船"} {
		if !strings.Contains(string(leaf["text/plain"]), words) {
			t.Errorf("text lacks %q:\n%s", words, leaf["text/plain"])
		}
	}
	again, err := Compose(t.Context(), sample.News(), reader(t), offprint.Options{Fonts: library}, options(t))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m.Bytes, again.Bytes) {
		t.Error("the same letter has other bytes the second time")
	}
}

// A letter names as authors whom its PDF names so, and stands in the same section.
func TestLetterSaysWhatItsPDFSays(t *testing.T) {
	art := sample.News()
	art.Authors = []article.Author{{Name: "林小满", Role: "作者"}, {Name: "陈一", Role: "作者"}, {Name: "周望舒", Role: "编辑"}}
	art.Section, art.Column, art.Source = []string{"理财", "管理"}, "智城物语", "海岸新报"
	for lang, mark := range map[string]string{"zh-Hans": "、", "ja": "、", "ko": ", ", "en": ", "} {
		art.Lang = lang
		m, err := Compose(t.Context(), art, reader(t), offprint.Options{Fonts: library}, options(t))
		if err != nil {
			t.Fatal(err)
		}
		doc, err := offprint.Layout(t.Context(), art, offprint.Options{Fonts: library})
		if err != nil {
			t.Fatal(err)
		}
		var set bytes.Buffer
		if err := doc.Dump(&set, offprint.StageLines); err != nil {
			t.Fatal(err)
		}
		_, leaf := parts(t, m)
		text := string(leaf["text/plain"])
		for _, words := range []string{"林小满" + mark + "陈一　编辑 周望舒　海岸新报", "2025-07-21 10:45"} {
			if !strings.Contains(set.String(), strings.ReplaceAll(words, "　", " ")) { // as the dump writes it
				t.Errorf("%s: the page lacks %q:\n%.2000s", lang, words, &set)
			}
			if !strings.Contains(text, words) {
				t.Errorf("%s: the letter lacks %q:\n%s", lang, words, text)
			}
		}
		if !strings.Contains(text, "理财 › 管理 › 智城物语") {
			t.Errorf("%s: the letter lacks the section's trail:\n%s", lang, text)
		}
	}
}

// newMailing is a mailing of an article that came without its page.
func newMailing(t *testing.T, art *article.Article, o Options) *Mailing {
	t.Helper()
	mailing, err := New(t.Context(), art, offprint.Options{Fonts: library}, o)
	if err != nil {
		t.Fatal(err)
	}
	return mailing
}

// Each recipient has a message of their own: other Message-ID, language, size.
func TestMailingIsPersonal(t *testing.T) {
	mailing := newMailing(t, sample.News(), options(t))
	plain, err := mailing.Compose(t.Context(), reader(t))
	if err != nil {
		t.Fatal(err)
	}
	other := mailer.Recipient{Address: mustAddress(t, "other@example.com"), Lang: "en", FontSize: "giant"}
	large, err := mailing.Compose(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	_, p := parts(t, plain)
	_, l := parts(t, large)
	if plain.ID == large.ID || !strings.HasSuffix(large.ID, "@offprint.example") {
		t.Errorf("Message-IDs %s and %s", plain.ID, large.ID)
	}
	if bytes.Equal(p["application/pdf"], l["application/pdf"]) {
		t.Error("font size giant gives the PDF of medium")
	}
	if html := string(l["text/html"]); !strings.Contains(html, `<html lang="en">`) || !strings.Contains(html, `lang="zh-Hans"`) {
		t.Error("an English letter does not mark its Chinese article")
	}
	first, err := mailing.Edition(t.Context(), "giant")
	if err != nil {
		t.Fatal(err)
	}
	if second, err := mailing.Edition(t.Context(), "giant"); err != nil || second != first {
		t.Errorf("an edition was made twice (%v)", err)
	}
	bad := mailer.Recipient{Address: other.Address, FontSize: "7"}
	var option *offprint.OptionError
	if _, err := mailing.Compose(t.Context(), bad); !errors.As(err, &option) {
		t.Errorf("font size 7: error %v", err)
	}
}

func TestOptionsValidate(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Options)
		want   string
	}{
		{"attachment", func(o *Options) { o.Attach = "docx" }, "option attach"},
		{"run", func(o *Options) { o.Run = "" }, "name of a run"},
		{"sender", func(o *Options) { o.From = mailer.Mailbox{} }, "no From address"},
		{"time", func(o *Options) { o.Sent = time.Time{} }, "Sent time"},
		{"long note", func(o *Options) { o.Note = strings.Repeat("长", 1001) }, "note has 1001 characters"},
		{"note with control characters", func(o *Options) { o.Note = "a\x1bb" }, "note holds U+001B"},
		{"header in the subject", func(o *Options) { o.Subject = "a\r\nBcc: x@example.com" }, "subject holds U+000D"},
		{"header in the sender", func(o *Options) { o.Sender = "a\nX: y" }, "sender name holds U+000A"},
	} {
		o := options(t)
		c.change(&o)
		if err := o.Validate(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one about %q", c.name, err, c.want)
		}
	}
	o := options(t)
	if err := o.Validate(); err != nil {
		t.Error(err)
	}
}

// What a page holds never stops a letter: it is cut and cleaned first.
func TestComposeTakesAnyArticle(t *testing.T) {
	long := strings.Repeat("长句。", 300) + "\x00\u2028\u202e\r\nBcc: x@example.com"
	art := &article.Article{
		Lang: "zh-Hans", Title: long, Subtitle: long, Source: long, Section: []string{"a", long}, Canonical: "javascript:alert(1)",
		URL: "https://news.example/" + strings.Repeat("a", 3000), Authors: []article.Author{{Name: long}}, Site: article.Site{Name: long},
		Published: &article.Stamp{Time: long, Raw: long}, Disclaimer: []string{long},
		Blocks: []article.Block{{Kind: article.Paragraph, Text: long}},
	}
	for _, inline := range []bool{false, true} {
		o := options(t)
		o.Inline, o.Attach = inline, AttachNone
		m, err := Compose(t.Context(), art, reader(t), offprint.Options{Fonts: library}, o)
		if err != nil {
			t.Fatal(err)
		}
		if header, _ := parts(t, m); header.Get("Bcc") != "" {
			t.Error("the article made a header")
		}
	}
}

// Whatever stands in an article, a letter can be made of it, and it has no header
// that the design did not write.
func FuzzComposeOfAnyArticle(f *testing.F) {
	f.Add("渡口的早班船", "林小满", "南汀日报", "天还没有亮。\n第二行", "2025-07-21", "https://news.example/a")
	f.Add("a\r\nBcc: x@example.com", "\x00", "\u2028", "\xff\u202e", "\r", "javascript:alert(1)")
	f.Add("", "", "", "", "", "")
	f.Add(strings.Repeat("长", 500), strings.Repeat("名", 500), strings.Repeat("站", 100), strings.Repeat("句。", 2000), "…", "http://[::1")
	design, err := ownDesign()
	if err != nil {
		f.Fatal(err)
	}
	o := options(f)
	o.Attach, o.Design = AttachNone, design
	f.Fuzz(func(t *testing.T, title, author, site, text, date, address string) {
		art := &article.Article{
			Title: title, Subtitle: text, Lang: "zh", Section: []string{site}, Source: author, URL: address, Canonical: address,
			Site: article.Site{Name: site, Host: site}, Authors: []article.Author{{Name: author}},
			Published: &article.Stamp{Time: date, Raw: date}, Disclaimer: []string{text},
			Blocks: []article.Block{{Kind: article.Paragraph, Text: text}, {Kind: article.Figure, Image: &article.Image{Caption: title}}},
		}
		l := o.letter(art, "、")
		l.Blocks, l.Whole = opening(art, nil)
		l.PDF, l.PDFName = []byte("%PDF"), offprint.PDFName(art)
		l.To, l.MessageID = o.From, mailer.NewMessageID(o.From.Address, "fuzz")
		m, err := design.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := mail.ReadMessage(bytes.NewReader(m.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		for name := range parsed.Header {
			if !slices.Contains(letterHeaders, name) {
				t.Errorf("header %s", name)
			}
		}
	})
}

// letterHeaders are the header fields of a letter from the publisher.
var letterHeaders = []string{
	"Date", "From", "To", "Subject", "Message-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "Mime-Version", "Content-Type",
	"Feedback-Id",
}

func TestFeedbackID(t *testing.T) {
	for run, want := range map[string]string{
		"01JD7W8Z5Q2M4N6P8R0S2T4V6X":            "01JD7W8Z5Q2M:email:offprint",
		"0a1b2c3d4e5f6071 2026-11-26T01:30:00Z": "0a1b2c3d4e5f:email:offprint",
		"早报 a:b c":                              "abc:email:offprint",
		"早报":                                    "run:email:offprint",
	} {
		if got := feedbackID(run); got != want {
			t.Errorf("%q gives %q, want %q", run, got, want)
		}
	}
}
