package dsn

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// report is a delivery report with what stands in the machines' part and after it.
func report(status, after string) string {
	return "From: MAILER-DAEMON@mx.example.net\nTo: bounce+t0ken@bounces.example.com\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
		"--b\nContent-Type: message/delivery-status\n\n" + status + after
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		want *Error
	}{
		"nothing":              {"", errEmpty},
		"white space":          {"\r\n \n", errEmpty},
		"no header":            {"\x00\x01\x02 binary", errNoMail},
		"JSON":                 {`{"type":"bounce"}`, errNoMail},
		"a PDF":                {"%PDF-1.7\n1 0 obj\n", errNoMail},
		"no recipients":        {report("Reporting-MTA: dns; mx.example.net\n", "\n--b--\n"), errNoDetails},
		"no machines' part":    {strings.Replace(report("", ""), "message/delivery-status", "text/plain", 1), errNoDetails},
		"an empty status part": {report("", "\n--b--\n"), errNoDetails},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := ParseReport([]byte(c.raw))
			var own *Error
			if !errors.As(err, &own) || own != c.want || own.Hint() == "" {
				t.Errorf("got %+v, %v; want %v", r, err, c.want)
			}
		})
	}
}

// What mail systems get wrong.
func TestLenience(t *testing.T) {
	const block = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n"
	for name, raw := range map[string]string{
		"whole":                       report("Reporting-MTA: dns; x\n\n"+block, "\n--b--\n"),
		"no end":                      report("Reporting-MTA: dns; x\n\n"+block, ""),
		"no block about the message":  report(block, "\n--b--\n"),
		"both in one block":           report("Reporting-MTA: dns; x\n"+block, "\n--b--\n"),
		"many empty lines":            report("\n\n\nReporting-MTA: dns; x\n\n\n\n"+block, "\n--b--\n"),
		"lines that are no field":     report("what is this\n folded\n\n"+block, "\n--b--\n"),
		"blanks before the colon":     report(strings.ReplaceAll(block, ":", " :"), "\n--b--\n"),
		"no address type":             report(strings.Replace(block, "rfc822; ", "", 1), "\n--b--\n"),
		"angle brackets":              report(strings.Replace(block, "a@example.com", "<a@example.com>", 1), "\n--b--\n"),
		"no action":                   report(strings.Replace(block, "Action: failed\n", "", 1), "\n--b--\n"),
		"upper case":                  report(strings.ToUpper(block), "\n--b--\n"),
		"mbox line":                   "From MAILER-DAEMON Thu Nov 26 09:30:04 2026\n" + report(block, "\n--b--\n"),
		"byte order mark":             "\uFEFF" + report(block, "\n--b--\n"),
		"boundary without quotes":     strings.ReplaceAll(report(block, "\n--b--\n"), "b\n", "=b/c:d\n"),
		"no report type":              strings.Replace(report(block, "\n--b--\n"), " report-type=delivery-status;", "", 1),
		"not in a report":             strings.Replace(report(block, "\n--b--\n"), "multipart/report", "multipart/mixed", 1),
		"the status code in words":    report(strings.Replace(block, "5.1.1", "5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 no", 1), "\n--b--\n"),
		"the status code in brackets": report(strings.Replace(block, "Status: 5.1.1", "Diagnostic-Code: X-Unix; no (#5.1.1)", 1), "\n--b--\n"),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := ParseReport([]byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			if r.Kind != Delivery || r.Token != "t0ken" || !r.Suppress() || len(r.Recipients) != 1 || !strings.EqualFold(r.Recipients[0].Final, "a@example.com") {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// Numbers that look like status codes.
func TestReplyCodes(t *testing.T) {
	for text, want := range map[string]string{
		"550 5.1.1 no":                "550 5.1.1",
		"550-5.1.1 no":                "550 5.1.1",
		"550 #5.1.0 Address rejected": "550 5.1.0",
		"550":                         "550 ",
		"550 5.1.1":                   "550 5.1.1",
		"550 5.2.1.9 is listed":       "550 ", // an IP address
		"5505.1.1":                    "0 ",
		"host mx[192.0.2.1] said: 452 4.2.2 full":   "452 4.2.2",
		"Remote server returned '550 5.4.1 denied'": "550 5.4.1",
		"the server said nothing":                   "0 ",
		"2.0.0 fine":                                "0 2.0.0",
		"no host (#5.1.2)":                          "0 5.1.2",
		"1234 5.1.1":                                "0 ",
		"":                                          "0 ",
	} {
		code, status := replyCodes(text)
		if got := fmt.Sprint(code, " ", status); got != want {
			t.Errorf("codes of %q are %q, want %q", text, got, want)
		}
	}
}

func TestTypedAddress(t *testing.T) {
	for value, want := range map[string]string{
		"rfc822; a@example.com":              "a@example.com",
		"RFC822;a@example.com":               "a@example.com",
		"a@example.com":                      "a@example.com",
		"rfc822; <a@example.com>":            "a@example.com",
		"rfc822; reader+2Btag@example.com":   "reader+2Btag@example.com",
		`utf-8; \x{9648}\x{1F600}@x.example`: "陈😀@x.example",
		`utf-8; \x{D800}\x{FFFFFF}@x`:        "\uFFFD\\x{FFFFFF}@x",
		`rfc822; \x{9648}@x`:                 `\x{9648}@x`,
		"":                                   "",
	} {
		if got := typedAddress(value); got != want {
			t.Errorf("%q is %q, want %q", value, got, want)
		}
	}
}

// What is large or deep is read in part, in bounded time and memory.
func TestBounds(t *testing.T) {
	const block = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n"
	const header = "Message-ID: <x@example.com>\n"
	deep := "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	for name, c := range map[string]struct {
		raw        string
		recipients int
	}{
		"a large message comes back": {report(block, "\n--b\nContent-Type: message/rfc822\n\n"+header+"\n"+strings.Repeat("x\n", 4<<20)), 1},
		"more recipients than ours":  {report(strings.Repeat(block, 10_000), "\n--b--\n"), maxRecipients},
		"more fields than any":       {strings.Repeat("X: y\n", 200_000) + report(block, ""), 0},
		"one field":                  {"From: x\nX: " + strings.Repeat("y", 3<<20), 0},
		"one folded field":           {"From: x\nX: y\n" + strings.Repeat(" y\n", 1<<20), 0},
		"many parts":                 {"From: x\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\n", 1<<18), 0},
		"a bounce in many words": {
			"From: mailer-daemon@x\nX-Failed-Recipients: " + strings.Repeat("a@b.c, ", 1000) + "\n\nfailed permanently\n" + strings.Repeat("a@b.c\n450\n", 1<<17),
			maxRecipients,
		},
		"deep": {"From: x\n" + strings.Repeat(deep, 20_000), 0},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := ParseReport([]byte(c.raw))
			if err != nil && !errors.Is(err, errNoMail) {
				t.Fatal(err)
			}
			if err == nil && len(r.Recipients) != c.recipients {
				t.Errorf("%d recipients, want %d", len(r.Recipients), c.recipients)
			}
		})
	}
}

// Whatever comes in: what is concluded is never more than what was said, and
// what is handed on is short, clean text.
func FuzzParseReport(f *testing.F) {
	mails, _ := samples(f)
	for _, mail := range mails {
		f.Add(mail)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := ParseReport(raw)
		if (r == nil) == (err == nil) {
			t.Fatalf("report %v, error %v", r, err)
		}
		if err != nil {
			return
		}
		checkText(t, maxAddress, r.To, r.Token, r.MessageID, r.Mailed, r.ReportingMTA, r.Feedback)
		for _, c := range r.Recipients {
			checkText(t, maxAddress, c.Original, c.Final, c.RemoteMTA, string(c.Action), string(c.Status))
			checkText(t, maxWords, c.Diagnostic, c.Reply())
			if c.Code != 0 && (c.Code < 200 || c.Code > 559) {
				t.Errorf("code %d", c.Code)
			}
		}
		bounce := r.Kind == Delivery || r.Kind == Words
		if r.Permanent() && !bounce || r.Suppress() && !r.Permanent() && r.Kind != Complaint {
			t.Errorf("%s: permanent %v, suppress %v", r.Kind, r.Permanent(), r.Suppress())
		}
		if bounce != (len(r.Recipients) > 0) && r.Kind != Complaint || len(r.Recipients) > maxRecipients {
			t.Errorf("%s with %d recipients", r.Kind, len(r.Recipients))
		}
	})
}

func checkText(t *testing.T, limit int, list ...string) {
	t.Helper()
	for _, s := range list {
		if len(s) > limit || !utf8.ValidString(s) || strings.ContainsAny(s, "\r\n\x00\x1b") {
			t.Errorf("text %q", s)
		}
	}
}
