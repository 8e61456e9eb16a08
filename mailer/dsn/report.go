package dsn

import (
	"strings"

	"offprint/mailer"
)

// Kind is what kind of mail a report is.
type Kind string

// The kinds. All but Delivery, Words and Complaint ask for nothing to be done.
const (
	Delivery  Kind = "delivery"   // a delivery report for machines: see each recipient's Action
	Words     Kind = "words"      // a bounce told in words alone
	Complaint Kind = "complaint"  // a reader called the message unwanted, or a filter reported on it
	AutoReply Kind = "auto-reply" // out of office, read receipt and the like
	Other     Kind = "other"      // a person's letter, or anything else
)

// Action is what a mail system did with a message for one recipient (RFC 3464
// §2.3.3). Empty: it did not say.
type Action string

// The actions. Only Failed is a bounce.
const (
	Failed    Action = "failed"    // given up
	Delayed   Action = "delayed"   // still being tried
	Delivered Action = "delivered" // in the mailbox
	Relayed   Action = "relayed"   // handed on to where no reports come from
	Expanded  Action = "expanded"  // handed on to several addresses
)

// Report is what a mail tells of an earlier message of ours.
type Report struct {
	Kind       Kind
	Recipients []Recipient

	// To is the address that the report was sent to, as far as the header tells.
	To string
	// Token is the token of the bounce address, see [mailer.BounceToken]. Empty:
	// the report was not sent to one, and returns nothing that names one.
	Token string
	// MessageID is that of the message it is about, without angle brackets. Empty:
	// it does not say.
	MessageID string
	// Mailed is whom the returned message is addressed to, by its own To field.
	Mailed string

	ReportingMTA string // the mail system that made the report
	Feedback     string // of a complaint: its Feedback-Type, such as abuse
}

// Recipient is what became of the message for one recipient.
type Recipient struct {
	Original string // as the sender gave it; empty: not told
	Final    string // where it ended up, after aliases and forwarding
	Action   Action
	// Status is the enhanced status code: that of the report or, where that is
	// general or missing, the one in the server's words.
	Status Status
	// Code is the SMTP reply code in the server's words. 0: none.
	Code int
	// Diagnostic is the server's words in one line, reply code included.
	Diagnostic string
	RemoteMTA  string // the server that said so

	retried bool // the report says until when it is tried again (RFC 3464 §2.3.9)
}

// About names the message that the report is about, as the queue looks it up:
// the token, which is the Message-ID's part before the @, else the Message-ID.
// Empty: nothing tells.
func (r *Report) About() string {
	if r.Token != "" {
		return r.Token
	}
	return r.MessageID
}

// Permanent reports whether the message was given up for one of its recipients:
// a bounce. It says nothing of the address, see [Report.Suppress]: a message that
// waited for days in vain (4.4.7) has failed for good, too. A report about one
// copy of several, made by an alias or a list, counts: the sender cannot tell
// whether others arrived.
func (r *Report) Permanent() bool { return r.Failure() != nil }

// Failure gives the first recipient for whom the message was given up, nil when
// there is none.
func (r *Report) Failure() *Recipient {
	for i := range r.Recipients {
		if (r.Kind == Delivery || r.Kind == Words) && r.Recipients[i].Failed() {
			return &r.Recipients[i]
		}
	}
	return nil
}

// Failed reports whether the message was given up for this recipient. A report
// that says failed and 2.x.x (success) at once says nothing.
func (c *Recipient) Failed() bool {
	switch c.Action {
	case Failed:
		return c.Status.class() != '2'
	case "":
		return c.Status.class() == '5'
	}
	return false
}

// Reply is the server's words, or else its status code: what to keep of it.
func (c *Recipient) Reply() string {
	if c.Diagnostic != "" {
		return c.Diagnostic
	}
	return string(c.Status)
}

// concerns reports whether the recipient is the address that the message was
// mailed to. When a copy fails that an alias or a mailing list made, the address
// itself may be well.
func (c *Recipient) concerns(mailed string) bool {
	if mailed == "" {
		return true // nothing tells otherwise
	}
	return sameAddress(c.Final, mailed) || c.Final == "" && (c.Original == "" || sameAddress(c.Original, mailed))
}

// sameAddress compares as the suppression list does, with whatever case and form
// of the domain.
func sameAddress(a, b string) bool {
	one, err := mailer.ParseAddress(a)
	if err != nil {
		return strings.EqualFold(a, b)
	}
	other, err := mailer.ParseAddress(b)
	return err == nil && one.Key() == other.Key()
}
