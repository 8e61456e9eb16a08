package dsn

import (
	"strings"
	"testing"
)

// Only what says that its time is over, and nowhere that it is tried again, is final.
func TestExpired(t *testing.T) {
	const block = "Final-Recipient: rfc822; a@example.com\nAction: delayed\nStatus: 4.4.7\nDiagnostic-Code: smtp; Envelope expired\n"
	words := strings.Replace(report("", ""), "--b\n", "--b\n\nIt did not arrive.\n\n--b\n", 1)
	whole := words + block + "\n--b--\n"
	for name, c := range map[string]struct {
		mail string
		want bool
	}{
		"expired":             {whole, true},
		"no words for people": {report(block, "\n--b--\n"), false},
		"tried again":         {strings.Replace(whole, "Status:", "Will-Retry-Until: Fri, 27 Nov 2026 01:30:09 +0000\nStatus:", 1), false},
		"delayed, by words":   {strings.Replace(whole, "It did", "We will retry. It did", 1), false},
		"delayed, by subject": {"Subject: Warning: message delayed\n" + whole, false},
		"another reason":      {strings.Replace(whole, "Envelope expired", "connection refused", 1), false},
	} {
		r, err := ParseReport([]byte(c.mail))
		if err != nil || r.Permanent() != c.want || r.Suppress() {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// The reason of another recipient, or none, is not taken.
func TestForeignReason(t *testing.T) {
	const block = "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.0.0\n\n"
	for words, want := range map[string]string{
		"a@example.com: 550 5.1.1 no":                            "550 5.1.1 no",
		"<A@Example.com>:\n  550 5.1.1 no\n  such\n\n550 other":  "550 5.1.1 no such",
		"aa@example.com: 550 5.1.1 no":                           "",
		"b@example.com: 550 5.1.1 no":                            "",
		"from a@example.com: 550 5.1.1 no":                       "",
		"550 5.1.1 no":                                           "",
		"a@example.com\n\n550 5.1.1 no":                          "",
		"--- The original message\n\na@example.com: 550 5.1.1 x": "",
	} {
		mail := strings.Replace(report(block, "\n--b--\n"), "--b\n", "--b\n\n"+words+"\n\n--b\n", 1)
		r, err := ParseReport([]byte(mail))
		if err != nil || r.Recipients[0].Diagnostic != want {
			t.Errorf("%q: %+v, %v; want %q", words, r, err, want)
		}
	}
}

func TestDecodeText(t *testing.T) {
	for _, c := range []struct{ charset, raw, want string }{
		{"", "550 \xd3\xca\xcf\xe4\xb2\xbb\xb4\xe6\xd4\xda", "550 邮箱不存在"},
		{"us-ascii", "550 \xd3\xca\xcf\xe4\xb2\xbb\xb4\xe6\xd4\xda", "550 邮箱不存在"},
		{"UTF-8", "550 \xd3\xca\xcf\xe4\n陈大文", "550 邮箱\n陈大文"},
		{"gb2312", "\xd3\xca\xcf\xe4", "邮箱"},
		{"big5", "\xb6l\xbdc", "郵箱"},
		{"us-ascii", "Bo\xeete pleine, r\xe9essayez", "Boîte pleine, réessayez"},
		{"", "Bo\xeete pleine", "Bo\uFFFDte pleine"},
		{"iso-8859-1", "Bo\xeete", "Boîte"},
		{"", "\xff\xff\xff", "\uFFFD"},
	} {
		if got := decodeText(c.charset, []byte(c.raw)); got != c.want {
			t.Errorf("%q of %q is %q, want %q", c.raw, c.charset, got, c.want)
		}
	}
}

func TestUnescapeOctal(t *testing.T) {
	for text, want := range map[string]string{
		`550 \347\224\250\346\210\267`: "550 用户",
		`550 \323\303\273\247`:         "550 用户",
		`550 \347`:                     `550 \347`,
		`C:\200\new`:                   `C:\200\new`,
		`\047\100`:                     `\047\100`,
		`Bo\356te`:                     `Bo\356te`,
	} {
		if got := unescapeOctal(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// Text that only looks quoted-printable stays.
func TestQuotedUnlabelled(t *testing.T) {
	for body, want := range map[string]bool{
		"Diagnostic-Code: smtp; =E6=B2=A1=E6=9C=89": true,
		"=E6=B2=\n=A1":                true,
		"bounce+reader=example.net@x": false,
		"a=E6=B2=A1 and b=c":          false,
		"=BCD.example":                false, // not UTF-8
		"A=3D1":                       false, // nothing that a label could hide
		"=E6=B2=A1, and \xe6\xb2\xa1": false,
		"x =\nE6":                     false,
		"=?utf-8?q?=E6=B2=A1?=":       false,
		"plain":                       false,
		"":                            false,
	} {
		p := part{media: "message/global-delivery-status", body: []byte(body)}
		if got := p.quotedUnlabelled(); got != want {
			t.Errorf("%q is quoted: %v", body, got)
		}
		p.media = "message/rfc822"
		if p.quotedUnlabelled() {
			t.Errorf("a returned message is decoded: %q", body)
		}
	}
}
