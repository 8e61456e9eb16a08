package pdf

import (
	"encoding/binary"
	"testing"
)

// trueType is a font file taken out of a PDF, as far as the tests look into it:
// how wide its glyphs are, and how far their outlines are moved.
type trueType struct {
	upem, count      int
	hmtx, loca, glyf []byte
	maxp             []byte
}

func readTrueType(t testing.TB, file []byte) *trueType {
	t.Helper()
	tables := map[string][]byte{}
	for i := range u16(file, 4) {
		entry := file[12+16*i:][:16]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		if int(at)+int(size) > len(file) {
			t.Fatalf("table %q reaches beyond the file", entry[:4])
		}
		tables[string(entry[:4])] = file[at:][:size]
	}
	f := &trueType{
		upem: u16(tables["head"], 18), count: u16(tables["maxp"], 4),
		hmtx: tables["hmtx"], loca: tables["loca"], glyf: tables["glyf"], maxp: tables["maxp"],
	}
	if u16(tables["head"], 50) != 1 || u16(tables["hhea"], 34) != f.count {
		t.Fatal("the subset's loca is not long, or some of its glyphs have no advance of their own")
	}
	return f
}

func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }

func i16(b []byte, at int) int { return int(int16(u16(b, at))) }

func (f *trueType) advance(id int) int { return u16(f.hmtx, 4*id) }

func (f *trueType) bearing(id int) int { return i16(f.hmtx, 4*id+2) }

func (f *trueType) record(id int) []byte {
	from, to := binary.BigEndian.Uint32(f.loca[4*id:]), binary.BigEndian.Uint32(f.loca[4*id+4:])
	return f.glyf[from:to]
}

// base gives the glyph that id is another form of, and how far it is moved from
// there: id itself where it is none.
func (f *trueType) base(id int) (base, moved int) {
	const words, offsets, more, scales = 0x1, 0x2, 0x20, 0x8 | 0x40 | 0x80
	r := f.record(id)
	if len(r) == 0 || i16(r, 0) != -1 {
		return id, 0
	}
	flags := u16(r, 10)
	if flags&(more|scales) != 0 || flags&(words|offsets) != words|offsets || i16(r, 16) != 0 {
		return id, 0
	}
	return u16(r, 12), i16(r, 14)
}

// shift is how far a glyph's outline is moved to the right, in ems.
func (f *trueType) shift(id int) float64 {
	_, moved := f.base(id)
	return float64(moved) / float64(f.upem)
}
