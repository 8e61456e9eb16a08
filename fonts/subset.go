package fonts

import (
	"fmt"
	"math"
	"sync"

	"offprint/typeset"
)

// mostGlyphs is how many glyphs a TrueType font can number.
const mostGlyphs = 1<<16 - 1

// Subset gives a TrueType font whose glyph 0 is .notdef and whose glyph i+1 is
// glyphs[i]. An outline stands in the file once: the first glyph that has it
// where the face drew it holds it, and the others (for another text, another
// advance, or moved) are composites of that one, of some twenty bytes. An
// outline that is only there moved, and what composites are made of, follow
// after all of them.
//
// The font has the tables that a CIDFontType2 descendant needs (ISO 32000-1
// §9.9: glyf head hhea hmtx loca maxp and, if the face has them, cvt fpgm prep)
// and no more: no characters, no names. Its bytes depend on nothing but the
// face and glyphs.
func (f *Font) Subset(glyphs []typeset.Variant) ([]byte, error) {
	s := subset{font: f, members: make([]member, 1, len(glyphs)+8)}
	s.members[0].Advance = f.Advance(0)
	for i := range glyphs {
		g := &glyphs[i]
		if outsideWord(g.Shift) || g.Advance < 0 || g.Advance > math.MaxUint16 {
			return nil, fmt.Errorf("subset font %s: glyph %d cannot be %d wide and moved by %d",
				f.name, g.ID, g.Advance, g.Shift)
		}
		s.members = append(s.members, member{Variant: glyphs[i]})
	}
	defer s.release()
	if err := s.collect(); err != nil {
		return nil, fmt.Errorf("subset font %s: %w", f.name, err)
	}
	return s.write(), nil
}

// holdersPool keeps the tables of holders, all zero.
var holdersPool sync.Pool

// release gives the table of holders back, as it was.
func (s *subset) release() {
	for i := range s.members {
		if id := int(s.members[i].ID); id < len(s.holders) {
			s.holders[id] = 0
		}
	}
	holdersPool.Put(&s.holders)
}

// subset is a font in the making.
type subset struct {
	font    *Font
	members []member
	holders []uint16 // by the face's glyphs: 1 + the number of the glyph that holds the outline
	size    int      // of all records, padded
	most    maxima

	composites []composite // that are written as in the face, in their order
}

// member is a glyph of the subset.
type member struct {
	typeset.Variant
	moved bool // it is written as a composite of the outline's holder
}

type composite struct {
	number int
	parts  []component
}

// collect checks the glyphs, says which of them hold their outlines, adds what
// composites are made of and sums up how long the records are.
func (s *subset) collect() error {
	n := s.font.numGlyphs + len(s.font.forms())
	if kept, ok := holdersPool.Get().(*[]uint16); ok && cap(*kept) >= n {
		s.holders = (*kept)[:n]
	} else {
		s.holders = make([]uint16, n)
	}
	for number := range s.members {
		if m := &s.members[number]; m.Shift == 0 && int(m.ID) < len(s.holders) && s.holders[m.ID] == 0 {
			s.holders[m.ID] = uint16(number + 1)
		}
	}
	for number := 0; number < len(s.members); number++ {
		id := s.members[number].ID
		record, ok := s.font.record(id)
		if !ok {
			return fmt.Errorf("glyph %d is not in the face or lies outside table \"glyf\"", id)
		}
		if err := s.place(number, record); err != nil {
			return fmt.Errorf("glyph %d: %w", id, err)
		}
		if len(s.members) > mostGlyphs {
			return fmt.Errorf("it would have %d glyphs: a font has at most %d", len(s.members), mostGlyphs)
		}
	}
	return nil
}

// place says how a member is written. A composite of the face that stands where
// it was drawn is written again: it is short, and stays as deep as it is.
func (s *subset) place(number int, record view) error {
	m := &s.members[number]
	ofParts := len(record) > 0 && isComposite(record)
	switch {
	case len(record) < glyphHeader:
		s.size += padded(len(record)) // without ink, or damaged: as it is
		return nil
	case m.Shift != 0 || !ofParts && int(s.holders[m.ID]) != number+1:
		m.moved = true
		s.size += padded(movedSize)
		s.most.addMoved(record)
		s.hold(m.ID)
		return nil
	}
	s.size += padded(len(record))
	if !ofParts {
		return nil
	}
	parts, err := components(record)
	if err != nil {
		return err
	}
	s.composites = append(s.composites, composite{number, parts})
	if int(m.ID) >= s.font.numGlyphs {
		s.most.addForm(s.font, parts)
	}
	for _, part := range parts {
		if int(part.glyph) >= len(s.holders) {
			return fmt.Errorf("its part, glyph %d, is not in the face", part.glyph)
		}
		s.hold(part.glyph)
	}
	return nil
}

// hold sees to it that the outline of a glyph is in the subset.
func (s *subset) hold(id typeset.GlyphID) {
	if s.holders[id] == 0 {
		s.members = append(s.members, member{Variant: typeset.Variant{ID: id, Advance: s.font.Advance(id)}})
		s.holders[id] = uint16(len(s.members))
	}
}

// padded rounds a length up to a multiple of four, as tables and glyphs lie.
func padded(n int) int { return (n + 3) &^ 3 }

// write lays the tables out, in the order of their tags.
func (s *subset) write() []byte {
	f, n := s.font, len(s.members)
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
	s.most.raise(w.table("maxp"))
	s.writeMetrics(w.table("hmtx"), w.table("hhea"))
	s.writeGlyphs(w.table("glyf"), w.table("loca"), w.table("head"))
	return w.finish()
}

// writeMetrics writes advances and left bearings. A bearing moves with its
// outline: rasterisers put a glyph's left edge where its bearing says.
func (s *subset) writeMetrics(hmtx, hhea []byte) {
	const widest = 10
	most := int(hhea[widest])<<8 | int(hhea[widest+1])
	for number := range s.members {
		m := &s.members[number]
		most = max(most, m.Advance)
		put16(hmtx[4*number:], m.Advance)
		put16(hmtx[4*number+2:], s.font.sideBearing(m.ID)+m.Shift)
	}
	put16(hhea[widest:], most)
}

// writeGlyphs copies the records, gives the parts of composites their new
// numbers, and makes composites of the glyphs that are moved.
func (s *subset) writeGlyphs(glyf, loca, head []byte) {
	at := 0
	composites := s.composites
	for number := range s.members {
		m := &s.members[number]
		record, _ := s.font.record(m.ID)
		if m.moved {
			writeMoved(glyf[at:], record, m.Shift, int(s.holders[m.ID])-1)
			extend(head, record, m.Shift)
			at += padded(movedSize)
		} else {
			copy(glyf[at:], record)
			if len(composites) > 0 && composites[0].number == number {
				for _, part := range composites[0].parts {
					put16(glyf[at+part.at:], int(s.holders[part.glyph])-1)
				}
				composites = composites[1:]
			}
			at += padded(len(record))
		}
		put32(loca[4*number+4:], at)
	}
}
