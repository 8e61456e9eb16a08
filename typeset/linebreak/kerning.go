package linebreak

import "offprint/typeset"

// Kerning holds between Western letters, digits and narrow marks of one face
// and one span, and never touches CJK: a kana keeps its em. Where a line may end
// there is none: what stands last keeps its width. All regions.
//
// JLREQ, "Basics of Japanese Composition": solid setting.
// https://www.w3.org/TR/jlreq/#basics_of_japanese_composition
const ruleKerning typeset.RuleID = "kerning"

func kerning(p *paragraph) {
	if p.block.Role == typeset.RolePre {
		return
	}
	for i := 1; i < len(p.all); i++ {
		left, right := &p.all[i-1], &p.all[i]
		if !left.kerns() || !right.kerns() || left.span != right.span || left.face != right.face || p.breaks[i].cost != typeset.Forbidden {
			continue
		}
		kern := scaled(left.face.Kern(left.glyph, right.glyph), left)
		if left.width+kern > 0 {
			left.width += kern
		}
	}
}

func (c *cluster) kerns() bool { return c.face != nil && (c.class.wordy() || c.class == ascii) }
