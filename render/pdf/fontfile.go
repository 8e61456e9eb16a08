package pdf

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"offprint/typeset"
)

// fontObjects: a font is a Type0 font, its descendant, the descriptor, the font
// file and the ToUnicode map, in this order.
const fontObjects = 5

func (f *finisher) fontNumber(i int) int { return f.at.fonts + fontObjects*i }

// writeFonts writes the fonts (ISO 32000-1 §9.7: composite fonts; §9.9:
// embedding). The encoding is Identity-H, and a character's code is the number
// of its glyph in the subset.
func (f *finisher) writeFonts(ctx context.Context) error {
	for i, font := range f.fonts {
		if err := ctx.Err(); err != nil {
			return err
		}
		subset, err := font.face.Subset(font.glyphs)
		if err != nil {
			return err
		}
		n, name := f.fontNumber(i), font.subsetName()

		f.begin(n)
		f.add("<</Type /Font /Subtype /Type0 /Encoding /Identity-H /BaseFont ")
		f.buf = appendName(f.buf, name)
		f.entry(" /DescendantFonts [", n+1)
		f.entry("] /ToUnicode", n+4)
		f.add(">>")
		f.end()

		f.begin(n + 1)
		f.add("<</Type /Font /Subtype /CIDFontType2 /CIDToGIDMap /Identity /BaseFont ")
		f.buf = appendName(f.buf, name)
		f.add(" /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>")
		f.entry(" /FontDescriptor", n+2)
		f.buf = font.appendWidths(f.buf)
		f.add(">>")
		f.end()

		f.begin(n + 2)
		f.buf = font.appendDescriptor(f.buf, name)
		f.entry(" /FontFile2", n+3)
		f.add(">>")
		f.end()

		f.begin(n + 3)
		f.buf = appendStream(f.buf, fmt.Sprintf("/Length1 %d ", len(subset)), subset)
		f.end()

		f.begin(n + 4)
		f.buf = appendStream(f.buf, "", font.toUnicode())
		f.end()
	}
	return nil
}

// subsetName is the face's name with a tag of six letters before it, which
// differs from subset to subset (ISO 32000-1 §9.6.4).
func (f *font) subsetName() string {
	h := fnv.New64a()
	for i := range f.glyphs {
		g := &f.glyphs[i]
		// An FNV hash takes every byte.
		_, _ = h.Write([]byte{
			byte(g.ID >> 8), byte(g.ID), byte(g.Advance >> 8), byte(g.Advance), byte(g.Shift >> 8), byte(g.Shift),
		})
		_, _ = h.Write([]byte(f.texts[i]))
	}
	sum := h.Sum64()
	name := make([]byte, 0, 7+len(f.face.Name()))
	for range 6 {
		name = append(name, 'A'+byte(sum%26))
		sum /= 26
	}
	return string(append(append(name, '+'), f.face.Name()...))
}

// fullWidth is the width of an em, which most glyphs of a CJK font have.
const fullWidth = 1000

// appendWidths lists the widths of the glyphs that are not one em wide (ISO
// 32000-1 §9.7.4.3).
func (f *font) appendWidths(b []byte) []byte {
	b = append(b, " /DW 1000 /W ["...)
	open := false
	for i, w := range f.widths {
		if w == fullWidth {
			if open {
				b, open = append(b, ']'), false
			}
			continue
		}
		if !open {
			b, open = append(appendInt(b, i+1), " ["...), true
		}
		b = appendInt(b, w)
	}
	if open {
		b = append(b, ']')
	}
	return append(b, ']')
}

// appendDescriptor opens the font descriptor (ISO 32000-1 §9.8).
func (f *font) appendDescriptor(b []byte, name string) []byte {
	const symbolic, italic = 1 << 2, 1 << 6
	m := f.face.Metrics()
	flags := symbolic // it has characters outside the standard Latin set
	if m.ItalicAngle != 0 {
		flags |= italic
	}
	b = appendName(append(b, "<</Type /FontDescriptor /FontName "...), name)
	b = appendInt(append(b, " /Flags"...), flags)
	b = append(b, " /FontBBox ["...)
	for _, v := range [...]int{m.BBox.XMin, m.BBox.YMin, m.BBox.XMax, m.BBox.YMax} {
		b = appendInt(b, f.thousandths(v))
	}
	b = appendDecimal(append(b, "] /ItalicAngle "...), int64(m.ItalicAngle*1000), 3)
	b = appendInt(append(b, " /Ascent"...), f.thousandths(m.Ascent))
	b = appendInt(append(b, " /Descent"...), f.thousandths(m.Descent))
	b = appendInt(append(b, " /CapHeight"...), f.thousandths(m.CapHeight))
	return appendInt(append(b, " /StemV"...), stem(m))
}

// stem estimates the thickness of a vertical stem from the weight: 88 at 400,
// 166 at 700. A TrueType font does not say it.
func stem(m typeset.FaceMetrics) int { return 50 + m.Weight*m.Weight/(65*65) }

// toUnicode maps every character code to the text it stands for (ISO 32000-1
// §9.10.3), the widest space last.
func (f *font) toUnicode() []byte {
	b := make([]byte, 0, 512+16*len(f.texts))
	b = append(b, `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
`...)
	const most = 100 // mappings in one operator (Adobe technical note 5014)
	for part := range slices.Chunk(f.codesToMap(), most) {
		b = append(appendDecimal(b, int64(len(part)), 0), " beginbfchar\n"...)
		for _, code := range part {
			b = appendHex16(append(b, '<'), code)
			b = append(appendUTF16(append(b, "> <"...), f.texts[code-1]), ">\n"...)
		}
		b = append(b, "endbfchar\n"...)
	}
	return append(b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"...)
}

// codesToMap gives all codes, in their order but for the widest space, which is the
// last. PDFBox holds the last code that it reads for a space to be the font's space,
// and sees a space in each gap of half its width: behind a space that was squeezed
// to nearly nothing it would see one in every justified line.
func (f *font) codesToMap() []uint16 {
	codes := make([]uint16, len(f.texts))
	widest := -1
	for i := range codes {
		codes[i] = uint16(i + 1)
		if f.texts[i] == " " && (widest < 0 || f.widths[i] > f.widths[widest]) {
			widest = i
		}
	}
	if widest < 0 {
		return codes
	}
	return append(slices.Delete(codes, widest, widest+1), uint16(widest+1))
}
