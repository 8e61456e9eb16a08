package charset

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestDecode(t *testing.T) {
	const text = "码头的居民起初担心噪音，去年冬天在门口量了三个晚上，比潮水拍岸还小一点。㐀𠮷"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	meta := func(name, body string) string { return `<meta charset="` + name + `"><p>` + body }
	cases := []struct {
		name, body, header, charset, text string
		broken                            int
		guessed                           bool
	}{
		{"UTF-8", text, "", "utf-8", text, 0, false},
		{"UTF-8 with a byte order mark", "\xef\xbb\xbf" + text, "", "utf-8", text, 0, false},
		{"UTF-8 that says gbk", meta("gbk", text), "text/html; charset=gbk", "utf-8", text, 0, false},
		{"gb2312 by header", gb, "text/html; charset=gb2312", "gb18030", text, 0, false},
		{"gbk by meta", meta("gbk", gb), "", "gb18030", text, 0, false},
		{"header Latin-1, meta gb2312", meta("gb2312", gb), "text/html; charset=iso-8859-1", "gb18030", text, 0, false},
		{"header UTF-8 is wrong, meta is right", meta("gb2312", gb), "text/html; charset=utf-8", "gb18030", text, 0, false},
		{"meta behind 4 KB of scripts", "<script>" + strings.Repeat("/* */\n", 700) + "</script>" + meta("gbk", gb), "", "gb18030", text, 0, false},
		{"undeclared GBK", "<p>" + strings.Repeat(gb, 4), "", "gb18030", text, 0, true},
		{"UTF-8 cut in a character", text[:len(text)-2], "", "utf-8", text[:len(text)-4], 1, false},
		{"UTF-8 with one bad byte", text + "\xff" + text, "", "utf-8", text + "\ufffd" + text, 1, false},
		{"unknown label", meta("x-nothing", text), "text/html; charset=nothing", "utf-8", text, 0, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := Decode([]byte(c.body), c.header)
			if d.Name != c.charset || d.Broken != c.broken || d.Guessed != c.guessed {
				t.Errorf("%s broken=%d guessed=%v, want %s %d %v", d.Name, d.Broken, d.Guessed, c.charset, c.broken, c.guessed)
			}
			if !strings.Contains(d.Text, c.text) {
				t.Errorf("text %q does not hold %q", d.Text, c.text)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("码头"), "text/html; charset=gbk")
	f.Add([]byte("\xff\xfe\x01"), "")
	f.Add([]byte("<meta charset=big5>\xa4\xa4"), "charset")
	f.Fuzz(func(t *testing.T, body []byte, header string) {
		d := Decode(body, header)
		if !strings.HasPrefix(strings.ToValidUTF8(d.Text, ""), d.Text[:0]) || strings.ToValidUTF8(d.Text, "") != d.Text {
			t.Errorf("%q is not valid UTF-8", d.Text)
		}
		if d.Name == "" {
			t.Error("no encoding is named")
		}
	})
}
