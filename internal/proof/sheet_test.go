package proof

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"offprint/internal/squareface"
	"offprint/typeset"
)

// sheet is a small document that is set by hand: 10 pt type on a grid of 17 pt,
// on A4, lines of 20 em from x = 100 pt, in the square face (Han 1 em, others ½).
type sheet struct {
	face     *squareface.Face
	doc      *typeset.Document
	expected []Block
	lang     string

	measure typeset.Length
	x, y    typeset.Length // left edge of the column, baseline of the next line
	next    rune
}

const (
	size    = 10 * typeset.Point
	leading = 17 * typeset.Point
)

func newSheet() *sheet {
	s := &sheet{face: new(squareface.Face), doc: new(typeset.Document), lang: "zh-Hans", measure: 20 * size, next: 0x3400}
	s.page()
	return s
}

// check is what the proofreader says of the sheet.
func (s *sheet) check() *Report { return Check(s.doc, s.expected, s.lang) }

// page begins a new page.
func (s *sheet) page() {
	a4 := typeset.PaperSize{W: typeset.Millimetres(210), H: typeset.Millimetres(297)}
	s.doc.Pages = append(s.doc.Pages, typeset.Page{Size: a4, Folio: len(s.doc.Pages) + 1})
	s.x, s.y = 100*typeset.Point, 100*typeset.Point
}

// column begins a second column on the page.
func (s *sheet) column() { s.x, s.y = 320*typeset.Point, 100*typeset.Point }

// han gives n Han characters that stand nowhere else and that no rule names.
func (s *sheet) han(n int) string {
	var b strings.Builder
	for range n {
		b.WriteRune(s.next)
		s.next++
	}
	return b.String()
}

// full is a line of the measure, and short the last line of a paragraph.
func (s *sheet) full() string  { return s.han(int(s.measure / size)) }
func (s *sheet) short() string { return s.han(5) }

// first is a line that fills the measure behind an indent of two ems.
func (s *sheet) first() string { return s.han(int(s.measure/size) - 2) }

// The breaks that may stand between lines.
const (
	newPage   = "\f"
	newColumn = "\v"
)

// para sets a paragraph of the body from lines; see put.
func (s *sheet) para(lines ...string) { s.put(Para, typeset.RoleBody, lines...) }

// text sets a paragraph of n lines of Han.
func (s *sheet) text(n int) {
	lines := []string{s.first()}
	for range n - 2 {
		lines = append(lines, s.full())
	}
	s.para(append(lines, s.short())...)
}

// head sets a section head of one line.
func (s *sheet) head() { s.put(Head, typeset.RoleHeading, s.han(6)) }

// put sets a block from its lines, one below the other. In a line, "<200>" is
// white of 200 thousandths of an em. The expected text is that of the lines.
func (s *sheet) put(kind string, role typeset.Role, lines ...string) {
	style := typeset.Style{Size: size, Leading: leading, Measure: s.measure, Align: typeset.Left}
	switch role {
	case typeset.RoleBody:
		style.Align, style.Indent = typeset.Justify, 2*size
	case typeset.RoleCaption, typeset.RoleBio:
		style.Align = typeset.Justify
	}
	s.doc.Blocks = append(s.doc.Blocks, typeset.SetBlock{Block: typeset.Block{Role: role, Style: style, Source: typeset.Source{Field: "blocks"}}})
	text, no := "", 0
	for _, l := range lines {
		switch l {
		case newPage:
			s.page()
			continue
		case newColumn:
			s.column()
			continue
		}
		at := typeset.Position{X: s.x, Y: s.y}
		if no == 0 {
			at.X += style.Indent
		}
		s.place(at, no, l)
		text += white.ReplaceAllString(l, "")
		s.y += leading
		no++
	}
	s.expected = append(s.expected, Block{kind, text})
}

var white = regexp.MustCompile(`<(-?\d+)>`)

// place puts one line of the last block on the last page.
func (s *sheet) place(at typeset.Position, no int, text string) {
	run := &typeset.Run{Face: s.face, Size: size}
	var x typeset.Length
	for text != "" {
		if m := white.FindStringSubmatch(text); m != nil && strings.HasPrefix(text, m[0]) {
			n, _ := strconv.Atoi(m[1])
			x += size.Em(int64(n))
			text = text[len(m[0]):]
			continue
		}
		r, n := utf8.DecodeRuneInString(text)
		id, _ := s.face.Glyph(r)
		advance := size.Scale(int64(s.face.Advance(id)), 1000)
		run.Glyphs = append(run.Glyphs, typeset.Glyph{ID: id, Text: text[:n], X: x, Advance: advance})
		x += advance
		text = text[n:]
	}
	run.Width = x
	s.add(typeset.Placed{Kind: typeset.PlacedRun, Run: run, At: at, W: x, Line: no})
}

// add puts an item of the last block on the last page.
func (s *sheet) add(item typeset.Placed) *typeset.Placed {
	item.Block = len(s.doc.Blocks) - 1
	item.Role = s.doc.Blocks[item.Block].Role
	page := &s.doc.Pages[len(s.doc.Pages)-1]
	page.Items = append(page.Items, item)
	return &page.Items[len(page.Items)-1]
}

// item is item k of the first page.
func (s *sheet) item(k int) *typeset.Placed { return &s.doc.Pages[0].Items[k] }

// figure sets a picture of 120 × 68 pt, four lines high, with its foot just above
// the next line.
func (s *sheet) figure() *typeset.Placed {
	picture := &typeset.Picture{W: 1200, H: 680, Orientation: 1}
	s.doc.Blocks = append(s.doc.Blocks, typeset.SetBlock{Block: typeset.Block{
		Role:  typeset.RoleFigure,
		Style: typeset.Style{Size: size, Leading: leading, Measure: s.measure}, Figure: &typeset.Figure{Picture: picture, Alt: "港口"},
	}})
	top := s.y - 12*typeset.Point
	s.y += 4 * leading
	return s.add(typeset.Placed{
		Kind: typeset.PlacedImage, Image: picture, Alt: "港口", W: 120 * typeset.Point, H: 4 * leading,
		At: typeset.Position{X: s.x, Y: top},
	})
}

func (s *sheet) caption(lines ...string) { s.put(Figure, typeset.RoleCaption, lines...) }
