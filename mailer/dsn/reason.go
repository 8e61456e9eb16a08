package dsn

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readReasons takes from the words for people what the machines' part leaves out.
//
// OpenSMTPD writes 5.0.0 and no Diagnostic-Code, and Exim does where no server
// answered: what was said stands in the words alone, behind the address.
func (r *Report) readReasons(m *part) {
	list := texts(m)
	if len(list) == 0 {
		return
	}
	text, _, _ := cutAt(list[0][:min(len(list[0]), maxBounce)], copyStart)
	for i := range r.Recipients {
		if c := &r.Recipients[i]; c.Diagnostic == "" && (c.Status.general() || c.Action == Delayed) {
			c.setReason(r.entry(text, c))
		}
	}
	// A notice of a delay says so, in its subject or its words.
	subject := strings.ToLower(words(m.fields.get("subject")))
	if containsAny(subject, delayWords) || containsAny(strings.ToLower(text), delayWords) {
		return
	}
	for i := range r.Recipients {
		if c := &r.Recipients[i]; c.Action == Delayed && c.expired() {
			c.Action = Failed // whatever the report calls it: nothing more is tried
		}
	}
}

// expired reports whether the message's time was over, as its reason has it, and the
// report names no day until which it is tried again.
func (c *Recipient) expired() bool {
	return !c.retried && containsAny(strings.ToLower(c.Diagnostic), expiredWords)
}

// expiredWords say that a message waited until its time was over.
var expiredWords = []string{
	"envelope expired", "message expired", "message has expired", "delivery time expired", "delivery has expired",
	"time in queue exceeded", "retry timeout exceeded", "retry time not reached for any host after a long failure period",
	"已过期", "已過期", "有効期限切れ", "기한 만료",
}

// entry gives the lines that stand behind a recipient's address, up to an empty line
// or another recipient's.
func (r *Report) entry(text string, c *Recipient) string {
	lines := strings.SplitN(text, "\n", maxLines+1)
	lines = lines[:min(len(lines), maxLines)]
	for i, line := range lines {
		address, rest := leadingAddress(line)
		if !c.is(address) {
			continue
		}
		entry := []string{rest}
		for _, more := range lines[i+1:] {
			if other, _ := leadingAddress(more); strings.TrimSpace(more) == "" || r.lists(other) && !c.is(other) {
				break
			}
			if !strings.HasPrefix(strings.TrimSpace(more), "(") { // (generated from an alias)
				entry = append(entry, more)
			}
		}
		return strings.TrimSpace(strings.Join(entry, "\n"))
	}
	return ""
}

// leading is an address at the beginning of a line, and what stands behind it.
var leading = regexp.MustCompile(`^\s*<?([^\s<>,;:"()]+@[^\s<>,;:"()]+)>?(?:\s*:|\s|$)`)

// leadingAddress parts a line that begins with an address. "": it does not.
func leadingAddress(line string) (address, rest string) {
	found := leading.FindStringSubmatchIndex(line)
	if found == nil {
		return "", line
	}
	return line[found[2]:found[3]], line[found[1]:]
}

// is reports whether the address is the recipient's.
func (c *Recipient) is(address string) bool {
	if address == "" {
		return false
	}
	return sameAddress(c.Final, address) || sameAddress(c.Original, address)
}

// lists reports whether the report has a recipient of the address.
func (r *Report) lists(address string) bool {
	for i := range r.Recipients {
		if r.Recipients[i].is(address) {
			return true
		}
	}
	return false
}

// setReason takes in what stands in the words of a recipient: the server's reply, or
// else all of it.
func (c *Recipient) setReason(entry string) {
	if c.setReply(entry); c.Diagnostic == "" {
		c.setDiagnostic(entry)
	}
}

// octal is a byte as Exim writes one that is not ASCII.
var octal = regexp.MustCompile(`\\[23][0-7]{2}`)

// unescapeOctal gives back the bytes that Exim writes as \347, where text comes of
// them. A byte is 128 or more.
func unescapeOctal(s string) string {
	if !octal.MatchString(s) {
		return s
	}
	raw := octal.ReplaceAllStringFunc(s, func(escape string) string {
		n, _ := strconv.ParseUint(escape[1:], 8, 8)
		return string([]byte{byte(n)})
	})
	if utf8.ValidString(raw) {
		return raw
	}
	if decoded, ok := decodeChinese([]byte(raw)); ok && utf8.ValidString(s) && isASCII(s) {
		return decoded
	}
	return s
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
