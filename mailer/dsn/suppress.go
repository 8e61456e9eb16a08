package dsn

import "strings"

// Status is an enhanced status code of RFC 3463, such as 5.1.1. Empty: none.
type Status string

// class is its first digit, 0 when there is none.
func (s Status) class() byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// general reports whether the code says nothing but its class.
func (s Status) general() bool { return s == "" || s[1:] == ".0.0" }

// Suppress reports whether the reader should get no more mail: because the
// address is dead, or because the reader complained. Which failures say that an
// address is dead (meanings: RFC 3463 §3, RFC 7505 §4.2, and the IANA registry
// "SMTP Enhanced Status Codes"):
//
//	code     meaning                            suppress, and why
//	5.1.1    no such mailbox                    yes: sending to it marks us as a sender to bought lists
//	5.1.2    no such domain                     yes: nothing there takes mail
//	5.1.3    not an address                     yes: it will never be one
//	5.1.6    mailbox moved, no new address      yes: the reader is gone from there
//	5.1.10   null MX, the domain takes no mail  yes: its owner says so; Exchange says it of unknown mailboxes
//	5.2.1    mailbox disabled                   yes, unless the words tell of a rate: Gmail says so, too,
//	                                            while much mail comes in for the mailbox
//	5.1.4    ambiguous address                  no: the directory's fault
//	5.1.7–9  the sender's address               no: ours to mend
//	5.2.2    mailbox full                       no: it is emptied some day
//	5.2.3    too large for the mailbox          no: the next message is smaller
//	5.3.4    too large for the system           no: likewise
//	5.4.x    network, routing, loop             no: an operator's slip, mended in time
//	5.5.x    protocol                           no: between the two servers
//	5.6.x    content or its form                no: the next message is another
//	5.7.x    policy, spam, authentication       no: about the sender, not the reader
//	5.x.0    unspecified                        no: it could be any of these
//	4.x.x    given up after days of trying      no: the server was away, not the reader
//
// Servers that have no codes of their own are understood when they say "user
// unknown", see [deadWords].
//
// Only a report about the very address that the message was mailed to counts, as far
// as the returned header tells. A report about a copy does not count, such as one that
// an alias or a mailing list behind that address made.
//
// A complaint (RFC 5965 §7.3) suppresses, except for what is no reader's wish:
// not-spam (RFC 6430), auth-failure (RFC 6591) and virus.
func (r *Report) Suppress() bool {
	if r.Kind == Complaint {
		return !noWish[r.Feedback]
	}
	if r.Kind != Delivery && r.Kind != Words {
		return false
	}
	for i := range r.Recipients {
		if c := &r.Recipients[i]; c.Failed() && c.dead() && c.concerns(r.Mailed) {
			return true
		}
	}
	return false
}

var noWish = map[string]bool{"not-spam": true, "auth-failure": true, "virus": true}

// deadStatus are the codes that say that an address is dead.
var deadStatus = map[Status]bool{
	"5.1.1": true, "5.1.2": true, "5.1.3": true, "5.1.6": true, "5.1.10": true, "5.2.1": true,
}

// deadWords are what servers without enhanced codes (RFC 3463) say of a mailbox
// that is not there, and never say of anything else.
var deadWords = []string{
	"user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "mailbox not found",
}

// dead reports whether the failure says that the address is dead.
func (c *Recipient) dead() bool {
	words := strings.ToLower(c.Diagnostic)
	switch {
	case c.Status == "5.2.1":
		return !strings.Contains(words, "at a rate") && !strings.Contains(words, "too quickly")
	case deadStatus[c.Status]:
		return true
	case !c.Status.general() || c.Code != 550 && c.Code != 551 && c.Code != 553 || strings.Contains(words, "sender"):
		return false
	}
	for _, phrase := range deadWords {
		if strings.Contains(words, phrase) {
			return true
		}
	}
	return false
}
