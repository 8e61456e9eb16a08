package dsn

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxRecipients bounds what a report may list. A message of ours has one.
const maxRecipients = 100

// readStatus reads the machines' part of a delivery report (RFC 3464 §2.1): a
// block of fields about the message, then one for each recipient.
func (r *Report) readStatus(p, m *part) {
	charset := p.params["charset"]
	if human := m.first("text/plain", "text/html"); charset == "" && human != nil {
		charset = human.params["charset"] // what servers said is passed on in it, by some
	}
	for rest := p.content(); len(rest) > 0 && len(r.Recipients) < maxRecipients; {
		var block fields
		block, rest = readFields(bytes.TrimLeft(rest, "\r\n"))
		for i, one := range block {
			if !utf8.ValidString(one.value) { // RFC 6533 allows UTF-8, and nothing else
				block[i].value = decodeText(charset, []byte(one.value))
			}
		}
		if name := block.get("reporting-mta"); name != "" {
			r.ReportingMTA = serverName(name)
		}
		if c, ok := readRecipient(block); ok {
			r.Recipients = append(r.Recipients, c)
		}
	}
	if len(r.Recipients) > 0 {
		r.Kind = Delivery
		r.readReasons(m)
	}
}

// readRecipient reads the block of a recipient (RFC 3464 §2.3). False: it is
// another block.
func readRecipient(block fields) (Recipient, bool) {
	c := Recipient{
		Original:  typedAddress(block.get("original-recipient")),
		Final:     typedAddress(block.get("final-recipient")),
		Action:    action(block.get("action")),
		Status:    statusField(block.get("status")),
		RemoteMTA: serverName(block.get("remote-mta")),
		retried:   block.has("will-retry-until"),
	}
	if c.Final == "" && c.Original == "" && (c.Action == "" || c.Status == "") {
		return c, false
	}
	kind, diagnostic := typed(block.get("diagnostic-code"))
	c.setDiagnostic(diagnostic)
	if kind != "" && kind != "smtp" && !strings.HasPrefix(kind, "x-") && c.Code == 0 {
		// "550 user unknown; …": that was no type.
		c.setDiagnostic(block.get("diagnostic-code"))
	}
	return c, true
}

// setDiagnostic takes in a server's words, and what codes they begin with.
func (c *Recipient) setDiagnostic(text string) {
	c.Diagnostic = clean(unescapeOctal(text), maxWords)
	code, status := replyCodes(c.Diagnostic)
	c.Code = code
	// Exim and others report 5.0.0 whatever the server said.
	if c.Status.general() && status != "" && (c.Status == "" || c.Status.class() == status.class()) {
		c.Status = status
	}
}

// action reads an Action field, which may have a comment.
func action(value string) Action {
	word, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(value)), " ")
	switch a := Action(strings.TrimRight(word, ";(")); a {
	case Failed, Delayed, Delivered, Relayed, Expanded:
		return a
	case "":
		return ""
	}
	return "unknown" // so that it is not taken for a report that left the action out
}

var (
	statusStart = regexp.MustCompile(`^\s*([245])\.([0-9]{1,3})\.([0-9]{1,3})(?:[^.0-9]|$)`)
	// replyStart is an SMTP reply, with or without an enhanced status code.
	replyStart = regexp.MustCompile(`^\s*([245][0-5][0-9])(?:[ -]+#?([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^.0-9]|$)|[ -]|$)`)
	// replyWithin is one in the words of the mail system that got it.
	replyWithin = regexp.MustCompile(`(?i)(?:said|responded|returned|with|was)[: ]+['"]?([45][0-5][0-9])[ -]` +
		`(?:#?([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^.0-9]|$))?`)
	// hashStatus is qmail's and Exchange's way to write a status code.
	hashStatus = regexp.MustCompile(`#\s?([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^.0-9]|$)`)
	bareStatus = regexp.MustCompile(`^\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:[^.0-9]|$)`)
)

// statusField reads a Status field, which may have a comment.
func statusField(value string) Status {
	found := statusStart.FindStringSubmatch(value)
	if found == nil {
		return ""
	}
	subject, _ := strconv.Atoi(found[2])
	detail, _ := strconv.Atoi(found[3])
	return Status(found[1] + "." + strconv.Itoa(subject) + "." + strconv.Itoa(detail))
}

// replyCodes finds the reply code and the status code in a server's words.
func replyCodes(text string) (code int, status Status) {
	found := replyStart.FindStringSubmatch(text)
	if found == nil {
		found = replyWithin.FindStringSubmatch(text)
	}
	if found != nil {
		code, _ = strconv.Atoi(found[1])
		status = statusField(found[2])
	}
	for _, other := range []*regexp.Regexp{hashStatus, bareStatus} {
		if found := other.FindStringSubmatch(text); found != nil && status == "" {
			status = statusField(found[1])
		}
	}
	return code, status
}

// typed parts "type; value" (RFC 3464 §2.1.2). Without a type all is value.
func typed(value string) (kind, rest string) {
	kind, rest, found := strings.Cut(value, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if !found || strings.Trim(kind, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "", value
	}
	return kind, rest
}

// serverName reads "dns; mx.example.com (192.0.2.1)".
func serverName(value string) string {
	_, name := typed(value)
	name, _, _ = strings.Cut(strings.TrimSpace(name), " ")
	return clean(name, maxAddress)
}

// typedAddress reads "rfc822; name@example.com". An RFC 3461 xtext, as some
// leave it in Original-Recipient, is not decoded: the +2B of it may as well be
// part of an address. RFC 6533's type utf-8 is: its form cannot be mistaken.
func typedAddress(value string) string {
	kind, address := typed(value)
	if kind == "utf-8" {
		address = embedded.ReplaceAllStringFunc(address, decodeEmbedded)
	}
	address = strings.TrimSpace(address)
	if open := strings.IndexByte(address, '<'); open >= 0 && strings.HasSuffix(address, ">") {
		address = address[open+1 : len(address)-1]
	}
	return clean(address, maxAddress)
}

// embedded is an EmbeddedUnicodeChar of RFC 6533 §3: \x{5DEE}.
var embedded = regexp.MustCompile(`\\x\{([0-9A-Fa-f]{2,6})\}`)

func decodeEmbedded(s string) string {
	point, err := strconv.ParseUint(s[len(`\x{`):len(s)-1], 16, 32)
	if err != nil || point > 0x10FFFF {
		return s
	}
	return string(rune(point)) // U+FFFD for what is no character
}
