package linebreak

import "offprint/typeset"

// What is wider than the measure and has no break in it, such as a long address
// in a narrow column, breaks at any character; no hyphen is added, and what the
// kinsoku rules forbid is broken only where nothing else is left. All regions.
//
// CSS Text 3, overflow-wrap: anywhere.
// https://www.w3.org/TR/css-text-3/#overflow-wrap-property
const ruleEmergency typeset.RuleID = "emergency"

const (
	emergencyCost = 20_000_000
	desperateCost = 200_000_000
)

func emergencies(p *paragraph) {
	style := &p.block.Style
	measure := style.Measure - max(style.Indent, 0)
	if measure <= 0 {
		return
	}
	for from := 0; from < len(p.all); {
		to := from + 1
		for p.breaks[to].cost == typeset.Forbidden {
			to++
		}
		if p.least(from, to) > measure {
			p.breakAnywhere(from, to)
		}
		from = to
	}
}

// least is the smallest width that the clusters from … to can have on a line of
// their own. Only a justified line gives up white.
func (p *paragraph) least(from, to int) typeset.Length {
	var sum typeset.Length
	justify := p.block.Style.Align == typeset.Justify || p.block.Style.Align == ""
	narrowest := func(w white) typeset.Length {
		if justify {
			return w.width - w.shrink
		}
		return w.width
	}
	for i := from; i < to; i++ {
		c := &p.all[i]
		if c.class == softHyphen {
			continue
		}
		sum += c.lead + c.width + c.trail
		if i > from {
			sum += narrowest(c.before)
		}
		if i < to-1 {
			sum += narrowest(c.after) + narrowest(c.gap)
		}
	}
	return sum
}

func (p *paragraph) breakAnywhere(from, to int) {
	for i := from + 1; i < to; i++ {
		if combining(p.all[i].r) || p.all[i].class.blank() || p.breaks[i].rule == ruleRubyBase {
			continue
		}
		cost := int32(emergencyCost)
		switch p.breaks[i].rule {
		case ruleKinsokuStart, ruleKinsokuEnd, ruleDashPair, ruleInterpunct, ruleConnector:
			cost = desperateCost
		}
		p.breaks[i] = opportunity{cost, ruleEmergency}
	}
}
