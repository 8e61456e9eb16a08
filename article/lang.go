package article

import "golang.org/x/text/language"

// HanScript gives "Hans" or "Hant" for a Chinese BCP 47 tag, and "" for any
// other. A tag without a script takes that of its region (CN, SG: Hans; HK, MO,
// TW: Hant), by CLDR's likely subtags.
func HanScript(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return ""
	}
	if base, _ := tag.Base(); base.String() != "zh" && base.String() != "yue" {
		return ""
	}
	if script, _ := tag.Script(); script.String() == "Hant" {
		return "Hant"
	}
	return "Hans"
}
