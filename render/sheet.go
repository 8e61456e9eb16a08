package render

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"offprint/article"
	"offprint/templates"
	"offprint/typeset"
	"offprint/typeset/paginate"
)

// sheet is the design at the reader's paper and font size. A font size is a
// re-setting, not a zoom: the type, its leading and the measure follow it, the
// page, the least margins, the logo, rules and QR code do not.
type sheet struct {
	design *templates.Design
	lang   string
	words  templates.Words

	paper     typeset.PaperSize
	side      typeset.Length // least side margin, where the furniture stands
	top       typeset.Length // of the text block
	rows      int
	size      typeset.Length // of the body
	base      typeset.Length // of the body at the default step
	leading   typeset.Length
	measureEm int
	measure   typeset.Length
	columns   []typeset.Length // left edges
	left      typeset.Length   // of the text block
	full      typeset.Length   // its width
	height    typeset.Length   // its height
	ragged    bool             // the column is too narrow to be justified
	notes     []typeset.Warning
}

func newSheet(in Input) (*sheet, error) {
	s := &sheet{design: in.Design, lang: languageTag(cmp.Or(in.Options.Lang, in.Article.Lang))}
	s.words = WordsFor(in.Design, s.lang)
	step, named, err := stepFor(in.Design, in.Options)
	if err != nil {
		return nil, err
	}
	paper, paperName, err := paperFor(in.Design, in.Options.Paper)
	if err != nil {
		return nil, err
	}
	s.size, s.leading = typeset.Points(step.Size), typeset.Points(step.Leading)
	s.base = typeset.Points(in.Design.Steps[in.Design.DefaultStep].Size)
	s.paper = typeset.PaperSize{W: typeset.Millimetres(paper.WidthMM), H: typeset.Millimetres(paper.HeightMM)}
	s.side, s.top = typeset.Millimetres(paper.SideMM), typeset.Millimetres(paper.TopMM)
	s.height = s.paper.H - s.top - typeset.Millimetres(paper.BottomMM)
	s.rows = int(s.height / s.leading)

	limit := in.Design.MaxMeasureEm
	if named && paperName == "A4" {
		limit = step.MeasureEm
	}
	s.setColumns(limit, in.Options.Columns)
	return s, nil
}

// setColumns chooses the measure, a whole number of ems (CLREQ, considerations
// in designing type area), and centres the text block between the margins.
func (s *sheet) setColumns(limit, columns int) {
	room := s.paper.W - 2*s.side
	s.measureEm = min(limit, int(room/s.size))
	s.columns = []typeset.Length{0}
	if columns == 2 {
		gutter := s.size.Em(int64(math.Round(s.design.Columns.GutterEm * 1000)))
		if em := min(limit, int((room-gutter)/2/s.size)); em >= s.design.Columns.MinMeasureEm {
			s.measureEm = em
			s.columns = []typeset.Length{0, s.size.Em(int64(em)*1000) + gutter}
		} else {
			s.note("columns-one", fmt.Sprintf("two columns of %d em are too narrow at %s pt; set in one", em, s.size))
		}
	}
	s.measure = s.size.Em(int64(s.measureEm) * 1000)
	s.full = s.columns[len(s.columns)-1] + s.measure
	s.left = (s.paper.W - s.full) / 2
	for i := range s.columns {
		s.columns[i] += s.left
	}
	if s.measureEm < s.design.MinJustifiedEm {
		s.ragged = true
		s.note("measure-narrow", fmt.Sprintf("lines of %d em are too short to be justified at %s pt; set ragged right",
			s.measureEm, s.size))
	}
}

func (s *sheet) note(code, message string) {
	s.notes = append(s.notes, typeset.Warning{Code: code, Message: message})
}

func (s *sheet) frame() paginate.Frame {
	return paginate.Frame{Paper: s.paper, Top: s.top, Rows: s.rows, Leading: s.leading, Columns: s.columns, Full: s.left}
}

// stepFor gives the size, leading and measure, and whether they are those of a
// step of the design.
func stepFor(d *templates.Design, o Options) (step templates.Step, named bool, err error) {
	points, found, err := d.FontSize(o.FontSize)
	switch {
	case err != nil:
		return step, false, err
	case found != nil:
		return *found, true, nil
	}
	return templates.Step{Size: points, Leading: leadingFor(points), MeasureEm: d.MaxMeasureEm}, false, nil
}

// leadingFor is the leading of a size between the steps: 1.75 times the size
// up to 12 pt, then falling to 1.667 at 18 pt, in tenths of a point.
func leadingFor(size float64) float64 {
	ratio := 1.75
	switch {
	case size >= 18:
		ratio = 5.0 / 3
	case size > 12:
		ratio = 1.75 - (size-12)/6*(1.75-5.0/3)
	}
	return math.Round(size*ratio*10) / 10
}

func paperFor(d *templates.Design, name string) (templates.Paper, string, error) {
	if name == "" {
		name = "A4"
	}
	for have, p := range d.Papers {
		if strings.EqualFold(have, name) {
			return p, have, nil
		}
	}
	known := strings.Join(slices.Sorted(maps.Keys(d.Papers)), ", ")
	return templates.Paper{}, "", fmt.Errorf("paper %q: want one of %s", name, known)
}

// languageTag gives a language as BCP 47 writes it, with hyphens; what is no tag is "".
func languageTag(lang string) string {
	lang = strings.ReplaceAll(strings.TrimSpace(lang), "_", "-")
	if !typeset.IsLanguageTag(lang) {
		return ""
	}
	return lang
}

// WordsFor gives the design's words in the language of a BCP 47 tag, or in English.
func WordsFor(d *templates.Design, lang string) templates.Words {
	key := "en"
	switch script := article.HanScript(lang); {
	case script != "":
		key = "zh-" + script
	default:
		key = baseOf(lang)
	}
	if w, ok := d.Words[key]; ok {
		return w
	}
	return d.Words["en"]
}

// baseOf is the language of a BCP 47 tag without script and region.
func baseOf(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return ""
	}
	base, _ := tag.Base()
	return base.String()
}
