package mailer

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestReadRecipients(t *testing.T) {
	in := "\uFEFFemail,name,lang,font_size\r\n" +
		"a@example.com,陳大文,zh-Hant,large\r\n" +
		"\"b@example.com\",\"Lee, Pat\"\r\n" +
		"not an address,x,en,\r\n" +
		"A@EXAMPLE.COM,again,,\r\n" +
		"c@example.com,,,,\r\n" +
		"d@例子.公司,,ja,14\r\n"
	list, refused, err := ReadRecipients(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []Recipient{
		{mustAddress(t, "a@example.com"), "陳大文", "zh-Hant", "large", 2},
		{mustAddress(t, "b@example.com"), "Lee, Pat", "", "", 3},
		{mustAddress(t, "d@xn--fsqu00a.xn--55qx5d"), "", "ja", "14", 7},
	}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("list is %v\nwant    %v", list, want)
	}
	if len(refused) != 3 || refused[0].Line != 4 || refused[1].Line != 5 || refused[2].Line != 6 {
		t.Fatalf("refused are %v", refused)
	}
	if !errors.Is(refused[1].Err, ErrDuplicate) {
		t.Errorf("line 5 is refused for %v", refused[1].Err)
	}
}

func TestReadRecipientsRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "is empty"},
		{"no heading", "a@example.com,Bob\n", `column "a@example.com"`},
		{"unknown column", "email,phone\n", `column "phone"`},
		{"column twice", "email,email\n", "twice"},
		{"no email", "name\n", "no column email"},
		{"open quote", "email\n\"a@example.com\n", "quote"},
	} {
		if _, _, err := ReadRecipients(strings.NewReader(c.in)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error is %v, want one about %q", c.name, err, c.want)
		}
	}
}

func FuzzReadRecipients(f *testing.F) {
	f.Add("email,name\na@example.com,Bob\n")
	f.Add("email\n\"a@example.com\r\nBcc: b@example.com\"\n")
	f.Fuzz(func(t *testing.T, in string) {
		list, _, err := ReadRecipients(strings.NewReader(in))
		if err != nil && list != nil {
			t.Error("both a list and an error")
		}
		seen := map[string]bool{}
		for _, r := range list {
			if r.Address.IsZero() || seen[r.Address.Key()] || strings.ContainsAny(r.Name+r.Lang+r.FontSize, "\r\n\x00") {
				t.Errorf("%q gives %v", in, r)
			}
			seen[r.Address.Key()] = true
		}
	})
}

func TestSuppressions(t *testing.T) {
	listed, other := mustAddress(t, "Stop@Example.com"), mustAddress(t, "go@example.com")
	list, err := ReadSuppressions(strings.NewReader("# a comment\n\n stop@example.com \n" + SuppressionLine(mustAddress(t, "x@example.com"))))
	if err != nil {
		t.Fatal(err)
	}
	if !list.Has(listed) || !list.Has(mustAddress(t, "X@example.com")) || list.Has(other) {
		t.Error("the list does not hold what it was given")
	}
	if line := SuppressionLine(listed); strings.Contains(line, "stop") || line != SuppressionLine(mustAddress(t, "stop@example.com")) {
		t.Errorf("line is %q", line)
	}
	var none *Suppressions
	if none.Has(listed) {
		t.Error("no list holds an address")
	}
	for _, bad := range []string{"nobody\n", "sha256:abc\n"} {
		if _, err := ReadSuppressions(strings.NewReader("\n" + bad)); err == nil || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("%q: error is %v", bad, err)
		}
	}
}
