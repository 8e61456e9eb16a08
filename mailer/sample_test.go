package mailer

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"offprint/templates"
)

// sampleLetter is a whole letter in Chinese, with everything that a letter can
// hold. The article is ours.
func sampleLetter(t testing.TB) *Letter {
	t.Helper()
	paragraph := "灣仔街市的老攤主說，三十年來她每天四時起床，先到碼頭挑魚，再趕在六時前把攤子擺好。「魚新鮮，人就來。」她笑着說，手上的刀卻沒有停過。"
	blocks := []Block{
		{Paragraph, paragraph},
		{Heading, "清早的碼頭"},
		{Paragraph, strings.Repeat(paragraph, 2)},
		{Caption, "清晨五時的魚市場（圖片來源：本報）"},
		{Quote, "魚新鮮，\n人就來。"},
		{Item, "營業時間：六時至十四時"},
		{Item, "地址：灣仔道 <一號> & 二號"},
	}
	for range 50 {
		blocks = append(blocks, Block{Paragraph, paragraph})
	}
	return &Letter{
		From:            Mailbox{"經濟通", mustAddress(t, "news@offprint.example")},
		To:              Mailbox{"陳大文", mustAddress(t, "reader@example.com")},
		Lang:            "zh-Hant-HK",
		Publisher:       "經濟通",
		Section:         "社會",
		Title:           "灣仔街市的老攤主：三十年來每天四時起床，只為一條新鮮的魚",
		Subtitle:        "魚新鮮，人就來",
		Byline:          "記者 王小明",
		Date:            "2026年11月23日",
		SourceURL:       "https://news.offprint.example/articles/42?from=mail&lang=zh",
		Blocks:          blocks,
		Whole:           true,
		SenderName:      "李小華",
		Note:            "你一定要看看這篇！",
		Logo:            &Picture{Bytes: pngHead("logo"), Width: 160, Height: 40},
		Thumbnail:       &Picture{Bytes: pngHead("page"), Width: 210, Height: 297},
		PDF:             samplePDF(40_000),
		PDFName:         "灣仔街市的老攤主.pdf",
		Pages:           3,
		UnsubscribeURL:  "https://news.offprint.example/v1/unsubscribe/abcdef0123456789",
		UnsubscribeMail: mustAddress(t, "stop@offprint.example"),
		FeedbackID:      "share:article42:offprint",
		MessageID:       "0123456789abcdef@offprint.example",
		Sent:            time.Date(2026, 11, 23, 9, 30, 0, 0, time.FixedZone("HKT", 8*3600)),
	}
}

// samplePDF is bytes of a given length that look like a PDF and do not
// compress; lines of it begin with dots.
func samplePDF(n int) []byte {
	out := append(make([]byte, 0, n), "%PDF-1.7\r\n.\r\n..\r\n"...)
	for state := uint32(1); len(out) < n; {
		state = state*1664525 + 1013904223
		out = append(out, byte(state>>24))
	}
	return out
}

func pngHead(s string) []byte { return append([]byte("\x89PNG\r\n\x1a\n"), s...) }

func mustAddress(t testing.TB, s string) Address {
	t.Helper()
	a, err := ParseAddress(s)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// sampleDesign is the design that the program ships.
func sampleDesign(t testing.TB) *Design {
	t.Helper()
	d, err := LoadDesign(templates.Mail())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sampleMessage(t testing.TB) *Message {
	t.Helper()
	m, err := sampleDesign(t).Compose(sampleLetter(t))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// bigMessage is a finished message with a PDF of a given length.
func bigMessage(t testing.TB, pdf int) *Message {
	t.Helper()
	l := sampleLetter(t)
	l.PDF = samplePDF(pdf)
	m, err := sampleDesign(t).Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sameBytes compares without printing megabytes.
func sameBytes(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if bytes.Equal(got, want) {
		return
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	t.Errorf("%s: %d bytes, want %d; they part at byte %d", what, len(got), len(want), at)
}
