package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime/quotedprintable"
	"strconv"
)

// part is one node of the MIME tree: a leaf with an encoded body, or a
// multipart with children.
type part struct {
	fields   []field
	body     []byte // encoded, CRLF lines; leaves only
	at       int    // where write has put the body; leaves only
	boundary string // multiparts only
	children []*part
}

// boundaries hands out the boundaries of one message. They follow from its
// Message-ID, so the same letter gives the same bytes; "=_" occurs in neither
// base64 nor quoted-printable text, so none can occur in a body (RFC 2045 §6.7).
type boundaries struct {
	seed string
	n    int
}

func (b *boundaries) next() string {
	b.n++
	sum := sha256.Sum256([]byte(b.seed + "\n" + strconv.Itoa(b.n)))
	return "=_" + hex.EncodeToString(sum[:15])
}

// multipart joins children; kind is "mixed", "alternative" or "related".
func (b *boundaries) multipart(kind string, children ...*part) *part {
	boundary := b.next()
	tokens := []string{"multipart/" + kind + ";"}
	if kind == "related" {
		tokens = append(tokens, `type="multipart/alternative";`) // RFC 2387 §3.1
	}
	tokens = append(tokens, `boundary="`+boundary+`"`)
	return &part{fields: []field{wordsField("Content-Type", tokens...)}, boundary: boundary, children: children}
}

// textPart is a body in quoted-printable UTF-8. kind is "plain" or "html".
func textPart(kind, text string) (*part, error) {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		return nil, fmt.Errorf("encode text/%s part: %w", kind, err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("encode text/%s part: %w", kind, err)
	}
	return &part{
		fields: []field{
			wordsField("Content-Type", "text/"+kind+";", "charset=utf-8"),
			wordsField("Content-Transfer-Encoding", "quoted-printable"),
		},
		body: b.Bytes(),
	}, nil
}

// inlinePart is a picture that the HTML part shows by its Content-ID.
func inlinePart(mediaType, contentID string, data []byte) *part {
	return &part{
		fields: []field{
			wordsField("Content-Type", mediaType),
			wordsField("Content-Transfer-Encoding", "base64"),
			wordsField("Content-ID", "<"+contentID+">"),
			wordsField("Content-Disposition", "inline"),
		},
		body: base64Lines(data),
	}
}

// filePart is an attachment.
func filePart(mediaType, fileName string, data []byte) *part {
	return &part{
		fields: []field{
			fileField("Content-Type", mediaType, "name", fileName),
			wordsField("Content-Transfer-Encoding", "base64"),
			fileField("Content-Disposition", "attachment", "filename", fileName),
		},
		body: base64Lines(data),
	}
}

// base64Lines encodes data in lines of 76 characters (RFC 2045 §6.8).
func base64Lines(data []byte) []byte {
	const raw, line = 57, 76
	out := make([]byte, 0, (len(data)+raw-1)/raw*(line+2))
	for len(data) > 0 {
		n := min(raw, len(data))
		out = base64.StdEncoding.AppendEncode(out, data[:n])
		out = append(out, crlf...)
		data = data[n:]
	}
	return out
}

// write puts the part's fields and body into b.
func (p *part) write(b *bytes.Buffer) {
	for _, f := range p.fields {
		b.WriteString(f.name + ": " + f.body + crlf)
	}
	b.WriteString(crlf)
	if p.boundary == "" {
		p.at = b.Len()
		b.Write(p.body)
		return
	}
	for i, child := range p.children {
		if i > 0 {
			b.WriteString(crlf)
		}
		b.WriteString("--" + p.boundary + crlf)
		child.write(b)
	}
	b.WriteString(crlf + "--" + p.boundary + "--" + crlf)
}

// size estimates how many bytes write will put, so that the buffer grows once.
func (p *part) size() int {
	n := len(p.body) + 512
	for _, child := range p.children {
		n += child.size() + 64
	}
	return n
}
