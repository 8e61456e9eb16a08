package linebreak

import "offprint/typeset"

// A word that has one reading over all of it is never parted over lines. Where each
// character has a reading of its own, a line may end between them. CN, HK, TW, JP, KR.
//
// JLREQ "Positioning of Group-ruby with Respect to Base Characters".
// https://www.w3.org/TR/jlreq/#positioning_of_groupruby_with_respect_to_base_characters
const ruleRubyBase typeset.RuleID = "ruby-base"

func rubyBases(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		if p.rubied(i) && p.all[i].span == p.all[i-1].span && p.all[i-1].class != newline {
			p.breaks[i] = opportunity{typeset.Forbidden, ruleRubyBase}
		}
	}
}

// rubied reports whether a reading stands over cluster i.
func (p *paragraph) rubied(i int) bool {
	return i >= 0 && i < len(p.all) && p.block.Spans[p.all[i].span].HasReadingOver()
}
