package mailer

import (
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a@example.com", "a@example.com"},
		{"First.Last+tag@Mail.Example.COM", "First.Last+tag@mail.example.com"},
		{"o'neil!#$%&*/=?^_`{|}~-@example.com", "o'neil!#$%&*/=?^_`{|}~-@example.com"},
		{"reader@例子.公司", "reader@xn--fsqu00a.xn--55qx5d"},
		{"reader@ｅxample。com", "reader@example.com"},
		{"讀者@example.com", "讀者@example.com"},
		{strings.Repeat("a", 64) + "@example.com", strings.Repeat("a", 64) + "@example.com"},
	} {
		got, err := ParseAddress(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("%q gives %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"empty":               "",
		"no at":               "example.com",
		"two ats":             "a@b@example.com",
		"display name":        "Bob <a@example.com>",
		"comment":             "a@example.com (Bob)",
		"group":               "team: a@example.com;",
		"no dot in domain":    "a@localhost",
		"IP literal":          "a@[127.0.0.1]",
		"IP address":          "a@127.0.0.1",
		"quoted local part":   `"a b"@example.com`,
		"full-width local":    "ａ@example.com",
		"long local part":     strings.Repeat("a", 65) + "@example.com",
		"long domain":         "a@" + strings.Repeat("abcdefghi.", 25) + "com",
		"long label":          "a@" + strings.Repeat("b", 64) + ".com",
		"leading dot":         ".a@example.com",
		"double dot":          "a..b@example.com",
		"dot at end":          "a@example.com.",
		"empty label":         "a@example..com",
		"hyphen first":        "a@-example.com",
		"underscore domain":   "a@ex_ample.com",
		"line break":          "a@example.com\r\nBcc: x@example.com",
		"line break in local": "a\r\nb@example.com",
		"NUL":                 "a\x00@example.com",
		"space":               "a @example.com",
		"angle bracket":       "a>@example.com",
		"two addresses":       "a@example.com,b@example.com",
		"bad UTF-8":           "a\xff@example.com",
		"zero-width joiner":   "a\u200D@example.com",
		"only the local part": "a@",
		"only the domain":     "@example.com",
	} {
		if got, err := ParseAddress(in); err == nil {
			t.Errorf("%s: %q is taken as %q", name, in, got)
		}
	}
}

func TestParseMailbox(t *testing.T) {
	for _, c := range []struct{ in, name, address string }{
		{"news@example.com", "", "news@example.com"},
		{"經濟通 <news@example.com>", "經濟通", "news@example.com"},
		{`"News, daily" <news@example.com>`, "News, daily", "news@example.com"},
		{" <news@example.com> ", "", "news@example.com"},
		{`"温以恒, 主编 \"南汀\"" <news@example.com>`, `温以恒, 主编 "南汀"`, "news@example.com"},
		{`"a \\ b\c" <news@example.com>`, `a \ bc`, "news@example.com"},
		{`C:\News <news@example.com>`, `C:\News`, "news@example.com"}, // a pair stands within quotes alone
		{`"" <news@example.com>`, "", "news@example.com"},
	} {
		got, err := ParseMailbox(c.in)
		if err != nil || got.Name != c.name || got.Address.String() != c.address {
			t.Errorf("%q gives %v, %v", c.in, got, err)
		}
	}
	for _, in := range []string{
		"", "News", "News <news@example.com", "News <a> <news>", "a\r\nb <news@example.com>",
		`"a\" <news@example.com>`, `"a"b" <news@example.com>`, "\"a\\\nb\" <news@example.com>",
	} {
		if got, err := ParseMailbox(in); err == nil {
			t.Errorf("%q is taken as %v", in, got)
		}
	}
}

// Whatever is accepted is safe in an SMTP command and in a header line.
func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"a@example.com", "讀者@例子.公司", "a b@c.d", "a@b.c\r\n", "ａ@b.c", "a@[1.2.3.4]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAddress(s)
		if err != nil {
			return
		}
		out := a.String()
		if strings.ContainsAny(out, "\r\n\x00 \t<>\"(),:;\\[]") || strings.Count(out, "@") != 1 || len(out) > maxAddress {
			t.Errorf("%q is taken as %q", s, out)
		}
		if !isASCII(a.Domain()) || !strings.Contains(a.Domain(), ".") {
			t.Errorf("%q has domain %q", s, a.Domain())
		}
		if again, err := ParseAddress(out); err != nil || again != a {
			t.Errorf("%q gives %q, which gives %q, %v", s, out, again, err)
		}
	})
}
