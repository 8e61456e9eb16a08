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
// • and · alike, but each must be copied as what it was. It also stands for one
// width, and one place of the outline in it. The subset therefore has the glyph
// once for each.
type font struct {
	number   int // of its resource name, F0, F1, …
	face     typeset.Face
	upem     int64
	runes    map[uint64]uint16  // glyph as the face has it, and its one character → CID
	variants map[variant]uint16 // all others
	blank    typeset.GlyphID    // the space's; 0 when the face has none
	glyphs   []typeset.Variant  // by CID−1
	texts    []string
	widths   []int // in thousandths of an em
}

type variant struct {
	glyph typeset.Variant
	text  string
}

// mostCodes is how many characters two bytes can number, .notdef aside.
const mostCodes = 1<<16 - 1

// fullAt is how many characters a font has when the next line takes another one of
// the same face: the line's own find room, and so do the outlines that the subset's
// composites are made of, which take numbers, too.
const fullAt = 30_000

func newFont(number int, face typeset.Face) (*font, error) {
	upem := face.UnitsPerEm()
	if upem <= 0 {
		return nil, fmt.Errorf("font %s has %d units per em", face.Name(), upem)
	}
	f := &font{
		number: number, face: face, upem: int64(upem),
		runes: make(map[uint64]uint16, 512), variants: map[variant]uint16{},
	}
	f.blank, _ = face.Glyph(' ')
	return f, nil
}

// apart parts a glyph's text into what the glyph itself stands for and what unseen
// codes behind it stand for, one each: a variation selector, a joiner, a mark
// that no face has. No code stands for two characters: Ghostscript and MuPDF make
// other ones of them. What nothing is drawn for is left out; both parts are empty
// where that is all.
func (f *font) apart(g *typeset.Glyph) (own, rest string) {
	text := g.Text
	if strings.IndexFunc(text, isUndrawn) >= 0 {
		_, inked := f.face.Bounds(g.ID)
		text = strings.Map(func(r rune) rune {
			if isUndrawn(r) {
				return -1
			}
			return r
		}, text)
		switch {
		case text == "" && inked:
			return g.Text, "" // a hyphen at which the line ends
		case text == "":
			return "", ""
		}
	}
	_, n := utf8.DecodeRuneInString(text)
	if f.blank == 0 {
		return text, ""
	}
	return text[:n], text[n:]
}

// isUndrawn reports whether r is a character that says where a line may end and is
// never seen. In the text of a PDF it would stand in the way of who looks for the
// word.
func isUndrawn(r rune) bool {
	return r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff'
}

// code gives the CID of a piece: of its glyph, with the advance and the shift that
// it has there, and its text.
func (f *font) code(p *piece) (uint16, error) {
	glyph := typeset.Variant{ID: p.id, Advance: p.own + p.lead + p.trail, Shift: p.lead}
	r, n := utf8.DecodeRuneInString(p.text)
	if asDrawn := p.lead == 0 && p.trail == 0; asDrawn && n == len(p.text) {
		key := uint64(p.id)<<32 | uint64(uint32(r))
		if cid, ok := f.runes[key]; ok {
			return cid, nil
		}
		cid, err := f.add(p.text, glyph)
		f.runes[key] = cid
		return cid, err
	}
	if _, inked := f.face.Bounds(p.id); !inked {
		glyph.Shift = 0
	}
	key := variant{glyph, p.text}
	if cid, ok := f.variants[key]; ok {
		return cid, nil
	}
	cid, err := f.add(p.text, glyph)
	f.variants[key] = cid
	return cid, err
}

func (f *font) add(text string, glyph typeset.Variant) (uint16, error) {
	if glyph.ID == 0 {
		return 0, fmt.Errorf("font %s: %q is to be drawn with .notdef, which is never drawn", f.face.Name(), text)
	}
	if len(f.glyphs) >= mostCodes {
		return 0, errors.New("a document has at most 65535 different characters of one font")
	}
	f.glyphs = append(f.glyphs, glyph)
	f.texts = append(f.texts, text)
	f.widths = append(f.widths, f.thousandths(glyph.Advance))
	return uint16(len(f.glyphs)), nil
}

// thousandths turns font units into the thousandths of an em that a PDF counts
// in.
func (f *font) thousandths(units int) int {
	return int(typeset.Length(units).Scale(1000, f.upem))
}
