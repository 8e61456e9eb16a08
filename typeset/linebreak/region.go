package linebreak

import "strings"

// region is whose rules of composition hold.
type region uint8

const (
	western  region = iota // en and every language not named below
	china                  // zh-Hans, zh, zh-CN, zh-SG
	hongKong               // zh-Hant-HK, zh-HK, zh-MO
	taiwan                 // zh-Hant, zh-TW
	japan                  // ja
	korea                  // ko
)

// regionOf reads a BCP 47 tag.
func regionOf(lang string) region {
	parts := strings.FieldsFunc(strings.ToLower(lang), func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) == 0 {
		return western
	}
	has := func(subtag string) bool {
		for _, p := range parts[1:] {
			if p == subtag {
				return true
			}
		}
		return false
	}
	switch parts[0] {
	case "ja":
		return japan
	case "ko":
		return korea
	case "zh", "yue", "cmn", "wuu", "nan", "hak":
	default:
		return western
	}
	switch {
	case has("hans"):
		return china
	case has("hk"), has("mo"), parts[0] == "yue":
		return hongKong
	case has("hant"), has("tw"):
		return taiwan
	}
	return china
}

// chinese reports whether the region writes Chinese.
func (r region) chinese() bool { return r == china || r == hongKong || r == taiwan }

// kinsokuLevels reports whether the levels normal and loose hold (CSS Text 3
// §5.2 gives most of them to Chinese and Japanese alone).
func (r region) kinsokuLevels() bool { return r.chinese() || r == japan }

// form is how a full-width mark fills its em.
type form uint8

const (
	natural   form = iota // the face's own width
	openForm              // ½ em of white, then ink in ½ em
	closeForm             // ink in ½ em, then ½ em of white
	midForm               // ink in ½ em with ¼ em of white on both sides
	halfForm              // ½ em and no white
	fullForm              // one em that nothing adjusts: the ink is in the middle
)

// formOf is the table of mark widths. Mainland China: CLREQ "Punctuation
// Adjustment Space", after GB/T 15834-2011; its interpunct is half an em. Hong
// Kong and Taiwan: stops stand in the middle of their em and keep it, a house
// choice (CLREQ lets some of them adjust; many publications do not). Japan:
// JLREQ "Positioning of Punctuation Marks".
func formOf(c class, r rune, reg region) form {
	switch c {
	case opening:
		return openForm
	case closing:
		return closeForm
	case comma, stop:
		if reg == hongKong || reg == taiwan {
			return fullForm
		}
		return closeForm
	case colon:
		switch reg {
		case china:
			return closeForm
		case japan, korea:
			return midForm
		}
		return fullForm
	case bang:
		if reg == china {
			return closeForm
		}
		return fullForm
	case interpunct:
		if reg == china && r != '・' {
			return halfForm
		}
		return midForm
	}
	return natural
}
