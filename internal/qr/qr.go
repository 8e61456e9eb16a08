package qr

import (
	"errors"
	"fmt"
	"image/color"
	"strings"
	"unicode/utf8"

	"github.com/boombuler/barcode/qr"
)

// QuietZone is how many modules must stay white on all four sides of a code
// (ISO/IEC 18004 §6.3.8). A [Matrix] is without it.
const QuietZone = 4

// maxBytes is what the largest version, 40, holds at level M (ISO/IEC 18004
// table 7).
const maxBytes = 2331

// Matrix is the modules of a code.
type Matrix struct {
	Size int // modules a side: 21, 25, … 177
	dark []bool
}

// Dark reports whether the module in column x of row y is dark; (0, 0) is the top
// left corner. What lies outside the code is light.
func (m *Matrix) Dark(x, y int) bool {
	if x < 0 || y < 0 || x >= m.Size || y >= m.Size {
		return false
	}
	return m.dark[y*m.Size+x]
}

// Encode makes the code of a text of 1 to 2331 bytes of UTF-8. Characters of a
// web address beyond ASCII are percent-encoded first (RFC 3987 §3.1), which
// leads to the same page. A code does not name its encoding, and some readers
// take Chinese in UTF-8 for Shift JIS.
func Encode(text string) (*Matrix, error) {
	if text == "" {
		return nil, errors.New("encode QR code: the text is empty")
	}
	if !utf8.ValidString(text) {
		return nil, errors.New("encode QR code: the text is not valid UTF-8")
	}
	if strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") {
		text = percentEncoded(text)
	}
	if len(text) > maxBytes {
		return nil, fmt.Errorf("encode QR code: the text has %d bytes; a code holds at most %d", len(text), maxBytes)
	}
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("encode QR code of %d bytes: %w", len(text), err)
	}
	size := code.Bounds().Dx()
	m := &Matrix{Size: size, dark: make([]bool, size*size)}
	for y := range size {
		for x := range size {
			m.dark[y*size+x] = color.Gray16Model.Convert(code.At(x, y)) == color.Black
		}
	}
	return m, nil
}

func percentEncoded(address string) string {
	var b strings.Builder
	for i := range len(address) {
		if c := address[i]; c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
