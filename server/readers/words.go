package readers

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of what a reader writes, in characters.
const (
	MostName = 40
	MostNote = 200
)

// MostRecipients is to how many a letter goes at once.
const MostRecipients = 5

// inName are the signs that stand in people's names beside letters.
const inName = " '’-–.·・‧,"

// CheckName gives an error when a sender's name cannot be one: it is the only text of
// a stranger's in a letter. So it must not lead anywhere: no address, no number to call.
func CheckName(name string) error {
	if n := utf8.RuneCountInString(name); n > MostName {
		return fmt.Errorf("sender: %d characters, and at most %d are taken", n, MostName)
	}
	if !utf8.ValidString(name) {
		return errors.New("sender: not valid UTF-8")
	}
	plain := norm.NFKC.String(name)
	marks, digits, letters := 0, 0, 0
	for _, r := range plain {
		switch {
		case unicode.IsLetter(r):
			letters++
			marks = 0
		case unicode.IsMark(r):
			marks++
		case unicode.IsDigit(r):
			digits++
		case strings.ContainsRune(inName, r):
		default:
			return fmt.Errorf("sender: %q is in no name", r)
		}
		if marks > mostMarks || digits > mostDigits {
			return errors.New("sender: that is no name")
		}
	}
	if name != "" && letters == 0 {
		return errors.New("sender: a name has letters")
	}
	if leadsSomewhere(plain) {
		return errors.New("sender: a name has no address in it")
	}
	return nil
}

const (
	mostMarks  = 3 // on a letter
	mostDigits = 2 // such as in “Room 12”; more may be a number to call
)

// CheckNote gives an error when a note has something in it that leads somewhere, or
// that is no text.
func CheckNote(note string) error {
	if n := utf8.RuneCountInString(note); n > MostNote {
		return fmt.Errorf("note: %d characters, and at most %d are taken", n, MostNote)
	}
	if !utf8.ValidString(note) {
		return errors.New("note: not valid UTF-8")
	}
	for _, r := range note {
		if noText(r) {
			return fmt.Errorf("note: %q is no text", r)
		}
	}
	if leadsSomewhere(norm.NFKC.String(note)) {
		return errors.New("note: addresses of pages or mailboxes are not taken")
	}
	return nil
}

// noText reports whether a character is none that is written, or one that turns the
// text about it.
func noText(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
}

// whereTo finds what mail programs and people make links of: a scheme, an @, www, a
// host's name (a dot with two letters after it), an address of numbers.
var whereTo = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`://`, `@`, `\bwww\b`, `\bh(tt|xx)ps?\b`, `\b(mailto|tel|javascript|data):`,
	`[\pL\pN]\.\pL\pM*\pL`, `[\pL\pN]\.xn--`, `[a-z0-9][。｡][a-z0-9]`, `\[(\.|:|dot)\]`,
	`\d\.\d+\.\d`,
}, "|"))

// leadsSomewhere reports whether text has something like an address in it. The text
// is in the compatible form: full-width signs are plain ones.
func leadsSomewhere(text string) bool {
	// A dot set apart, or one of another script, is read as a dot all the same.
	text = strings.NewReplacer("․", ".", "[.]", ".", "(.)", ".", "⁄", "/", "∕", "/").Replace(text)
	return whereTo.MatchString(text)
}

// languages are the shapes of a language's name that the form takes: no subtag in
// which words of a stranger's could stand.
var languages = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)

// CheckLanguage gives an error for what is no plain name of a language; none is one.
func CheckLanguage(lang string) error {
	if lang != "" && !languages.MatchString(lang) {
		return errors.New("lang: want a language such as zh-Hans, zh-Hant-HK or en")
	}
	return nil
}
