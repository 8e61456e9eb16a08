package fonts

import (
	"errors"
	"fmt"
	"sync"

	"offprint/typeset"
)

// Parse reads the TrueType font in data, which it keeps and never copies. It
// looks at the directory and the small tables only, a matter of microseconds,
// whatever the size of the file; glyphs are checked when they are used.
//
// An error says what is wrong with the file: it is no font, is cut short, is a
// collection, is packed (WOFF) or has PostScript outlines.
func Parse(data string) (*Font, error) {
	file := view(data)
	if err := checkKind(file); err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	f, err := parse(file)
	if err != nil {
		return nil, fmt.Errorf("parse font: %w", err)
	}
	return f, nil
}

// checkKind looks at the first four bytes.
func checkKind(file view) error {
	if len(file) < 12 {
		return fmt.Errorf("the file has %d bytes, too few for a font", len(file))
	}
	switch magic := string(file[:4]); magic {
	case "\x00\x01\x00\x00", "true":
		return nil
	case "OTTO":
		return errors.New("the font has PostScript (CFF) outlines: use the face's TrueType build (.ttf)")
	case "ttcf":
		return errors.New("the file is a collection of fonts (.ttc): take the one face out of it as a .ttf file")
	case "wOFF", "wOF2":
		return errors.New("the font is packed for the web (WOFF): use the face's .ttf file")
	default:
		return fmt.Errorf("the file is not a TrueType font: it starts with %q", magic)
	}
}

// parse fills a Font from the tables of a file of the right kind.
func parse(file view) (*Font, error) {
	f := &Font{}
	var err error

	// The tables without which there are no glyphs, and their least sizes.
	var cmap view
	for _, need := range []struct {
		tag   string
		size  int
		table *view
	}{
		{"head", headSize, &f.head},
		{"maxp", maxpSize, &f.maxp},
		{"hhea", hheaSize, &f.hhea},
		{"cmap", 4, &cmap},
		{"hmtx", 4, &f.hmtx},
		{"loca", 4, &f.loca},
		{"glyf", 0, &f.glyf},
	} {
		if *need.table, err = requireTable(file, need.tag, need.size); err != nil {
			return nil, err
		}
	}

	// How many glyphs there are, and where each one lies.
	f.unitsPerEm = f.head.u16(18)
	if f.unitsPerEm < 16 || f.unitsPerEm > 16384 {
		return nil, fmt.Errorf("table \"head\" gives %d units an em: 16 to 16384 are allowed", f.unitsPerEm)
	}
	f.numGlyphs = f.maxp.u16(4)
	f.longLoca = f.head.u16(50) == 1
	f.longMetrics = f.hhea.u16(34)
	if err := f.checkSizes(); err != nil {
		return nil, err
	}
	if f.chars, err = parseCharmap(cmap); err != nil {
		return nil, err
	}

	// What the font says about itself.
	var os2, post, name view
	for _, want := range []struct {
		tag   string
		table *view
	}{
		{"OS/2", &os2},
		{"post", &post},
		{"name", &name},
		{"cvt ", &f.cvt},
		{"fpgm", &f.fpgm},
		{"prep", &f.prep},
		{"GPOS", &f.gpos},
		{"kern", &f.kern},
	} {
		if *want.table, _, err = findTable(file, want.tag); err != nil {
			return nil, err
		}
	}
	if err := embeddable(os2); err != nil {
		return nil, err
	}
	f.name = postScriptName(name)
	f.metrics = f.readMetrics(os2, post)
	f.pairs = sync.OnceValue(func() kerning { return parseKerning(f.gpos, f.kern) })
	f.forms = sync.OnceValue(f.makeForms)
	return f, nil
}

// The bits of fsType in table OS/2 that say what a font may be used for. Where it has
// more than one of the first three, the one that allows most holds.
const (
	restricted     = 1 << 1
	previewAndMore = 1<<2 | 1<<3 // preview and print; editable
	noSubsetting   = 1 << 8
	bitmapsOnly    = 1 << 9
)

// embeddable refuses a font whose maker does not allow that a part of it is put into
// a file.
func embeddable(os2 view) error {
	if len(os2) < 10 {
		return nil
	}
	fsType, why := os2.u16(8), ""
	switch {
	case fsType&restricted != 0 && fsType&previewAndMore == 0:
		why = "that it is put into documents"
	case fsType&noSubsetting != 0:
		why = "that a part of it is put into documents"
	case fsType&bitmapsOnly != 0:
		why = "that its outlines are put into documents"
	default:
		return nil
	}
	return fmt.Errorf("the font's maker does not allow %s (table \"OS/2\", fsType 0x%04X): use another font", why, fsType)
}

// The sizes of tables whose layout is fixed, as far as they are read.
const (
	headSize = 54
	hheaSize = 36
	maxpSize = 32 // version 1.0, the one for TrueType outlines
)

// checkSizes makes sure that every glyph has an advance and a place.
func (f *Font) checkSizes() error {
	if f.numGlyphs == 0 {
		return errors.New("the font has no glyphs")
	}
	if f.longMetrics == 0 || f.longMetrics > f.numGlyphs {
		return fmt.Errorf("table \"hhea\" gives %d advance widths for %d glyphs", f.longMetrics, f.numGlyphs)
	}
	if need := 4*f.longMetrics + 2*(f.numGlyphs-f.longMetrics); len(f.hmtx) < need {
		return shortTable("hmtx", len(f.hmtx), need)
	}
	size := 2
	if f.longLoca {
		size = 4
	}
	if need := size * (f.numGlyphs + 1); len(f.loca) < need {
		return shortTable("loca", len(f.loca), need)
	}
	return nil
}

// findTable looks a table up in the file's directory.
func findTable(file view, tag string) (table view, ok bool, err error) {
	for i := range file.u16(4) {
		entry, ok := file.part(12+16*i, 16)
		if !ok {
			return "", false, errors.New("the table directory is cut short")
		}
		if string(entry[:4]) != tag {
			continue
		}
		table, ok := file.part(entry.u32(8), entry.u32(12))
		if !ok {
			return "", false, fmt.Errorf("table %q reaches beyond the end of the file: it is cut short or damaged", tag)
		}
		return table, true, nil
	}
	return "", false, nil
}

func requireTable(file view, tag string, size int) (view, error) {
	table, ok, err := findTable(file, tag)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", fmt.Errorf("table %q is missing", tag)
	}
	if len(table) < size {
		return "", shortTable(tag, len(table), size)
	}
	return table, nil
}

func shortTable(tag string, have, need int) error {
	return fmt.Errorf("table %q has %d bytes and needs %d", tag, have, need)
}

// readMetrics takes the typographic measures: CJK lines are laid out by the em
// box (OS/2 sTypoAscender and sTypoDescender, which add up to an em), not by
// hhea's tall line.
func (f *Font) readMetrics(os2, post view) typeset.FaceMetrics {
	m := typeset.FaceMetrics{
		Ascent:      f.hhea.i16(4),
		Descent:     f.hhea.i16(6),
		Weight:      400,
		ItalicAngle: float64(post.i32(4)) / (1 << 16),
		BBox: typeset.Bounds{
			XMin: f.head.i16(36), YMin: f.head.i16(38),
			XMax: f.head.i16(40), YMax: f.head.i16(42),
		},
	}
	if len(os2) >= 72 {
		m.Weight = os2.u16(4)
		m.Ascent, m.Descent = os2.i16(68), os2.i16(70)
	}
	if os2.u16(0) >= 2 && len(os2) >= 90 {
		m.XHeight, m.CapHeight = os2.i16(86), os2.i16(88)
	}
	if m.CapHeight == 0 {
		m.CapHeight = f.inkHeight('H')
	}
	if m.XHeight == 0 {
		m.XHeight = f.inkHeight('x')
	}
	if m.Descent > 0 { // as some old fonts write it
		m.Descent = -m.Descent
	}
	return m
}

// inkHeight is how far a letter's ink rises; 0 if the font lacks it.
func (f *Font) inkHeight(r rune) int {
	id, ok := f.Glyph(r)
	if !ok {
		return 0
	}
	box, _ := f.Bounds(id)
	return box.YMax
}
