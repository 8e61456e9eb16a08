package queue

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"offprint/mailer"
	"offprint/templates"
)

// rebuild puts a kept message together from the parts that it was posted with.
func rebuild(k *keptMessage) ([]byte, error) {
	return k.putTogether(func(sum blobSum) ([]byte, error) {
		body, ok := k.shared[sum]
		if !ok {
			return nil, errors.New("no such part")
		}
		return base64Lines(body), nil
	})
}

func TestTakeApart(t *testing.T) {
	pdf, picture := samplePDF(20_000), samplePDF(4000)[9:]
	message := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	cases := []struct {
		name    string
		message []byte
		shared  [][]byte
		cuts    int
	}{
		{"one part", message([]byte("head\r\n"), base64Lines(pdf), []byte("tail")), [][]byte{pdf}, 1},
		{"two parts, given in the other order", message([]byte("a"), base64Lines(picture), []byte("b"), base64Lines(pdf)), [][]byte{pdf, picture}, 2},
		{"nothing but a part", base64Lines(pdf), [][]byte{pdf}, 1},
		{"a part that is not there", []byte("head"), [][]byte{pdf}, 0},
		{"a part in another encoding", message([]byte("head"), pdf), [][]byte{pdf}, 0},
		{"a part too small to be worth it", message([]byte("head"), base64Lines(pdf[:100])), [][]byte{pdf[:100]}, 0},
		{"the same part twice", message([]byte("a"), base64Lines(pdf), []byte("b")), [][]byte{pdf, pdf}, 1},
		{"no parts", []byte("head"), nil, 0},
		{"empty", nil, nil, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			k := takeApart(c.message, c.shared)
			if len(k.cuts) != c.cuts {
				t.Errorf("%d cuts, want %d", len(k.cuts), c.cuts)
			}
			got, err := rebuild(k)
			if err != nil || !bytes.Equal(got, c.message) {
				t.Errorf("comes back as %d bytes (%v), want the %d posted", len(got), err, len(c.message))
			}
		})
	}
}

// TestMailersMessageIsTakenApart: the messages that the mailer composes keep
// little more than their own words.
func TestMailersMessageIsTakenApart(t *testing.T) {
	design, err := mailer.LoadDesign(templates.Mail())
	if err != nil {
		t.Fatal(err)
	}
	pdf, page := samplePDF(300_000), append([]byte("\x89PNG\r\n\x1a\n"), samplePDF(20_000)...)
	m, err := design.Compose(&mailer.Letter{
		From: mailer.Mailbox{Name: "本報", Address: publisher}, To: mailer.Mailbox{Address: address(t, "reader@example.com")},
		Lang: "zh-Hant", Publisher: "本報", Title: "潮水", SourceURL: "https://news.offprint.example/42",
		Blocks:    []mailer.Block{{Kind: mailer.Paragraph, Text: "潮水來了。"}},
		Thumbnail: &mailer.Picture{Bytes: page, Width: 210, Height: 297},
		PDF:       pdf, PDFName: "潮水.pdf", Pages: 1,
		MessageID: "0123456789abcdef@offprint.example", Sent: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	k := takeApart(m.Bytes, [][]byte{pdf, page})
	if len(k.cuts) == 0 || len(k.text) > 40_000 {
		t.Errorf("%d cuts, %d of %d bytes kept as text", len(k.cuts), len(k.text), len(m.Bytes))
	}
	if got, err := rebuild(k); err != nil || !bytes.Equal(got, m.Bytes) {
		t.Errorf("comes back different: %v", err)
	}
}

// TestDamageIsSeen: whatever changes in what is kept, no other message goes out.
func TestDamageIsSeen(t *testing.T) {
	pdf := samplePDF(5000)
	message := bytes.Join([][]byte{[]byte("head"), base64Lines(pdf), []byte("tail")}, nil)
	cases := []struct {
		name   string
		damage func(*keptMessage)
	}{
		{"text", func(k *keptMessage) { k.text[0]++ }},
		{"text cut short", func(k *keptMessage) { k.text = k.text[:2] }},
		{"cut moved", func(k *keptMessage) { k.cuts[0].At++ }},
		{"cut before the start", func(k *keptMessage) { k.cuts[0].At = -1 }},
		{"cut behind the end", func(k *keptMessage) { k.cuts[0].At = 1 << 40 }},
		{"part", func(k *keptMessage) { k.shared[k.cuts[0].Blob] = []byte("other") }},
		{"part gone", func(k *keptMessage) { clear(k.shared) }},
		{"sum", func(k *keptMessage) { k.sum[0]++ }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			k := takeApart(message, [][]byte{pdf})
			c.damage(k)
			if got, err := rebuild(k); err == nil {
				t.Errorf("gave %d bytes without an error", len(got))
			}
		})
	}
}

func FuzzTakeApart(f *testing.F) {
	f.Add([]byte("head"), []byte(strings.Repeat("x", 3000)), []byte("tail"), true)
	f.Add([]byte{}, []byte(strings.Repeat("\x00", 2048)), []byte{}, false)
	f.Fuzz(func(t *testing.T, head, part, tail []byte, has bool) {
		message := append([]byte{}, head...)
		if has {
			message = append(message, base64Lines(part)...)
		}
		message = append(message, tail...)
		got, err := rebuild(takeApart(message, [][]byte{part, tail, head}))
		if err != nil || !bytes.Equal(got, message) {
			t.Fatalf("%d bytes come back as %d: %v", len(message), len(got), err)
		}
	})
}

func TestEncodedPartsAreBounded(t *testing.T) {
	var e encodedParts
	for i := range 10 {
		e.put(blobSum{byte(i)}, make([]byte, maxEncoded/4))
	}
	if e.size > maxEncoded || len(e.parts) > 4 {
		t.Errorf("%d parts of %d bytes, want %d bytes at most", len(e.parts), e.size, maxEncoded)
	}
	if _, ok := e.get(blobSum{9}); !ok {
		t.Error("the last part is not there")
	}
}
