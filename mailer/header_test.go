package mailer

import (
	"mime"
	"net/mail"
	"strings"
	"testing"
)

func TestEncodeText(t *testing.T) {
	long := strings.Repeat("灣仔街市的老攤主", 20)
	for _, c := range []struct{ name, in string }{
		{"plain", "A plain subject"},
		{"plain, folded", strings.TrimSpace(strings.Repeat("some words ", 20))},
		{"Chinese", "老攤主"},
		{"Chinese, folded", long},
		{"mixed", "Café 老攤主 & Co."},
		{"looks encoded", "=?utf-8?q?Bcc?="},
		{"two spaces", "a  b"},
		{"space at the ends", " a "},
		{"one long word", strings.Repeat("x", 900)},
		{"beyond the basic plane", strings.Repeat("𠮷🐟", 40)},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := textField("Subject", c.in)
			got, err := new(mime.WordDecoder).DecodeHeader(strings.ReplaceAll(f.body, crlf, ""))
			if err != nil || got != c.in {
				t.Errorf("reads back as %q, %v\nwant          %q", got, err, c.in)
			}
			for line := range strings.SplitSeq("Subject: "+f.body, crlf) {
				if len(line) > wordLine {
					t.Errorf("line of %d: %q", len(line), line)
				}
			}
		})
	}
}

func TestMailboxField(t *testing.T) {
	for _, name := range []string{"", "Bob", "O'Neil, Pat", `Say "hi" \ bye`, "經濟通", strings.Repeat("經濟通訊社", 16), "=?utf-8?q?x?=", strings.Repeat("long name ", 7)} {
		f := mailboxField("From", Mailbox{name, mustAddress(t, "news@offprint.example")})
		got, err := mail.ParseAddress(strings.ReplaceAll(f.body, crlf, ""))
		if err != nil || got.Name != name || got.Address != "news@offprint.example" {
			t.Errorf("%q is written %q and reads back as %v, %v", name, f.body, got, err)
		}
		for line := range strings.SplitSeq("From: "+f.body, crlf) {
			if len(line) > 100 {
				t.Errorf("line of %d: %q", len(line), line)
			}
		}
	}
}

func TestFileField(t *testing.T) {
	for _, name := range []string{"a.pdf", "two words.pdf", "老攤主.pdf", "café's %41.pdf", strings.Repeat("魚", 60) + ".pdf", "=?utf-8?q?x?=.pdf"} {
		for _, parameter := range []string{"filename", "name"} {
			f := fileField("X", "application/pdf", parameter, name)
			value, params, err := mime.ParseMediaType(strings.ReplaceAll(f.body, crlf, ""))
			if err != nil || value != "application/pdf" || params[parameter] != name || len(params) != 1 {
				t.Errorf("%q is written %q and reads back as %v, %v", name, f.body, params, err)
			}
			if strings.Contains(f.body, "=?utf-8?b?") { // RFC 2047 §5: not in a parameter
				t.Errorf("%q is written in encoded words: %q", name, f.body)
			}
		}
	}
}
