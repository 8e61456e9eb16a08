package typeset

import "regexp"

// Profile names the standards that a PDF says it keeps. The zero value is that of
// [ProfileA2a].
type Profile string

// The profiles of a PDF.
const (
	ProfileA2a   Profile = "a2a"   // PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1)
	ProfileA2u   Profile = "a2u"   // PDF/A-2u alone
	ProfileUA    Profile = "ua"    // PDF/UA-1 alone
	ProfileA3a   Profile = "a3a"   // PDF/A-3a (ISO 19005-3) and PDF/UA-1, with files attached
	ProfilePlain Profile = "plain" // no standard, no tags
)

// Archive gives the part and the conformance level of PDF/A that the profile claims;
// part is 0 where it claims none.
func (p Profile) Archive() (part int, level string) {
	switch p {
	case "", ProfileA2a:
		return 2, "A"
	case ProfileA2u:
		return 2, "U"
	case ProfileA3a:
		return 3, "A"
	}
	return 0, ""
}

// Accessible reports whether the profile claims PDF/UA-1.
func (p Profile) Accessible() bool {
	return p == "" || p == ProfileA2a || p == ProfileA3a || p == ProfileUA
}

// Tagged reports whether the file says what its content is.
func (p Profile) Tagged() bool { return p != ProfilePlain }

// Attachment is a file that a PDF carries along: PDF/A-3 alone has it.
type Attachment struct {
	Name        string // article.json
	Type        string // application/json
	Description string
	Data        []byte
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

// IsLanguageTag reports whether s looks as RFC 5646 lets a language tag look, which
// is what a PDF may name a language by (ISO 32000-1 §14.9.2).
func IsLanguageTag(s string) bool { return languageTag.MatchString(s) }
