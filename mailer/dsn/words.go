package dsn

import (
	"regexp"
	"strings"

	"offprint/mailer"
)

const (
	// maxBounce is how much is read of a bounce in words, in bytes, and maxLines
	// in how many lines a reply is looked for: what they return stands behind.
	maxBounce = 64 << 10
	maxLines  = 100
)

// readWords reads a bounce that is told in words alone. Only mail of a mail system
// counts, and only when it says that it has given up. Three forms are known by their
// own words. Any other needs a subject that says so and a final reply (5xx, 5.x.x) of
// the server.
func (r *Report) readWords(m *part) bool {
	if !fromMailSystem(m) || m.first(receiptTypes...) != nil {
		return false
	}
	subject := strings.ToLower(words(m.fields.get("subject")))
	list := texts(m)
	if len(list) == 0 || containsAny(subject, delayWords) {
		return false
	}
	whole := list[0][:min(len(list[0]), maxBounce)]
	text, _, _ := cutAt(whole, copyStart)
	switch {
	case strings.HasPrefix(strings.TrimSpace(text), qmailStart):
		return r.readQmail(whole)
	case containsAny(strings.ToLower(text), delayWords):
		return false
	case m.fields.has("x-failed-recipients"):
		return r.readFailedField(m.fields, text)
	case containsAny(subject, failureSubjects):
		return r.readAnyWords(text)
	}
	return false
}

// fromMailSystem reports whether a program that carries mail wrote it.
func fromMailSystem(m *part) bool {
	if m.fields.has("x-failed-recipients") {
		return true
	}
	local, _, _ := strings.Cut(strings.ToLower(firstAddress(m.fields.get("from"))), "@")
	switch local {
	case "mailer-daemon", "postmaster", "mail-daemon":
		return true
	}
	return strings.HasPrefix(local, "microsoftexchange")
}

// texts gives the parts that people read: plain text where there is any.
func texts(m *part) []string {
	for _, media := range []string{"text/plain", "text/html"} {
		if p := m.first(media); p != nil {
			return []string{p.text()}
		}
	}
	return nil
}

// qmailStart begins qmail's bounces, and mail of other programs by its author,
// which lack the paragraphs that follow.
const qmailStart = "Hi. This is the"

var qmailRecipient = regexp.MustCompile(`^<([^<>\n]*)>:\n`)

// readQmail reads qmail's own format (D. J. Bernstein, "The qmail-send Bounce
// Message Format"): paragraphs "<address>:" and reason, up to one that begins
// with a hyphen. qmail sends it only when it has given up.
func (r *Report) readQmail(text string) bool {
	for _, paragraph := range strings.Split(text, "\n\n") {
		if strings.HasPrefix(paragraph, "-") || len(r.Recipients) == maxRecipients {
			break
		}
		paragraph = strings.TrimLeft(paragraph, "\n")
		if found := qmailRecipient.FindStringSubmatch(paragraph); found != nil {
			c := Recipient{Final: clean(found[1], maxAddress), Action: Failed}
			c.setDiagnostic(paragraph[len(found[0]):])
			r.Recipients = append(r.Recipients, c)
		}
	}
	return len(r.Recipients) > 0
}

// permanentWords say in Exim's bounces that nothing more is tried.
var permanentWords = []string{
	"permanent error", "failed permanently", "could not be delivered", "permanent failure",
}

// readFailedField reads the bounces of Exim before 4.88 and their like, whose
// header lists the addresses and whose text tells the reasons.
func (r *Report) readFailedField(header fields, text string) bool {
	lower := strings.ToLower(text)
	if !containsAny(lower, permanentWords) {
		return false
	}
	for _, address := range addressIn.FindAllString(header.get("x-failed-recipients"), maxRecipients) {
		c := Recipient{Final: clean(address, maxAddress), Action: Failed}
		// What stands after the address, up to the next empty line or address.
		if _, after, found := strings.Cut(text, address); found {
			c.setReply(after)
		}
		r.Recipients = append(r.Recipients, c)
	}
	return len(r.Recipients) > 0
}

// readAnyWords reads a bounce of whatever form.
func (r *Report) readAnyWords(text string) bool {
	c := Recipient{Action: Failed}
	c.setReply(text)
	if c.Code/100 != 5 && c.Status.class() != '5' || c.Code/100 == 4 || c.Status.class() == '4' {
		return false
	}
	for _, address := range addressIn.FindAllString(text, 20) {
		address = strings.TrimRight(address, ".。，,")
		if _, ours := mailer.BounceToken(address); !ours {
			c.Final = clean(address, maxAddress)
			break
		}
	}
	r.Recipients = append(r.Recipients, c)
	return true
}

// setReply takes in the first server's reply in the first lines of a text.
func (c *Recipient) setReply(text string) {
	lines := strings.SplitN(text, "\n", maxLines+1)
	lines = lines[:min(len(lines), maxLines)]
	for i, line := range lines {
		line = strings.TrimLeft(strings.TrimSpace(line), "<#")
		if _, after, found := cutAt(line, smtpType); found {
			line = after
		} else if found := hostReply.FindStringSubmatch(line); found != nil {
			line = found[1]
		}
		code, status := replyCodes(line)
		if code == 0 && status == "" {
			continue
		}
		// A reply goes on to the end of its paragraph.
		for _, more := range lines[i+1:] {
			if more = strings.TrimSpace(more); more == "" || len(line) > maxWords {
				break
			}
			line += " " + more
		}
		c.setDiagnostic(line)
		return
	}
}

// smtpType begins a reply that Exchange took from a Diagnostic-Code.
var smtpType = regexp.MustCompile(`(?i)\bsmtp;`)

// hostReply is how Exim puts a server's reply behind its name and address, or behind
// the command that it answers.
var hostReply = regexp.MustCompile(`[\]>]: ?([45][0-5][0-9][ -].*)$`)

// copyStart begins the copy of our message in a bounce without MIME parts, whose
// words are ours and say nothing of a failure.
var copyStart = regexp.MustCompile(`(?mi)^(?:` +
	`-{2,}.*\b(?:copy|original|below|header|headers|message|returned)\b.*|` +
	`original message headers:.*|received: .*|return-path: .*|` +
	`-+ ?(?:原始邮件|原始郵件|原邮件|原信|邮件原文).*)$`)

func cutAt(text string, at *regexp.Regexp) (before, after string, found bool) {
	where := at.FindStringIndex(text)
	if where == nil {
		return text, "", false
	}
	return text[:where[0]], text[where[1]:], true
}

// delayWords stand in notices that a message is still being tried.
var delayWords = []string{
	"delayed", "(delay)", "warning message only", "still trying", "will retry", "will be retried", "will continue to",
	"will keep trying", "not yet been delivered", "has not been delivered yet", "do not need to resend",
	"延迟", "延遲", "延误", "继续尝试", "繼續嘗試", "稍后重试", "遅延", "再送",
}

// failureSubjects stand in the subjects of bounces.
var failureSubjects = []string{
	"undeliver", "failure notice", "delivery failed", "delivery failure", "delivery has failed",
	"delivery status notification (failure)",
	"returned mail", "returned to sender", "non-delivery", "nondelivery", "could not be delivered",
	"退信", "投递失败", "投遞失敗", "传递失败", "傳遞失敗", "无法投递", "無法投遞", "无法送达", "無法傳遞", "未送达", "未传递", "未傳遞", "配信不能", "配信エラー", "반송",
}

func containsAny(s string, phrases []string) bool {
	for _, phrase := range phrases {
		if strings.Contains(s, phrase) {
			return true
		}
	}
	return false
}
