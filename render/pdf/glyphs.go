package pdf

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"offprint/typeset"
)

// font is one face as the document uses it: the characters that were drawn, in
// the order of their first use. A character code (CID) is a place in that
// order, from 1, and stands for one glyph with one source text: a face may draw
// • and · alike, but each must be copied as what it was. The subset therefore
// has the glyph once for each text.
type font struct {
	number int // of its resource name, F0, F1, …
	face   typeset.Face
	upem   int64
	runes  map[uint64]uint16 // glyph and its one character → CID
	longer map[glyph]uint16  // glyphs of several characters
	blank  typeset.GlyphID   // the space's; 0 when the face has none
	glyphs []typeset.GlyphID // by CID−1
	texts  []string
	widths []int // in thousandths of an em
}

type glyph struct {
	id   typeset.GlyphID
	text string
}

// mostCodes is how many characters two bytes can number, .notdef aside.
const mostCodes = 1<<16 - 1

func newFont(number int, face typeset.Face) (*font, error) {
	upem := face.UnitsPerEm()
	if upem <= 0 {
		return nil, fmt.Errorf("font %s has %d units per em", face.Name(), upem)
	}
	f := &font{
		number: number, face: face, upem: int64(upem),
		runes: make(map[uint64]uint16, 512), longer: map[glyph]uint16{},
	}
	f.blank, _ = face.Glyph(' ')
	return f, nil
}

// apart parts a glyph's text into what the glyph itself stands for, and what
// unseen blanks behind it stand for. The second part is empty unless a
// character beyond U+FFFF is one of several (葛 with a variation selector, emoji
// with a joiner): MuPDF reads a code for several characters unit by unit, and
// makes two broken halves of a surrogate pair.
func (f *font) apart(text string) (own, rest string) {
	_, n := utf8.DecodeRuneInString(text)
	if n == len(text) || f.blank == 0 || strings.IndexFunc(text, func(r rune) bool { return r > 0xFFFF }) < 0 {
		return text, ""
	}
	return text[:n], text[n:]
}

// code gives the CID of a glyph that stands for text.
func (f *font) code(id typeset.GlyphID, text string) (uint16, error) {
	r, n := utf8.DecodeRuneInString(text)
	if n != len(text) {
		key := glyph{id, text}
		if cid, ok := f.longer[key]; ok {
			return cid, nil
		}
		cid, err := f.add(id, text)
		f.longer[key] = cid
		return cid, err
	}
	key := uint64(id)<<32 | uint64(uint32(r))
	if cid, ok := f.runes[key]; ok {
		return cid, nil
	}
	cid, err := f.add(id, text)
	f.runes[key] = cid
	return cid, err
}

// unseen gives the CID of a blank that stands for r; the pen goes back over it.
func (f *font) unseen(r rune) (uint16, error) {
	key := glyph{0, string(r)} // 0 is drawn by nothing else
	if cid, ok := f.longer[key]; ok {
		return cid, nil
	}
	cid, err := f.add(f.blank, key.text)
	if err != nil {
		return 0, err
	}
	f.longer[key] = cid
	return cid, nil
}

func (f *font) add(id typeset.GlyphID, text string) (uint16, error) {
	if id == 0 {
		return 0, fmt.Errorf("font %s: %q is to be drawn with .notdef, which is never drawn", f.face.Name(), text)
	}
	if len(f.glyphs) >= mostCodes {
		return 0, errors.New("a document has at most 65535 different characters of one font")
	}
	f.glyphs = append(f.glyphs, id)
	f.texts = append(f.texts, text)
	f.widths = append(f.widths, f.thousandths(f.face.Advance(id)))
	return uint16(len(f.glyphs)), nil
}

// thousandths turns font units into the thousandths of an em that a PDF counts
// in.
func (f *font) thousandths(units int) int {
	return int(typeset.Length(units).Scale(1000, f.upem))
}
