package linebreak

import "offprint/typeset"

// The first line begins at the block's indent: two ems in Chinese, one in
// Japanese, as the design says; so does each line behind a newline, of verse or
// of an address. A line set right, centred or balanced has no indent. All regions.
//
// CLREQ "Paragraph Adjustment Rules"; JLREQ the same; CSS Text 3, text-indent:
// each-line.
// https://www.w3.org/TR/clreq/#paragraph_adjustment_rules
const ruleFirstLine typeset.RuleID = "first-line-indent"

// startOf is where the line's first box stands, from the left edge of the measure.
func (f *fitter) startOf(s *sums, set typeset.Length) typeset.Length {
	switch f.block.Style.Align {
	case typeset.Right:
		return f.measure - set
	case typeset.Centre:
		return (f.measure - set) / 2
	}
	if s.indented {
		return f.indent
	}
	return 0
}

// indentOf is the indent that the style's alignment leaves.
func indentOf(style *typeset.Style) typeset.Length {
	switch style.Align {
	case typeset.Right, typeset.Centre, typeset.Balanced:
		return 0
	}
	return style.Indent
}
