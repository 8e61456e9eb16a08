package fonts

import (
	"fmt"

	"offprint/typeset"
)

// mostGlyphs is how many glyphs a TrueType font can number.
const mostGlyphs = 1<<16 - 1

// Subset gives a TrueType font whose glyph 0 is .notdef and whose glyph i+1 is
// ids[i]. An id may stand more than once: its record is then there as often, so
// that each (glyph, source text) of a PDF has a number of its own. What
// composites are made of follows after, once each.
//
// The font has the tables that a CIDFontType2 descendant needs (ISO 32000-1
// §9.9: glyf head hhea hmtx loca maxp and, if the face has them, cvt fpgm prep)
// and no more: no characters, no names. Its bytes depend on nothing but the
// face and ids.
func (f *Font) Subset(ids []typeset.GlyphID) ([]byte, error) {
	s := subset{font: f, glyphs: make([]typeset.GlyphID, 1, len(ids)+1)}
	s.glyphs = append(s.glyphs, ids...)
	if err := s.collect(); err != nil {
		return nil, fmt.Errorf("subset font %s: %w", f.name, err)
	}
	return s.write(), nil
}

// subset is a font in the making.
type subset struct {
	font   *Font
	glyphs []typeset.GlyphID // of the face, in the subset's order
	size   int               // of all records, padded

	// Composites, by their place in glyphs, and where their parts have gone.
	composites []composite
	numbers    map[typeset.GlyphID]int
}

type composite struct {
	number int
	parts  []component
}

// collect checks the glyphs, adds what composites are made of and sums up how
// long their records are.
func (s *subset) collect() error {
	for number := 0; number < len(s.glyphs); number++ {
		id := s.glyphs[number]
		record, ok := s.font.record(id)
		if !ok {
			return fmt.Errorf("glyph %d is not in the face or lies outside table \"glyf\"", id)
		}
		s.size += padded(len(record))
		if isComposite(record) {
			if err := s.addParts(number, record); err != nil {
				return fmt.Errorf("glyph %d: %w", id, err)
			}
		}
		if len(s.glyphs) > mostGlyphs {
			return fmt.Errorf("it would have %d glyphs: a font has at most %d", len(s.glyphs), mostGlyphs)
		}
	}
	return nil
}

// addParts appends the parts of a composite that the subset does not have yet.
func (s *subset) addParts(number int, record view) error {
	parts, err := components(record)
	if err != nil {
		return err
	}
	if s.numbers == nil {
		s.numbers = make(map[typeset.GlyphID]int, len(s.glyphs))
		for n, id := range s.glyphs {
			if _, ok := s.numbers[id]; !ok {
				s.numbers[id] = n
			}
		}
	}
	for _, part := range parts {
		if _, ok := s.numbers[part.glyph]; !ok {
			s.numbers[part.glyph] = len(s.glyphs)
			s.glyphs = append(s.glyphs, part.glyph)
		}
	}
	s.composites = append(s.composites, composite{number, parts})
	return nil
}

// padded rounds a length up to a multiple of four, as tables and glyphs lie.
func padded(n int) int { return (n + 3) &^ 3 }

// write lays the tables out, in the order of their tags.
func (s *subset) write() []byte {
	f, n := s.font, len(s.glyphs)
	w := newWriter([]section{
		{"cvt ", len(f.cvt)},
		{"fpgm", len(f.fpgm)},
		{"glyf", max(s.size, 4)}, // there even if no glyph has ink
		{"head", headSize},
		{"hhea", hheaSize},
		{"hmtx", 4 * n},
		{"loca", 4 * (n + 1)},
		{"maxp", maxpSize},
		{"prep", len(f.prep)},
	})
	w.copy("cvt ", f.cvt)
	w.copy("fpgm", f.fpgm)
	w.copy("head", f.head[:headSize])
	w.copy("hhea", f.hhea[:hheaSize])
	w.copy("maxp", f.maxp[:maxpSize])
	w.copy("prep", f.prep)

	const longLoca, metricsCount, glyphCount = 50, 34, 4
	put16(w.table("head")[longLoca:], 1)
	put16(w.table("hhea")[metricsCount:], n)
	put16(w.table("maxp")[glyphCount:], n)
	s.writeMetrics(w.table("hmtx"))
	s.writeGlyphs(w.table("glyf"), w.table("loca"))
	return w.finish()
}

func (s *subset) writeMetrics(hmtx []byte) {
	for number, id := range s.glyphs {
		put16(hmtx[4*number:], s.font.Advance(id))
		put16(hmtx[4*number+2:], s.font.sideBearing(id))
	}
}

// writeGlyphs copies the records and gives the parts of composites their new
// numbers.
func (s *subset) writeGlyphs(glyf, loca []byte) {
	at := 0
	composites := s.composites
	for number, id := range s.glyphs {
		record, _ := s.font.record(id)
		copy(glyf[at:], record)
		if len(composites) > 0 && composites[0].number == number {
			for _, part := range composites[0].parts {
				put16(glyf[at+part.at:], s.numbers[part.glyph])
			}
			composites = composites[1:]
		}
		at += padded(len(record))
		put32(loca[4*number+4:], at)
	}
}
