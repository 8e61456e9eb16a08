package linebreak

import "offprint/typeset"

// Between two full-width marks stands one white of at most half an em: ）， is
// 1½ em, 。（ too, 《〈 too, and （〔中〕医） keeps this at every depth. CN, HK, TW,
// JP, KR.
//
// CLREQ "Adjustment of adjacent punctuation marks": two marks of 2 em take 1½; CSS Text 4 text-spacing-trim.
// https://www.w3.org/TR/clreq/#h-adjustment_of_adjacent_punctuation_marks
const ruleAdjacentMarks typeset.RuleID = "adjacent-marks"

func adjacentMarks(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		left, right := &p.all[i-1], &p.all[i]
		if left.form == natural && left.class != wideSpace || right.form == natural && right.class != wideSpace {
			continue
		}
		if left.form == closeForm && right.form != openForm {
			left.after = white{}
		}
		if right.form == openForm {
			right.before = white{}
			if left.form == closeForm {
				left.after = white{width: left.em.Em(500), shrink: left.em.Em(500), shrinkRank: shrinkBracket}
			}
		}
	}
}
