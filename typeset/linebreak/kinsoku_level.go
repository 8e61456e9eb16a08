package linebreak

import (
	"strings"

	"offprint/typeset"
)

// Levels "normal" and "loose" let some characters begin a line that "strict"
// forbids: small kana and hyphens at normal; iteration marks, ellipses, centred
// marks and postfixes at loose. CN, HK, TW, JP.
//
// CSS Text 3 §5.2, line-break.
// https://www.w3.org/TR/css-text-3/#line-break-property
const ruleLevel typeset.RuleID = "kinsoku-level"

const (
	fromNormal = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯｰ‐–〜゠"
	fromLoose  = "々〻ゝゞヽヾ․‥…⋯︙𐫶・：；･‼⁇⁈⁉！？°‰′″‵℃℉﹪％￠"
)

func kinsokuLevel(p *paragraph) {
	for i := 1; i < len(p.all); i++ {
		if p.relaxed(i) {
			p.allow(i, ruleLevel)
		}
	}
}

// relaxed reports whether the block's level lets the cluster at i begin a line.
func (p *paragraph) relaxed(i int) bool {
	if p.level != "normal" && p.level != "loose" || !p.region.kinsokuLevels() {
		return false
	}
	r := p.all[i].r
	if !strings.ContainsRune(fromNormal, r) && (p.level != "loose" || !strings.ContainsRune(fromLoose, r)) {
		return false
	}
	before := p.at(i - 1)
	return before.class.ideographic() && before.r != r
}
