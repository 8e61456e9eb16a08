package linebreak

import "offprint/typeset"

// Kerning holds between Western letters, digits and narrow marks of one face
// and one span, and never touches CJK: a kana keeps its em. Where a line may end
// there is none, so that the last character of a line keeps its width. All regions.
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
		oneFont := left.span == right.span && left.face == right.face
		if !left.kerns() || !right.kerns() || !oneFont || p.breaks[i].cost != typeset.Forbidden {
			continue
		}
		kern := scaled(left.face.Kern(left.glyph, right.glyph), left)
		if left.width+kern > 0 {
			left.width += kern
		}
	}
}

// kerns reports whether the cluster is Western and drawn by a face.
func (c *cluster) kerns() bool { return c.face != nil && (c.class.wordy() || c.class == ascii) }
