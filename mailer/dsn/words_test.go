package dsn

import (
	"fmt"
	"strings"
	"testing"
)

// Each guard against a false bounce, alone between a mail and a bounce: the mail
// is one as it stands, and none after one change.
func TestGuards(t *testing.T) {
	const (
		other = "From: postmaster@example.net\nTo: bounce+t0ken@bounces.example.com\nSubject: Undeliverable: ferry\n\n" +
			"<reader@example.net>\nThe server said: 550 5.1.1 unknown\n"
		failed = "From: Mailer-Daemon@example.net\nTo: bounce+t0ken@bounces.example.com\nSubject: Mail delivery failed\n" +
			"X-Failed-Recipients: reader@example.net\n\nA message could not be delivered.\n\n  reader@example.net\n    550 5.1.1 unknown\n"
		qmail = "From: MAILER-DAEMON@example.net\nTo: bounce+t0ken@bounces.example.com\nSubject: failure notice\n\n" +
			"Hi. This is the qmail-send program.\n\n<reader@example.net>:\nunknown (#5.1.1)\n"
	)
	receipt := strings.Replace(other, "\n\n<", "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n<", 1) +
		"--b\nContent-Type: message/delivery-status-none\n\nx\n--b--\n"
	for name, c := range map[string]struct{ mail, old, other string }{
		"a person wrote it":             {other, "postmaster@", "chan@"},
		"a person wrote it like qmail":  {qmail, "MAILER-DAEMON@", "chan@"},
		"another subject":               {other, "Undeliverable", "Re"},
		"delayed, by the subject":       {other, "ferry", "ferry (delayed)"},
		"delayed, by qmail's subject":   {qmail, "notice", "notice: delayed"},
		"delayed, by Exim's subject":    {failed, "Mail delivery failed", "Warning: message delayed"},
		"delayed, by the words":         {other, "\n\n<", "\n\nWe will continue to try.\n<"},
		"delayed, by Gmail's words":     {failed, "A message", "THIS IS A WARNING MESSAGE ONLY. A message"},
		"delayed, in Chinese":           {other, "\n\n<", "\n\n邮件延迟，将继续尝试投递。\n<"},
		"no final reply":                {other, "550 5.1.1", "sorry"},
		"a temporary reply":             {other, "550 5.1.1", "450 4.1.1"},
		"a temporary status":            {other, "550 5.1.1", "550 4.1.1"},
		"a temporary code":              {other, "550 5.1.1", "450 5.1.1"},
		"the reply in our own words":    {other, "\n\n<", "\n\n--- The original message:\n<"},
		"no word of giving up":          {failed, "could not be delivered", "was delivered"},
		"no recipient in qmail's words": {qmail, "<reader@example.net>:", "reader@example.net:"},
		"a read receipt":                {receipt, "delivery-status-none", "disposition-notification"},
	} {
		t.Run(name, func(t *testing.T) {
			if r, err := ParseReport([]byte(c.mail)); err != nil || r.Kind != Words || !r.Suppress() {
				t.Fatalf("the bounce is %+v, %v", r, err)
			}
			changed := strings.Replace(c.mail, c.old, c.other, 1)
			if changed == c.mail {
				t.Fatalf("%q is not in the mail", c.old)
			}
			r, err := ParseReport([]byte(changed))
			if err != nil || r.Permanent() || r.Suppress() || len(r.Recipients) != 0 {
				t.Errorf("it is taken for %+v, %v", r, err)
			}
		})
	}
}

// A report that contradicts itself says nothing.
func TestContradiction(t *testing.T) {
	for _, c := range []struct {
		action     Action
		status     Status
		diagnostic string
		permanent  bool
		want       Status
	}{
		{Failed, "5.0.0", "550 5.1.1 unknown", true, "5.1.1"},
		{Failed, "5.0.0", "450 4.7.1 later", true, "5.0.0"},
		{Failed, "5.7.1", "550 5.1.1 unknown", true, "5.7.1"}, // the report's own goes first
		{Failed, "2.0.0", "250 2.0.0 fine", false, "2.0.0"},
		{Failed, "", "550 5.2.2 full", true, "5.2.2"},
		{Delayed, "5.0.0", "550 5.1.1 unknown", false, "5.1.1"},
		{"", "", "550 5.1.1 unknown", true, "5.1.1"},
		{"", "4.0.0", "550 5.1.1 unknown", false, "4.0.0"},
	} {
		recipient := Recipient{Action: c.action, Status: c.status}
		recipient.setDiagnostic(c.diagnostic)
		r := Report{Kind: Delivery, Recipients: []Recipient{recipient}}
		if r.Permanent() != c.permanent || r.Recipients[0].Status != c.want {
			t.Errorf("%+v: permanent %v, status %s", c, r.Permanent(), r.Recipients[0].Status)
		}
	}
}

// Gmail says 5.2.1 of mailboxes that are well, too.
func TestRateIsNoDeath(t *testing.T) {
	for words, want := range map[string]bool{
		"550 5.2.1 The account is disabled":           true,
		"550 5.2.1 receiving mail at a rate that":     false,
		"550 5.2.1 is receiving mail too quickly now": false,
	} {
		r := Report{Kind: Delivery, Recipients: []Recipient{{Action: Failed, Status: "5.2.1", Diagnostic: words}}}
		if got := r.Suppress(); got != want {
			t.Errorf("%q suppresses: %v", words, got)
		}
	}
}

// Which message a report is about, when its own address does not tell.
func TestIdentify(t *testing.T) {
	const block = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n"
	const returned = "\n--b\nContent-Type: text/rfc822-headers\n\n%s\n--b--\n"
	for name, c := range map[string]struct{ to, header, token, id string }{
		"the token in To":            {"bounce+one@x.example", "Message-ID: <two@x.example>", "one", "two@x.example"},
		"with a name":                {`"Bounces, all" <bounce+one@x.example>`, "", "one", ""},
		"among others":               {"news@x.example, bounce+one@x.example", "", "one", ""},
		"the token in Return-Path":   {"news@x.example", "Return-Path: <bounce+one@x.example>", "one", ""},
		"To goes before it":          {"bounce+one@x.example", "Return-Path: <bounce+two@x.example>", "one", ""},
		"the Message-ID alone":       {"news@x.example", "Message-ID: <two@x.example>", "", "two@x.example"},
		"a folded Message-ID":        {"news@x.example", "Message-ID:\n <two@x.example>", "", "two@x.example"},
		"a Message-ID, not in <>":    {"news@x.example", "Message-ID: two@x.example", "", "two@x.example"},
		"nothing":                    {"news@x.example", "Subject: x", "", ""},
		"words for a Message-ID":     {"news@x.example", "Message-ID: see below", "", ""},
		"an address of the returned": {"news@x.example", "To: bounce+two@x.example", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			mail := strings.Replace(report(block, fmt.Sprintf(returned, c.header)), "bounce+t0ken@bounces.example.com", c.to, 1)
			r, err := ParseReport([]byte(mail))
			if err != nil {
				t.Fatal(err)
			}
			about := c.token
			if about == "" {
				about = c.id
			}
			if r.Token != c.token || r.MessageID != c.id || r.About() != about {
				t.Errorf("token %q, Message-ID %q, about %q; want %q, %q", r.Token, r.MessageID, r.About(), c.token, c.id)
			}
		})
	}
}
