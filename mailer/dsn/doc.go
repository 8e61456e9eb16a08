// Package dsn reads what comes back for a message that a server had taken:
// delivery reports and complaints.
//
//	bytes of a mail ─ParseReport→ Report{Kind, Recipients, About} ─→ queue: bounced? suppress?
//
// In: one message as it arrived at the bounce address, at most about 1 MB of
// which is looked at. Out: a [Report], which says what became of the message
// ([Report.Permanent]), whether its reader should get no more
// ([Report.Suppress]) and which message it is about ([Report.About]).
//
// It reads RFC 3464 delivery reports, with the addresses of RFC 6533; RFC 5965
// complaints; and the bounces in words of qmail, Exim, Exchange and their like. What
// the machines' part of a report leaves out, as OpenSMTPD's and Exim's do, is taken
// from its words for people.
// Mail systems write all of these with slips, so reading is lenient. Concluding
// is not: what does not say clearly that a message failed for good is no bounce,
// for a reader who is wrongly struck off learns nothing of it.
//
// A report proves nothing about who wrote it. What makes it believable is the
// token or Message-ID that it names: 128 bits that only those have who saw the
// message. The package stores nothing, sends nothing and knows no queue.
package dsn
