package dsn

import (
	"strings"

	"offprint/mailer"
)

// readFeedback reads the machines' part of a complaint (RFC 5965 §3). A type
// that is not known is treated as other, as §7.3 has it.
func (r *Report) readFeedback(p *part) {
	r.Kind = Complaint
	header, _ := readFields(p.content())
	r.Feedback = clean(strings.ToLower(header.get("feedback-type")), 40)
	if r.Feedback == "" {
		r.Feedback = "other"
	}
	r.ReportingMTA = serverName(header.get("reporting-mta"))
	for _, one := range header {
		switch one.name {
		case "original-rcpt-to": // providers may black it out, or leave it away
			if address := firstAddress(one.value); address != "" && len(r.Recipients) < maxRecipients {
				r.Recipients = append(r.Recipients, Recipient{Original: address})
			}
		case "original-mail-from":
			if token, ok := mailer.BounceToken(firstAddress(one.value)); ok && r.Token == "" {
				r.Token = token
			}
		}
	}
}
