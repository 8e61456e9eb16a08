package fonts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"offprint/typeset"
)

// words packs numbers as the 16-bit words that font tables are made of.
func words(numbers ...int) string {
	var b strings.Builder
	for _, n := range numbers {
		b.WriteByte(byte(n >> 8))
		b.WriteByte(byte(n))
	}
	return b.String()
}

// long is a 32-bit number as text.
func long(n int) string { return words(n>>16, n&0xFFFF) }

// assemble makes a font file of tables, with a right directory.
func assemble(tables map[string]string) string {
	var sections []section
	for tag, content := range tables {
		sections = append(sections, section{tag, len(content)})
	}
	slices.SortFunc(sections, func(a, b section) int { return cmp.Compare(a.tag, b.tag) })
	w := newWriter(sections)
	for tag, content := range tables {
		w.copy(tag, view(content))
	}
	return string(w.finish())
}

// on and off make points of a contour.
func on(x, y int) point  { return point{x, y, true} }
func off(x, y int) point { return point{x, y, false} }

// simpleGlyph writes a glyph record with a flag and two words for each point.
func simpleGlyph(contours ...[]point) string {
	var ends, flags, xs, ys []int
	before := point{}
	low, high := point{x: 1 << 14, y: 1 << 14}, point{x: -1 << 14, y: -1 << 14}
	for _, contour := range contours {
		for _, p := range contour {
			flag := 0
			if p.on {
				flag = 1
			}
			flags = append(flags, flag)
			xs, ys = append(xs, p.x-before.x), append(ys, p.y-before.y)
			low.x, low.y = min(low.x, p.x), min(low.y, p.y)
			high.x, high.y = max(high.x, p.x), max(high.y, p.y)
			before = p
		}
		ends = append(ends, len(flags)-1)
	}
	var b strings.Builder
	b.WriteString(words(len(contours), low.x, low.y, high.x, high.y) + words(ends...) + words(0))
	for _, flag := range flags {
		b.WriteByte(byte(flag))
	}
	b.WriteString(words(xs...) + words(ys...))
	return b.String()
}

// compositeGlyph writes a record of parts, which are words each.
func compositeGlyph(parts ...string) string {
	return words(-1, 0, 0, 500, 500) + strings.Join(parts, "")
}

// The glyphs of the small font.
const (
	gNotdef = iota
	gTriangle
	gRing
	gPacked
	gSpace
	gMoved
	gMeeting
	gNested
	gTurned
	gLoop
	gBroken
	gShort
	smallGlyphs
	gLast = smallGlyphs - 1
)

// smallRecords are the glyphs of a font that shows what Noto Sans does not:
// composites of all kinds, and damage.
func smallRecords() [smallGlyphs]string {
	return [smallGlyphs]string{
		gNotdef:   simpleGlyph([]point{on(0, 0), on(500, 0), on(500, 700), on(0, 700)}),
		gTriangle: simpleGlyph([]point{on(0, 0), on(200, 700), on(400, 0)}),
		// Four steering points and not one on the contour.
		gRing: simpleGlyph([]point{off(0, 0), off(0, 101), off(101, 101), off(101, 0)}),
		// Starts with a steering point and ends on the contour; packed as
		// bytes with signs in the flags, one flag twice, one y left out.
		gPacked: words(1, 10, 0, 20, 12, 3, 0) + "\x32\x3f\x01\x27" + "\x0a\x05\x05\x07" + "\x04\x04\x04",
		gSpace:  "",
		gMoved: compositeGlyph(
			words(argsAreOffsets|moreComponents, gTriangle)+"\x0a\xf6", // +10, −10
			words(argsAreOffsets|argsAreWords|haveScale, gTriangle, 300, -20, one/2)),
		gMeeting: compositeGlyph(
			words(argsAreOffsets|moreComponents, gTriangle)+"\x00\x00",
			words(0, gTriangle)+"\x02\x00"), // its point 0 on point 2
		gNested: compositeGlyph(
			words(argsAreOffsets|argsAreWords|haveTwoScales|scaledOffsets, gMeeting, 100, 100, one/2, -one/2)),
		gTurned: compositeGlyph( // a quarter to the left: (x, y) → (−y, x)
			words(argsAreOffsets|argsAreWords|haveMatrix, gTriangle, 700, 0, 0, one, -one, 0)),
		gLoop:   compositeGlyph(words(argsAreOffsets|argsAreWords, gLoop, 0, 0)),
		gBroken: words(1, 0, 0, 500, 500, 40, 0) + "\x01\x01",
		gShort:  words(1, 0),
	}
}

// smallTables are the tables of the small font: an em of 1000 units, advances
// of 400 + glyph, characters from 'a' on in the order of the glyphs.
func smallTables() map[string]string {
	var glyf, loca, hmtx strings.Builder
	for i, record := range smallRecords() {
		loca.WriteString(long(glyf.Len()))
		glyf.WriteString(record + "\x00\x00\x00"[:padded(len(record))-len(record)])
		hmtx.WriteString(words(400+i, i))
	}
	loca.WriteString(long(glyf.Len()))
	return map[string]string{
		"head": words(1, 0, 0, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, -10, 500, 700, 0, 8, 2, 1, 0),
		"hhea": words(1, 0, 900, -200, 0, 500, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, smallGlyphs),
		"maxp": words(1, 0, smallGlyphs, 4, 1, 4, 1, 1, 0, 0, 0, 0, 0, 0, 4, 2),
		"cmap": smallCmap(),
		"hmtx": hmtx.String(),
		"loca": loca.String(),
		"glyf": glyf.String(),
		"post": words(3, 0, -12, 0x8000) + words(make([]int, 12)...),
		"name": words(0, 1, 18, 3, 1, 0x409, 6, 10, 0) + words('S', 'm', 'a', 'l', 'l'),
		"prep": "\xb8\x01\xff\x85",
		"GPOS": smallGPOS(),
	}
}

// smallCmap maps 'a'… to the glyphs from 1 on by format 4 and U+20000… by
// format 12 beside it.
func smallCmap() string {
	last := 'a' + smallGlyphs - 2
	format4 := words(4, 32, 0, 4, 4, 1, 0) + words(int(last), 0xFFFF, 0, 'a', 0xFFFF, gTriangle-'a', 1, 0, 0)
	format12 := words(12, 0) + long(16+24) + long(0) + long(2) +
		long('a') + long(int(last)) + long(gTriangle) +
		long(0x20000) + long(0x20001) + long(gTriangle)
	return words(0, 2, 3, 1) + long(20) + words(3, 10) + long(20+len(format4)) + format4 + format12
}

// smallGPOS kerns Latin by two lookups: pairs of glyphs, then pairs of classes
// by way of an extension.
func smallGPOS() string {
	scripts := words(1) + "latn" + words(8) + words(4, 0) + words(0, 0xFFFF, 1, 0)
	features := words(1) + "kern" + words(8) + words(0, 2, 1, 0)

	glyphs := words(2, 0, 1, 8) + // one subtable of pairs
		words(1, 12, 4, 0, 1, 18) + // format 1, the left advance only
		words(1, 1, gTriangle) + // coverage: a list
		words(2, gTriangle, -30, gRing, -50)
	classes := words(9, 0, 1, 8) + words(1, 2) + long(8) +
		words(2, 40, 5, 1, 50, 58, 2, 2) + // format 2, left x and advance, right x
		words(0, 0, 0, 7, -11, 3) + // class 0 before 0 and 1
		words(0, 5, 0, 9, -70, 0) + // class 1
		words(2, 1, gTriangle, gPacked, 0) + // coverage: a range
		words(1, gRing, 1, 1) + // left: the ring is class 1
		words(2, 1, gPacked, gSpace, 1) // right: class 1

	lookups := words(2, 6, 6+len(glyphs)) + glyphs + classes
	return words(1, 0, 10, 10+len(scripts), 10+len(scripts)+len(features)) + scripts + features + lookups
}

func small() string { return assemble(smallTables()) }

// with changes tables of the small font; an empty one is taken out.
func with(changes map[string]string) string {
	tables := smallTables()
	for tag, content := range changes {
		if content == "" {
			delete(tables, tag)
		} else {
			tables[tag] = content
		}
	}
	return assemble(tables)
}

// dressed gives a subset what readers of whole fonts ask for: the characters
// U+E000… for its glyphs, and a post table.
func dressed(subset []byte) string {
	file := view(subset)
	tables := map[string]string{"post": words(3, 0) + words(make([]int, 14)...)}
	for i := range file.u16(4) {
		entry := file[12+16*i:][:16]
		tables[string(entry[:4])] = string(file[entry.u32(8):][:entry.u32(12)])
	}
	glyphs := view(tables["maxp"]).u16(4)
	last := 0xE000 + glyphs - 2
	tables["cmap"] = words(0, 1, 3, 1) + long(12) +
		words(4, 32, 0, 4, 4, 1, 0) + words(last, 0xFFFF, 0, 0xE000, 0xFFFF, 1-0xE000, 1, 0, 0)
	return assemble(tables)
}

// path writes an outline down as text: M x,y L x,y Q cx,cy x,y Z.
type path struct{ strings.Builder }

func (p *path) MoveTo(x, y int)         { p.step('M', x, y) }
func (p *path) LineTo(x, y int)         { p.step('L', x, y) }
func (p *path) QuadTo(cx, cy, x, y int) { p.step('Q', cx, cy, x, y) }
func (p *path) Close()                  { p.step('Z') }

var _ typeset.Pen = (*path)(nil)

func (p *path) step(letter byte, numbers ...int) {
	if p.Len() > 0 {
		p.WriteByte(' ')
	}
	p.WriteByte(letter)
	for i, n := range numbers {
		if i%2 == 0 {
			p.WriteByte(' ')
		} else {
			p.WriteByte(',')
		}
		p.WriteString(strconv.Itoa(n))
	}
}

// asDrawn gives glyphs with the advances that the face has, not moved.
func asDrawn(f *Font, ids []typeset.GlyphID) []typeset.Variant {
	glyphs := make([]typeset.Variant, len(ids))
	for i, id := range ids {
		glyphs[i] = typeset.Variant{ID: id, Advance: f.Advance(id)}
	}
	return glyphs
}
