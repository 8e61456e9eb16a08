package linebreak

import "offprint/typeset"

// A line may end between Han and an opening curly quote and between a closing
// one and Han, whatever is quoted: 是│“AI时代”│的. CN, HK, TW, JP.
//
// UAX #14 LB19a has this where the quoted text is East Asian too.
// https://www.unicode.org/reports/tr14/#LB19a
const ruleHanQuote typeset.RuleID = "han-quote"

func hanQuotes(p *paragraph) {
	for i := range p.all {
		c := &p.all[i]
		switch {
		case c.western || !curlyQuote(c.r):
		case c.class == opening && p.at(i-1).breaksAfter():
			p.allow(i, ruleHanQuote)
		case c.class == closing && p.at(i+1).breaksBefore():
			p.allow(i+1, ruleHanQuote)
		}
	}
}

// breaksAfter reports whether a line may end between the cluster and an opening quote.
func (c *cluster) breaksAfter() bool { return c.class.ideographic() || c.class.closes() && !c.western }

// breaksBefore reports whether a line may end between a closing quote and the cluster.
func (c *cluster) breaksBefore() bool {
	return c.class.ideographic() || c.class.wordy() || c.class == opening && !c.western
}
