package mailer

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
)

// sign makes one DKIM-Signature field, relaxed/relaxed (RFC 6376), with its CRLF.
// go-msgauth, which checks it in tests, leaves h= on one line of 190 characters,
// which no one can fold afterwards: folds are white space, and are signed.
func (k Key) sign(message []byte, at time.Time) (string, error) {
	header, body, found := bytes.Cut(message, []byte(crlf+crlf))
	if !found {
		return "", errors.New("the message has no body")
	}
	digest := sha256.New()
	relaxBody(digest, body)
	tokens := []string{
		"v=1;", "a=" + k.kind() + "-sha256;", "c=relaxed/relaxed;", "d=" + k.Domain + ";", "s=" + k.Selector + ";",
		"t=" + strconv.FormatInt(at.Unix(), 10) + ";",
		"bh=" + base64.StdEncoding.EncodeToString(digest.Sum(nil)) + ";",
		foldAfter("h="+strings.Join(signedFields, ":")+";", ':'),
	}
	unsigned := wordsField("DKIM-Signature", tokens...).body + crlf + " b="

	digest.Reset()
	fields := splitFields(string(header))
	for _, name := range signedFields {
		if f, ok := takeLast(fields, name); ok {
			digest.Write([]byte(relaxField(f) + crlf))
		}
	}
	digest.Write([]byte(relaxField("DKIM-Signature:" + unsigned)))
	options := crypto.SignerOpts(crypto.SHA256)
	if _, edward := k.signer.(ed25519.PrivateKey); edward {
		options = crypto.Hash(0) // RFC 8463 §3: the hash itself is the message
	}
	signature, err := k.signer.Sign(rand.Reader, digest.Sum(nil), options)
	if err != nil {
		return "", err
	}
	return "DKIM-Signature: " + unsigned + foldEach(base64.StdEncoding.EncodeToString(signature)) + crlf, nil
}

// foldAfter folds a token behind a mark, so that its lines fit where it begins one.
func foldAfter(token string, mark byte) string {
	var b strings.Builder
	column := 1
	for token != "" {
		end := strings.IndexByte(token, mark) + 1
		if end == 0 {
			end = len(token)
		}
		if column > 1 && column+end > wordLine {
			b.WriteString(crlf + " ")
			column = 1
		}
		b.WriteString(token[:end])
		column += end
		token = token[end:]
	}
	return b.String()
}

// foldEach folds base64, which may be folded anywhere, behind " b=" and after.
func foldEach(s string) string {
	var b strings.Builder
	for room := wordLine - len(" b="); len(s) > room; room = wordLine - 1 {
		b.WriteString(s[:room] + crlf + " ")
		s = s[room:]
	}
	return b.String() + s
}

// splitFields parts a header into its fields, by their names in lower case, each with
// its folds.
func splitFields(header string) map[string][]string {
	fields := map[string][]string{}
	last := ""
	for line := range strings.SplitSeq(header, crlf) {
		if line == "" {
			continue
		}
		if line[0] == ' ' || line[0] == '\t' {
			if list := fields[last]; len(list) > 0 {
				list[len(list)-1] += crlf + line
			}
			continue
		}
		name, _, _ := strings.Cut(line, ":")
		last = strings.ToLower(strings.TrimRight(name, " \t"))
		fields[last] = append(fields[last], line)
	}
	return fields
}

// takeLast gives the last field of a name and takes it away: several of one name are
// signed from the bottom (RFC 6376 §5.4.2).
func takeLast(fields map[string][]string, name string) (string, bool) {
	name = strings.ToLower(name)
	list := fields[name]
	if len(list) == 0 {
		return "", false
	}
	fields[name] = list[:len(list)-1]
	return list[len(list)-1], true
}

// relaxField writes a field as it is signed (RFC 6376 §3.4.2), without a CRLF.
func relaxField(field string) string {
	name, value, _ := strings.Cut(field, ":")
	value = strings.Join(strings.FieldsFunc(value, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\r' || r == '\n'
	}), " ")
	return strings.ToLower(strings.TrimRight(name, " \t")) + ":" + value
}

// relaxBody writes a body as it is signed (RFC 6376 §3.4.4): runs of white space are a
// space, those at ends of lines are gone, and so are empty lines at the end.
func relaxBody(w io.Writer, body []byte) {
	empty := 0
	for len(body) > 0 {
		line, rest, _ := bytes.Cut(body, []byte(crlf))
		body = rest
		line = bytes.TrimRight(line, " \t")
		if len(line) == 0 {
			empty++
			continue
		}
		for ; empty > 0; empty-- {
			w.Write([]byte(crlf))
		}
		w.Write(oneSpace(line))
		w.Write([]byte(crlf))
	}
}

// oneSpace makes each run of white space a space.
func oneSpace(line []byte) []byte {
	if !bytes.Contains(line, []byte("  ")) && bytes.IndexByte(line, '\t') < 0 {
		return line
	}
	out := make([]byte, 0, len(line))
	for i, c := range line {
		space := c == ' ' || c == '\t'
		if space && i > 0 && (line[i-1] == ' ' || line[i-1] == '\t') {
			continue
		}
		if space {
			c = ' '
		}
		out = append(out, c)
	}
	return out
}
