package mailer

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Limits of an address in octets (RFC 5321 §4.5.3.1, and its erratum 1690 for
// the whole).
const (
	maxLocalPart = 64
	maxAddress   = 254
)

// Address is one bare mail address, "local@domain". Only [ParseAddress] makes
// one, so any Address that is not zero is safe in a header and in an SMTP
// command. The domain is kept in its ASCII form (A-labels, lower case).
type Address struct {
	local  string
	domain string
}

// Mailbox is an address with the name to show beside it. Name may be empty.
type Mailbox struct {
	Name    string
	Address Address
}

// ParseAddress reads one bare address. It refuses everything that a person
// would not type as their own address: display names, comments, groups, quoted
// local parts, IP literals and domains without a dot.
func ParseAddress(s string) (Address, error) {
	local, domain, found := strings.Cut(s, "@")
	switch {
	case s == "":
		return Address{}, errors.New("read address: it is empty")
	case !utf8.ValidString(s):
		return Address{}, fmt.Errorf("read address %.80q: not valid UTF-8", s)
	case len(s) > maxAddress:
		return Address{}, fmt.Errorf("read address %.80q…: longer than %d bytes", s, maxAddress)
	case !found || strings.Contains(domain, "@"):
		return Address{}, fmt.Errorf("read address %q: want exactly one @, as in name@example.com", s)
	}
	if err := checkLocal(local); err != nil {
		return Address{}, fmt.Errorf("read address %q: %w", s, err)
	}
	ascii, err := asciiDomain(domain)
	if err != nil {
		return Address{}, fmt.Errorf("read address %q: %w", s, err)
	}
	if len(local)+1+len(ascii) > maxAddress {
		return Address{}, fmt.Errorf("read address %.80q…: longer than %d bytes with its domain in ASCII", s, maxAddress)
	}
	return Address{local: local, domain: ascii}, nil
}

// checkLocal accepts a dot-atom (RFC 5322 §3.2.3), in which RFC 6531 also
// allows letters, marks and numbers beyond ASCII.
func checkLocal(local string) error {
	switch {
	case local == "":
		return errors.New("nothing stands before the @")
	case len(local) > maxLocalPart:
		return fmt.Errorf("the part before the @ is longer than %d bytes", maxLocalPart)
	case local[0] == '.' || local[len(local)-1] == '.' || strings.Contains(local, ".."):
		return errors.New("a dot must stand between two other characters")
	}
	for _, r := range local {
		if r != '.' && !isAtomRune(r) {
			return fmt.Errorf("%q cannot stand before the @", r)
		}
	}
	return nil
}

// isAtomRune reports whether r may stand in a local part. Full-width forms are
// left out: they are letters to Unicode, but always a slip of the input method.
func isAtomRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
			strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
	}
	if r >= 0xFF00 && r <= 0xFFEF {
		return false
	}
	return unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// asciiDomain gives the A-label form of a domain (IDNA2008, UTS #46 lookup) and
// refuses what cannot be a mail domain on the public Internet.
func asciiDomain(domain string) (string, error) {
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return "", fmt.Errorf("domain %q: %w", domain, err)
	}
	labels := strings.Split(ascii, ".")
	if len(labels) < 2 {
		return "", fmt.Errorf("domain %q has no dot, as in example.com", domain)
	}
	for _, label := range labels {
		if !isLabel(label) {
			return "", fmt.Errorf("domain %q: %q is not a name of letters, digits and hyphens", domain, label)
		}
	}
	if top := labels[len(labels)-1]; strings.Trim(top, "0123456789") == "" {
		return "", fmt.Errorf("domain %q ends in a number: IP addresses are not accepted", domain)
	}
	return ascii, nil
}

// maxLabel is how long a label of a domain can be, in bytes (RFC 1035 §2.3.4).
const maxLabel = 63

// isLabel reports whether a label of a domain in ASCII is one of a host's name:
// letters, digits and hyphens, with no hyphen at either end (RFC 1123 §2.1).
func isLabel(label string) bool {
	if label == "" || len(label) > maxLabel {
		return false
	}
	hyphenAtEnd := label[0] == '-' || label[len(label)-1] == '-'
	return !hyphenAtEnd && strings.Trim(label, lettersDigitsHyphen) == ""
}

const lettersDigitsHyphen = "abcdefghijklmnopqrstuvwxyz0123456789-"

// String gives "local@domain", the domain in ASCII; "" for the zero Address.
func (a Address) String() string {
	if a.IsZero() {
		return ""
	}
	return a.local + "@" + a.domain
}

// IsZero reports whether there is no address.
func (a Address) IsZero() bool { return a == Address{} }

// Domain is the ASCII form of the part after the @.
func (a Address) Domain() string { return a.domain }

// NeedsUTF8 reports whether the address can only travel with SMTPUTF8
// (RFC 6531): its local part is not ASCII.
func (a Address) NeedsUTF8() bool { return !isASCII(a.local) }

// Key is the form under which an address is compared: suppression lists,
// journals and duplicate checks treat Bob@… and bob@… as one person.
func (a Address) Key() string { return strings.ToLower(a.String()) }

// MarshalText gives the address as String does.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads an address by the rules of [ParseAddress]; empty text
// gives the zero Address.
func (a *Address) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*a = Address{}
		return nil
	}
	parsed, err := ParseAddress(string(text))
	if err == nil {
		*a = parsed
	}
	return err
}

// ParseMailbox reads "Name <local@domain>", "\"Name\" <local@domain>" or a bare
// address, as the publisher's own From stands in a configuration file. Within quotes, a
// backslash takes the next character as it is (RFC 5322 §3.2.1).
func ParseMailbox(s string) (Mailbox, error) {
	open := strings.LastIndexByte(s, '<')
	if open < 0 {
		address, err := ParseAddress(strings.TrimSpace(s))
		return Mailbox{Address: address}, err
	}
	rest, closed := strings.CutSuffix(strings.TrimSpace(s[open+1:]), ">")
	if !closed {
		return Mailbox{}, fmt.Errorf("read mailbox %q: want Name <name@example.com>", s)
	}
	address, err := ParseAddress(rest)
	if err != nil {
		return Mailbox{}, err
	}
	name := strings.TrimSpace(s[:open])
	if len(name) >= 2 && name[0] == '"' && name[len(name)-1] == '"' {
		if name, err = unquote(name[1 : len(name)-1]); err != nil {
			return Mailbox{}, fmt.Errorf("read mailbox %q: %w", s, err)
		}
	}
	if err := checkLine("name", name, maxName); err != nil {
		return Mailbox{}, fmt.Errorf("read mailbox %q: %w", s, err)
	}
	return Mailbox{Name: name, Address: address}, nil
}

// unquote gives what a quoted string says between its quotes.
func unquote(quoted string) (string, error) {
	var b strings.Builder
	pair := false // the character before was a backslash that begins a pair
	for _, r := range quoted {
		switch {
		case pair:
			pair = false
		case r == '\\':
			pair = true
			continue
		case r == '"':
			return "", errors.New(`a quote within the name is written \"`)
		}
		b.WriteRune(r)
	}
	if pair {
		return "", errors.New(`a backslash at the end of the name is written \\`)
	}
	return b.String(), nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
