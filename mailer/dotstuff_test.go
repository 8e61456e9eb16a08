package mailer

import (
	"bufio"
	"bytes"
	"io"
	"net/textproto"
	"strings"
	"testing"
)

// stuffed gives what goes over the wire, and checks the size of the blocks.
func stuffed(t testing.TB, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	err := stuffDots(body, func(b []byte) error {
		if len(b) == 0 || len(b) > blockSize {
			t.Errorf("block of %d bytes", len(b))
		}
		out.Write(b)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestStuffDots(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "\r\n"},
		{"a\r\n", "a\r\n"},
		{"a", "a\r\n"},
		{".\r\n", "..\r\n"},
		{".", "..\r\n"},
		{"a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n"},
		{"\r\n.\r\n.\r\n..\r\n", "\r\n..\r\n..\r\n...\r\n"},
		{"a.b\r\n", "a.b\r\n"},
		{"a\r\n.", "a\r\n..\r\n"},
	} {
		if got := string(stuffed(t, []byte(c.in))); got != c.want {
			t.Errorf("%q is sent as %q, want %q", c.in, got, c.want)
		}
	}
}

// A receiver that takes the dots out again has the message.
func FuzzStuffDots(f *testing.F) {
	for _, s := range []string{"", ".", "a\r\n.b\r\n", "\r\n\r\n..\r\n.", strings.Repeat("\r\n.", 400)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		body = bytes.ReplaceAll(bytes.ReplaceAll(body, []byte("\r"), nil), []byte("\n"), []byte(crlf))
		wire := append(stuffed(t, body), ".\r\n"...)
		if at := bytes.Index(append([]byte(crlf), wire...), []byte("\r\n.\r\n")); at != len(wire)-3 {
			t.Fatalf("message ends at %d of %d bytes", at, len(wire)-3)
		}
		got, err := io.ReadAll(textproto.NewReader(bufio.NewReader(bytes.NewReader(wire))).DotReader())
		if err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(string(body), crlf, "\n")
		if !strings.HasSuffix(want, "\n") {
			want += "\n"
		}
		if string(got) != want {
			t.Errorf("%q is received as %q", want, got)
		}
	})
}

func BenchmarkStuffDots(b *testing.B) {
	body := bigMessage(b, 300_000).Bytes
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		_ = stuffDots(body, func([]byte) error { return nil })
	}
}

func BenchmarkCompose(b *testing.B) {
	l, d := sampleLetter(b), sampleDesign(b)
	l.PDF = samplePDF(300_000)
	for b.Loop() {
		if _, err := d.Compose(l); err != nil {
			b.Fatal(err)
		}
	}
}
