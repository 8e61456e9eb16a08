package linebreak

import (
	"strings"

	"offprint/typeset"
)

// Han and Western letters or digits keep a gap, which the design bounds: ⅕ em in
// the default design, and ⅛ to ¼ em before a justified line opens its Han gaps
// too. There is none beside full-width marks, at the edge of a line or in Korean,
// and within a number with its unit it never grows. CN, HK, TW, JP.
//
// CLREQ "Mixed Text Composition in Horizontal Writing Mode"; CSS Text 4 text-autospace.
// https://www.w3.org/TR/clreq/#mixed_text_composition_in_horizontal_writing_mode
const ruleHanLatin typeset.RuleID = "han-latin-gap"

func hanLatinGaps(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		left, right := &p.all[p.base(i)], &p.all[i]
		if !gapSides(p.region, left, right) || p.raised(left) || p.raised(right) {
			continue
		}
		gap := p.hanLatin(max(left.em, right.em))
		if p.breaks[i].rule == ruleNumberUnit {
			gap.stretch = 0
		}
		p.all[i-1].gap = gap
	}
}

// hanLatin is the gap at a size of em.
func (p *paragraph) hanLatin(em typeset.Length) white {
	w := em.Em(int64(p.spacing.HanLatin))
	return white{
		width:      w,
		shrink:     max(0, w-em.Em(int64(p.spacing.HanLatinMin))),
		stretch:    max(0, em.Em(int64(p.spacing.HanLatinMax))-w),
		shrinkRank: shrinkHanLatin, stretchRank: stretchHanLatin,
	}
}

// gapSides reports whether the region sets a gap between the two clusters.
func gapSides(reg region, left, right *cluster) bool {
	if reg == korea {
		return false
	}
	return left.hanSide() && right.latinSide() || left.latinSide() && right.hanSide()
}

// hanSide reports whether the cluster can stand on the Han side of a gap.
func (c *cluster) hanSide() bool { return c.class == han || c.class == kana || c.class == hangul }

// latinSide reports whether the cluster can stand on the Western side of a gap:
// a letter, a digit, or a sign that reads as part of a word or a number.
func (c *cluster) latinSide() bool {
	switch c.class {
	case ascii:
		return strings.ContainsRune("$%#&@+", c.r)
	case other:
		return strings.ContainsRune("€£¥°²³µ", c.r)
	}
	return c.class.wordy()
}

// raised reports whether the cluster is a superscript or subscript.
func (p *paragraph) raised(c *cluster) bool { return p.block.Spans[c.span].Rise != 0 }

// spacingOf fills a spacing that the design left empty.
func spacingOf(s typeset.Spacing) typeset.Spacing {
	if s == (typeset.Spacing{}) {
		return typeset.Spacing{HanLatin: 200, HanLatinMin: 125, HanLatinMax: 333, SpaceMin: 250, SpaceMax: 500}
	}
	return s
}
