package dsn

import (
	"bytes"
	"encoding/base64"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	// maxUsed is how much of a mail is looked at, in bytes. Reports stand before
	// what they return, so a large returned message loses nothing but its end.
	maxUsed = 1 << 20
	// maxDepth and maxParts bound how multiparts are nested. Gateways wrap reports
	// once or twice.
	maxDepth = 5
	maxParts = 100
)

// part is a mail or a MIME part of one.
type part struct {
	fields   fields
	media    string            // media type in lower case
	params   map[string]string // of the media type
	body     []byte            // encoded as it is
	children []*part           // of a multipart
}

// readMail takes a mail apart. Messages within messages stay whole.
func readMail(raw []byte) (*part, error) {
	raw = raw[:min(len(raw), maxUsed)]
	raw = bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), "\r\n")
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, errEmpty
	}
	header, body := readFields(raw)
	if !header.has("from") && !header.has("to") && !header.has("subject") && !header.has("content-type") {
		return nil, errNoMail
	}
	budget := maxParts
	return newPart(header, body, 0, &budget), nil
}

func newPart(header fields, body []byte, depth int, budget *int) *part {
	p := &part{fields: header, body: body}
	p.media, p.params = mediaType(header.get("content-type"))
	if !strings.HasPrefix(p.media, "multipart/") || p.params["boundary"] == "" || depth >= maxDepth {
		return p
	}
	reader := multipart.NewReader(bytes.NewReader(body), p.params["boundary"])
	for *budget > 0 {
		*budget--
		raw, err := reader.NextRawPart()
		if err != nil {
			break // the end, or damage: what was read counts
		}
		var header fields
		for name, values := range raw.Header {
			for _, value := range values {
				header = append(header, field{strings.ToLower(name), value})
			}
		}
		content, _ := io.ReadAll(raw) // cut off: as far as it goes
		p.children = append(p.children, newPart(header, content, depth+1, budget))
	}
	return p
}

// parameter is one of a Content-Type that is not written by the rules, such as
// boundary=----=_Part without quotes.
var parameter = regexp.MustCompile(`(?i);\s*([a-z-]+)\s*=\s*(?:"([^"]*)"|([^\s;"]+))`)

// mediaType reads a Content-Type. None is text/plain (RFC 2045 §5.2).
func mediaType(value string) (media string, params map[string]string) {
	if strings.TrimSpace(value) == "" {
		return "text/plain", nil
	}
	media, params, err := mime.ParseMediaType(value)
	if err == nil {
		return media, params
	}
	media, _, _ = strings.Cut(value, ";")
	params = map[string]string{}
	for _, found := range parameter.FindAllStringSubmatch(value, 20) {
		if name := strings.ToLower(found[1]); params[name] == "" {
			params[name] = found[2] + found[3]
		}
	}
	return strings.ToLower(strings.TrimSpace(media)), params
}

// first finds the first part, in reading order, of one of the media types.
func (p *part) first(media ...string) *part {
	for _, one := range media {
		if p.media == one {
			return p
		}
	}
	for _, child := range p.children {
		if found := child.first(media...); found != nil {
			return found
		}
	}
	return nil
}

// content is the body without its transfer encoding, as far as that can be
// undone. RFC 6522 forbids one for reports, and gateways add it.
func (p *part) content() []byte {
	var decoder io.Reader
	switch strings.ToLower(strings.TrimSpace(p.fields.get("content-transfer-encoding"))) {
	case "base64":
		decoder = base64.NewDecoder(base64.StdEncoding, bytes.NewReader(p.body))
	case "quoted-printable":
		decoder = quotedprintable.NewReader(bytes.NewReader(p.body))
	default:
		if !p.quotedUnlabelled() {
			return p.body
		}
		decoder = quotedprintable.NewReader(bytes.NewReader(p.body))
	}
	content, _ := io.ReadAll(decoder)
	return content
}

// maybeQuoted are the media types that are looked at for an encoding that their label
// denies: Postfix labels parts of RFC 6533 7bit and quotes them. Returned messages of
// ASCII headers are not among them, for these have quoted parts of their own.
var maybeQuoted = map[string]bool{
	"message/delivery-status": true, "message/global-delivery-status": true, "message/global-headers": true,
	"message/global": true, "text/plain": true,
}

var (
	// quotedByte is a byte in quoted-printable that is not ASCII, notQuoted an equals
	// sign that cannot stand in it (RFC 2045 §6.7).
	quotedByte = regexp.MustCompile(`=[89A-F][0-9A-F]`)
	notQuoted  = regexp.MustCompile(`=(?:[^0-9A-F\r\n \t]|[0-9A-F](?:[^0-9A-F]|$))`)
)

// quotedUnlabelled reports whether the body is quoted-printable, though its label says
// that it is not encoded: it is ASCII, each equals sign in it begins an escape or ends
// a line, and the escapes are text beyond ASCII.
func (p *part) quotedUnlabelled() bool {
	if !maybeQuoted[p.media] || !quotedByte.Match(p.body) || !isASCII(string(p.body)) || notQuoted.Match(p.body) {
		return false
	}
	content, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(p.body)))
	return err == nil && utf8.Valid(content)
}

// text is the content as UTF-8 with LF line ends, HTML without its tags.
func (p *part) text() string {
	s := decodeText(p.params["charset"], p.content())
	if p.media == "text/html" {
		s = unmarked(s)
	}
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// decodeText decodes bytes of a charset; those that are none of it become U+FFFD.
// What claims to be ASCII or UTF-8, or claims nothing, and is not UTF-8 is read line
// by line: mail systems pass on what a server said in its own charset, which for a
// Chinese one is GBK.
func decodeText(charset string, content []byte) string {
	charset = strings.ToLower(strings.TrimSpace(charset))
	encoding, err := htmlindex.Get(charset)
	named := err == nil && charset != "" && !universal[charset]
	if named {
		if decoded, err := encoding.NewDecoder().Bytes(content); err == nil {
			return string(decoded)
		}
	}
	if utf8.Valid(content) {
		return string(content)
	}
	lines := bytes.SplitAfter(content, []byte("\n"))
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(decodeLine(charset, line))
	}
	return b.String()
}

// universal are the charsets that mail systems write without a look at the bytes.
var universal = map[string]bool{"us-ascii": true, "ascii": true, "utf-8": true, "utf8": true, "unknown-8bit": true}

// decodeLine decodes a line of [decodeText].
func decodeLine(charset string, line []byte) string {
	if utf8.Valid(line) {
		return string(line)
	}
	if decoded, ok := decodeChinese(line); ok {
		return decoded
	}
	if charset == "us-ascii" || charset == "ascii" {
		decoded, _ := charmap.Windows1252.NewDecoder().Bytes(line)
		return string(decoded)
	}
	return strings.ToValidUTF8(string(line), "\uFFFD")
}

// decodeChinese decodes GB 18030, which GBK and GB 2312 are parts of. False: it is
// none. A Western text has bytes beyond ASCII as well; there, most stand alone, and a
// letter follows. In Chinese, most stand in pairs.
func decodeChinese(raw []byte) (text string, ok bool) {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", false
	}
	high, pairs := 0, 0
	for i := 0; i < len(raw); i++ {
		if raw[i] < utf8.RuneSelf {
			continue
		}
		high++
		if i+1 < len(raw) && raw[i+1] >= utf8.RuneSelf {
			pairs++
			i++
		}
	}
	return string(decoded), 2*pairs > high
}

var (
	unseen    = regexp.MustCompile(`(?is)<(?:style|script|head)\b.*?</(?:style|script|head)\s*>`)
	lineBreak = regexp.MustCompile(`(?i)</?(?:br|p|div|tr|td|th|li|h[1-6]|pre|blockquote)\b[^>]*>`)
	tag       = regexp.MustCompile(`<[^<>]*>`)
)

// unmarked takes the tags out of HTML. It is good enough to look for codes and
// addresses in.
func unmarked(s string) string {
	s = unseen.ReplaceAllString(s, "\n")
	s = lineBreak.ReplaceAllString(s, "\n")
	return html.UnescapeString(tag.ReplaceAllString(s, ""))
}

// words decodes the encoded words (RFC 2047) of a header's value.
func words(value string) string {
	if !utf8.ValidString(value) {
		value = decodeText("", []byte(value))
	}
	decoder := mime.WordDecoder{CharsetReader: func(charset string, input io.Reader) (io.Reader, error) {
		content, err := io.ReadAll(input)
		return strings.NewReader(decodeText(charset, content)), err
	}}
	decoded, err := decoder.DecodeHeader(value)
	if err != nil {
		decoded = value
	}
	return clean(decoded, maxWords)
}
