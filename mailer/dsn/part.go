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

	"golang.org/x/text/encoding/htmlindex"
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
		return p.body
	}
	content, _ := io.ReadAll(decoder)
	return content
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
func decodeText(charset string, content []byte) string {
	if encoding, err := htmlindex.Get(charset); err == nil && charset != "" {
		if decoded, err := encoding.NewDecoder().Bytes(content); err == nil {
			return string(decoded)
		}
	}
	return strings.ToValidUTF8(string(content), "\uFFFD")
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
