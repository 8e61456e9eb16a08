package linebreak

import (
	"strings"

	"offprint/typeset"
)

// No line begins with a stop, a comma, a closing mark, a percent sign or an
// iteration mark, not even after a space. All regions.
//
// CLREQ "Prohibition Rules for Line Start and Line End", basic; JLREQ "Possibilities
// for Line-breaking between Characters".
// https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end
const ruleKinsokuStart typeset.RuleID = "kinsoku-start"

// notAtStart adds to the full-width marks: their narrow and small forms,
// percent and degree signs.
const notAtStart = ",.;:?!)]}%‰％℃℉°﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞｡､｣々〻ゝゞヽヾー"

func kinsokuStart(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		c := &p.all[i]
		if !c.class.closes() && !strings.ContainsRune(notAtStart, c.r) || p.relaxed(i) {
			continue
		}
		p.forbid(i, ruleKinsokuStart)
	}
}
