package hook

import (
	"strings"

	"golang.org/x/text/language"
)

// Lang writes a locale, as systems name them, the way offprint does (BCP 47):
// Chinese by its script, and Traditional Chinese by where it is read. So zh_CN is
// zh-Hans, zh-TW zh-Hant-TW, zh_HK.UTF-8 zh-Hant-HK; en_US stays en-US. What is no
// language gives "".
func Lang(locale string) string {
	const longest = 35                                         // bytes, enough for RFC 5646, section 4.4.1
	locale, _, _ = strings.Cut(strings.TrimSpace(locale), ".") // zh_CN.UTF-8
	if locale == "" || len(locale) > longest {
		return ""
	}
	tag, err := language.Parse(locale)
	if err != nil {
		return ""
	}
	base, script, region := tag.Raw()
	switch {
	case base.String() == "und":
		return ""
	case base.String() != "zh":
		return tag.String()
	}
	return chinese(script.String(), region.String())
}

// chinese takes the script that the region writes when none is given. Simplified
// Chinese is set alike everywhere; Macau reads the forms of Hong Kong.
func chinese(script, region string) string {
	const none = "Zzzz"
	traditional := map[string]string{"TW": "-TW", "HK": "-HK", "MO": "-HK"}
	switch {
	case script == "Hans", script == none && (region == "CN" || region == "SG" || region == "MY"):
		return "zh-Hans"
	case script == "Hant", script == none && traditional[region] != "":
		return "zh-Hant" + traditional[region]
	case script == none:
		return "zh"
	}
	return "zh-" + script
}
