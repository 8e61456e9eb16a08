package linebreak

import "offprint/typeset"

// Korean breaks at spaces: no line ends inside a word, the everyday style of
// newspapers on the web. KR only.
//
// KLREQ "Line Breaking Rules", which allows breaking by syllable or by word.
// https://www.w3.org/TR/klreq/#line-break
const ruleKoreanWord typeset.RuleID = "korean-word"

func koreanWords(p *paragraph) {
	if p.region != korea {
		return
	}
	for i := 1; i < len(p.all); i++ {
		if p.all[i-1].koreanWord() && p.all[i].koreanWord() {
			p.forbid(i, ruleKoreanWord)
		}
	}
}

// koreanWord reports whether the cluster can be part of a word between spaces.
func (c *cluster) koreanWord() bool {
	switch c.class {
	case hangul, han, kana, wideDigit, wideLetter:
		return true
	}
	return c.class.wordy()
}
