package linebreak

import "offprint/typeset"

// Spaces with which the source itself indents a paragraph (U+3000, NBSP) have
// no width: the design's indent stands in their place. All regions.
//
// CLREQ "Paragraph Adjustment Rules", line head indent.
// https://www.w3.org/TR/clreq/#paragraph_adjustment_rules
const ruleSourceIndent typeset.RuleID = "source-indent"

func sourceIndents(p *paragraph) {
	if p.block.Role == typeset.RolePre {
		return
	}
	lead := true
	for i := range p.all {
		c := &p.all[i]
		if lead && (c.class == space || c.class == wideSpace) {
			c.width, c.after = 0, white{}
			p.forbid(i+1, ruleSourceIndent)
		}
		lead = c.class == newline || lead && (c.class == space || c.class == wideSpace)
	}
}
