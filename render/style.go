package render

import (
	"math"

	"offprint/typeset"
)

// style makes the design's role into a style at the sheet's size.
func (s *sheet) style(role typeset.Role) typeset.Style {
	r := s.design.Roles[string(role)]
	st := typeset.Style{
		Size:         s.sizeOf(role),
		Lang:         s.lang,
		Align:        typeset.Align(r.Align),
		Colour:       s.colour(r.Colour),
		Spacing:      typeset.Spacing(s.design.Spacing),
		Left:         s.ems(r.Left),
		Before:       s.leading.Em(thousandths(r.Before)),
		After:        s.leading.Em(thousandths(r.After)),
		Widows:       s.design.Widows,
		Orphans:      s.design.Orphans,
		KeepWithNext: r.KeepWithNext,
	}
	st.Leading = s.leading
	if r.Leading > 0 {
		st.Leading = st.Size.Em(thousandths(r.Leading))
	}
	st.Measure = s.measure - st.Left - s.ems(r.Right)
	if st.Align == "" {
		st.Align = typeset.Left
	}
	if s.ragged && st.Align == typeset.Justify {
		st.Align = typeset.Left
	}
	if r.Indent {
		st.Indent = s.ems(s.indentEm())
	}
	return st
}

// sizeOf is the size of a role, in tenths of a point.
func (s *sheet) sizeOf(role typeset.Role) typeset.Length {
	r := s.design.Roles[string(role)]
	size, k := r.Size, float64(s.size)/float64(s.base)
	switch r.Scale {
	case "body":
		size *= k
	case "root":
		size *= math.Sqrt(k)
	}
	if r.Min > 0 {
		size = max(size, r.Min)
	}
	if r.Max > 0 {
		size = min(size, r.Max)
	}
	return typeset.Points(math.Round(size*10) / 10)
}

// indentEm is the first-line indent that the design gives for the language, in
// ems. Two columns have at most the design's indent for columns.
func (s *sheet) indentEm() float64 {
	em, ok := s.design.IndentEm[baseOf(s.lang)]
	if !ok {
		em = s.design.IndentEm["*"]
	}
	if len(s.columns) > 1 {
		em = min(em, s.design.Columns.IndentEm)
	}
	return em
}

// ems is a length in ems of the body size.
func (s *sheet) ems(n float64) typeset.Length { return s.size.Em(thousandths(n)) }

// fullEms is the length rounded up to whole ems of the body size.
func (s *sheet) fullEms(l typeset.Length) typeset.Length { return (l + s.size - 1) / s.size * s.size }

func thousandths(n float64) int64 { return int64(math.Round(n * 1000)) }

func (s *sheet) colour(name string) typeset.Colour {
	if name == "" {
		name = "text"
	}
	return typeset.Colour(s.design.Colours[name])
}

// bold reports whether the design sets a role in the bold face.
func (s *sheet) bold(role typeset.Role) bool { return s.design.Roles[string(role)].Bold }
