package linebreak

import "offprint/typeset"

// Two marks ！ or ？ side by side share one em; three take two. CN, HK, TW.
//
// GB/T 15834-2011, as told in CLREQ "Exclamatory question mark, repeating question
// marks and repeating exclamation marks".
// https://www.w3.org/TR/clreq/#exclamatory_question_marks
const ruleBangRun typeset.RuleID = "bang-run"

func bangRuns(p *paragraph) {
	if !p.region.chinese() {
		return
	}
	for i := 0; i < len(p.all); i++ {
		from := i
		for i < len(p.all) && p.all[i].class == bang {
			i++
		}
		if i-from >= 2 {
			p.setBangRun(from, i)
		}
	}
}

func (p *paragraph) setBangRun(from, to int) {
	for k := from; k < to; k++ {
		c := &p.all[k]
		if c.form == fullForm {
			c.width = c.em // of the face's glyph, which is centred anew
			if ink, ok := c.ink(); ok {
				c.shift = (c.em.Em(500) - ink.max - ink.min) / 2
			}
		}
		c.form, c.width = closeForm, c.em.Em(500)
		c.before, c.after = white{}, white{}
	}
	if last := &p.all[to-1]; (to-from)%2 == 1 {
		last.after = white{width: last.em.Em(500), shrink: last.em.Em(500), shrinkRank: shrinkStop}
	}
}
