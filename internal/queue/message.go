package queue

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// blobSum names a shared part by its SHA-256.
type blobSum [sha256.Size]byte

// MarshalText writes it in hexadecimal.
func (s blobSum) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(s[:])), nil }

// UnmarshalText reads it back.
func (s *blobSum) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(s) {
		return errors.New("want 64 hexadecimal digits")
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// keptMessage is a message with the parts cut out that many messages share: a
// list of 1,000 readers keeps one PDF and 1,000 short texts.
type keptMessage struct {
	text   []byte // the message without its shared parts
	cuts   []cutOut
	sum    [sha256.Size]byte  // of the whole message
	shared map[blobSum][]byte // the parts, before they are kept
}

// cutOut says that the base64 form of a shared part belongs at an offset of the
// text, in bytes.
type cutOut struct {
	At   int     `json:"at"`
	Blob blobSum `json:"blob"`
}

// minShared is the size from which cutting a part out is worth a row, in bytes.
const minShared = 2048

// takeApart cuts the shared parts out of a message where they stand in it in
// base64, whoever encoded them. What is not found so stays in the text.
func takeApart(message []byte, shared [][]byte) *keptMessage {
	k := &keptMessage{sum: sha256.Sum256(message), shared: map[blobSum][]byte{}}
	type found struct {
		at, length int
		blob       blobSum
	}
	var parts []found
	for _, body := range shared {
		if len(body) < minShared {
			continue
		}
		encoded := base64Lines(body)
		if at := bytes.Index(message, encoded); at >= 0 {
			sum := blobSum(sha256.Sum256(body))
			parts = append(parts, found{at, len(encoded), sum})
			k.shared[sum] = body
		}
	}
	slices.SortFunc(parts, func(a, b found) int { return a.at - b.at })
	end := 0
	for _, p := range parts {
		if p.at < end {
			continue // within another part
		}
		k.text = append(k.text, message[end:p.at]...)
		k.cuts = append(k.cuts, cutOut{len(k.text), p.blob})
		end = p.at + p.length
	}
	k.text = append(k.text, message[end:]...)
	return k
}

// putTogether gives the message back, byte for byte, or an error.
func (k *keptMessage) putTogether(encoded func(blobSum) ([]byte, error)) ([]byte, error) {
	var out bytes.Buffer
	end := 0
	for _, c := range k.cuts {
		if c.At < end || c.At > len(k.text) {
			return nil, errors.New("rebuild message: its cuts are damaged")
		}
		out.Write(k.text[end:c.At])
		part, err := encoded(c.Blob)
		if err != nil {
			return nil, fmt.Errorf("rebuild message: %w", err)
		}
		out.Write(part)
		end = c.At
	}
	out.Write(k.text[end:])
	if sha256.Sum256(out.Bytes()) != k.sum {
		return nil, errors.New("rebuild message: it is not what was posted (SHA-256 differs)")
	}
	return out.Bytes(), nil
}

// base64Lines encodes in lines of 76 characters (RFC 2045 §6.8), each with CRLF.
func base64Lines(body []byte) []byte {
	const raw = 57
	out := make([]byte, 0, base64.StdEncoding.EncodedLen(len(body))+2*(len(body)/raw+1))
	for line := range slices.Chunk(body, raw) {
		out = append(base64.StdEncoding.AppendEncode(out, line), "\r\n"...)
	}
	return out
}

// encodedParts remembers the parts that were used last, encoded: most messages
// of a list carry the same ones.
type encodedParts struct {
	mu    sync.Mutex
	parts map[blobSum][]byte
	size  int
}

// maxEncoded bounds what encodedParts holds, in bytes.
const maxEncoded = 64 << 20

func (e *encodedParts) get(sum blobSum) ([]byte, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	part, ok := e.parts[sum]
	return part, ok
}

func (e *encodedParts) put(sum blobSum, part []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.parts == nil || e.size+len(part) > maxEncoded {
		e.parts, e.size = map[blobSum][]byte{}, 0
	}
	if _, ok := e.parts[sum]; !ok {
		e.parts[sum] = part
		e.size += len(part)
	}
}
