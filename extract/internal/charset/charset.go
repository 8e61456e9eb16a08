package charset

import (
	"bytes"
	"cmp"
	"mime"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Window is how far a declaration is looked for. Browsers look at 1,024
// bytes; news pages put scripts before it.
const Window = 8 << 10

// minConfidence is the least, in percent, that a guess of the detector is tried at:
// text of a few characters gives little more.
const minConfidence = 10

// guessWindow is how much text the statistical guess gets.
const guessWindow = 64 << 10

// Text is a page's text and how it was come by.
type Text struct {
	Text    string
	Name    string
	Broken  int  // bytes or characters that could not be read, now U+FFFD
	Guessed bool // nobody said, and it isn't UTF-8
}

// Decode turns bytes into text. The ladder: byte order mark; valid UTF-8;
// header (unless Latin-1, which servers send for want of better); meta in the
// first 8 KB; UTF-8 with a few broken bytes; statistics; UTF-8 with
// replacement characters. A rung whose text comes out broken is passed over.
func Decode(body []byte, contentType string) Text {
	if text, name, ok := decodeMarked(body); ok {
		return Text{Text: text, Name: name, Broken: strings.Count(text, "\ufffd")}
	}
	declared := declarations(body, contentType)
	if utf8.Valid(body) && !escaped(body, declared) {
		return Text{Text: string(body), Name: "utf-8"}
	}
	best := Text{Broken: -1}
	for _, name := range declared {
		if try, ok := decodeAs(body, name); ok {
			if sound(try, declaredShare) {
				return try
			}
			best = better(best, try)
		}
	}
	if try, ok := decodeAs(body, "utf-8"); ok && sound(try, declaredShare) {
		return try
	}
	for _, name := range guesses(body) {
		if try, ok := decodeAs(body, name); ok {
			try.Guessed = true
			if sound(try, guessedShare) {
				return try
			}
			best = better(best, try)
		}
	}
	if try, ok := decodeAs(body, "utf-8"); ok {
		best = better(best, try)
	}
	return best
}

// An encoding is believed while no more than one character in so many is
// broken. Chinese read as UTF-8 by mistake is broken in every second one.
const (
	declaredShare = 20
	guessedShare  = 200
)

// sound reports whether so little of a text is broken that its encoding is
// believed; the cut-off end of a short file is forgiven.
func sound(d Text, share int) bool {
	return d.Broken <= 1 || d.Broken*share <= utf8.RuneCountInString(d.Text)
}

func better(a, b Text) Text {
	if a.Broken < 0 || b.Broken < a.Broken {
		return b
	}
	return a
}

func decodeMarked(body []byte) (text, name string, ok bool) {
	marks := []struct {
		bom  string
		name string
		enc  encoding.Encoding
	}{
		{"\xef\xbb\xbf", "utf-8", unicode.UTF8BOM},
		{"\xff\xfe", "utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"\xfe\xff", "utf-16be", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
	}
	for _, m := range marks {
		if bytes.HasPrefix(body, []byte(m.bom)) {
			out, err := m.enc.NewDecoder().Bytes(body)
			return string(out), m.name, err == nil
		}
	}
	return "", "", false
}

// escaped reports whether a page that is valid UTF-8 byte for byte is really in
// an encoding made of ASCII bytes only, such as ISO-2022-JP.
func escaped(body []byte, declared []string) bool {
	for _, name := range declared {
		switch name {
		case "iso-2022-jp":
			return bytes.Contains(body, []byte("\x1b$"))
		case "utf-16le", "utf-16be":
			return bytes.IndexByte(body, 0) >= 0
		}
	}
	return false
}

var metaCharset = regexp.MustCompile(`(?i)<(?:meta\b[^>]*?\bcharset|` +
	`\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// declarations are the encodings that header and meta name, in that order.
func declarations(body []byte, contentType string) []string {
	var names []string
	add := func(label string) {
		if name := canonicalCharset(label); name != "" && name != "windows-1252" {
			names = append(names, name)
		}
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		add(params["charset"])
	}
	window := body[:min(len(body), Window)]
	if m := metaCharset.FindSubmatch(window); m != nil {
		add(string(m[1]))
	}
	return names
}

// guesses are the encodings that the text looks like, likeliest first.
func guesses(body []byte) []string {
	results, err := chardet.NewHtmlDetector().DetectAll(body[:min(len(body), guessWindow)])
	if err != nil {
		return nil
	}
	// The detector asks its recognisers at once: those that are equally sure
	// come in any order.
	slices.SortFunc(results, func(a, b chardet.Result) int {
		return cmp.Or(
			cmp.Compare(b.Confidence, a.Confidence),
			cmp.Compare(a.Charset, b.Charset),
			cmp.Compare(a.Language, b.Language),
		)
	})
	var names []string
	for _, r := range results {
		if r.Confidence >= minConfidence {
			if name := canonicalCharset(r.Charset); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

// canonicalCharset maps a label to one of the WHATWG names, but all of GB to
// GB18030: pages that call themselves gb2312 use characters outside it.
func canonicalCharset(label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	switch {
	case label == "":
		return ""
	case strings.HasPrefix(label, "gb"), strings.HasPrefix(label, "hz-gb"), label == "cp936", label == "ms936":
		return "gb18030"
	case strings.HasPrefix(label, "big5"), label == "cp950":
		return "big5"
	}
	_, name := charset.Lookup(label)
	if name == "gbk" {
		return "gb18030"
	}
	return name
}

func decodeAs(body []byte, name string) (Text, bool) {
	var enc encoding.Encoding
	switch name {
	case "utf-8":
		return decodeUTF8(body), true
	case "gb18030":
		enc = simplifiedchinese.GB18030
	case "big5":
		enc = traditionalchinese.Big5 // with the HKSCS characters, as WHATWG has it
	default:
		enc, _ = charset.Lookup(name)
	}
	if enc == nil {
		return Text{}, false
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return Text{}, false
	}
	text := string(out)
	return Text{Text: text, Name: name, Broken: strings.Count(text, "\ufffd")}, true
}

// decodeUTF8 keeps what is valid. A character cut off at the very end is left
// out and counts as one.
func decodeUTF8(body []byte) Text {
	cut := 0
	for back := 1; back <= min(3, len(body)); back++ {
		if c := body[len(body)-back]; utf8.RuneStart(c) {
			if !utf8.FullRune(body[len(body)-back:]) {
				cut = back
			}
			break
		}
	}
	d := Text{Name: "utf-8"}
	if cut > 0 {
		d.Broken = 1
		body = body[:len(body)-cut]
	}
	d.Text = strings.ToValidUTF8(string(body), "\ufffd")
	d.Broken += strings.Count(d.Text, "\ufffd")
	return d
}
