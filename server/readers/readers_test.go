package readers

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var (
	testSecret = []byte("0123456789abcdef0123456789abcdef")
	testNow    = time.Unix(1_800_000_000, 0)
)

const testURL = "https://news.example/a.html"

func TestToken(t *testing.T) {
	good := Token(testSecret, testURL, testNow.Add(time.Hour))
	// Made by: printf 'https://news.example/a.html\n1800003600' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary | basenc --base64url
	exp, mac, _ := strings.Cut(good, ".")
	if exp != "1800003600" || len(mac) != 43 || strings.Contains(mac, "=") {
		t.Fatalf("token %q", good)
	}
	old := []byte("another secret of thirty-two characters")
	for _, c := range []struct {
		name, url, token string
		want             error
	}{
		{"good", testURL, good, nil},
		{"another secret that is good, too", testURL, Token(old, testURL, testNow.Add(time.Hour)), nil},
		{"a stranger's", testURL, Token([]byte("x"), testURL, testNow.Add(time.Hour)), ErrToken},
		{"another article", testURL + "?x", good, ErrToken},
		{"longer", testURL, "1800003601." + mac, ErrToken},
		{"a sign", testURL, "+" + good, ErrToken},
		{"zeros", testURL, "0" + good, ErrToken},
		{"padded", testURL, good + "=", ErrToken},
		{"other last bits", testURL, good[:len(good)-1] + string(good[len(good)-1]+1), ErrToken},
		{"nothing", testURL, "", ErrToken},
		{"no signature", testURL, exp + ".", ErrToken},
		{"expired", testURL, Token(testSecret, testURL, testNow), ErrExpired},
		{"30 days", testURL, Token(testSecret, testURL, testNow.Add(LongestLife)), nil},
		{"31 days", testURL, Token(testSecret, testURL, testNow.Add(LongestLife+24*time.Hour)), ErrLife},
		{"for ever", testURL, Token(testSecret, testURL, time.Unix(1<<62, 0)), ErrLife},
	} {
		if err := CheckToken([][]byte{testSecret, old}, c.url, c.token, testNow); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestChallenge(t *testing.T) {
	c := NewChallenge(testSecret, testURL, 10, testNow)
	solution := c.Solve()
	for _, one := range []struct {
		name, url, text, solution string
		after                     time.Duration
		want                      error
	}{
		{"good", testURL, c.Text, solution, Soonest, nil},
		{"good to the end", testURL, c.Text, solution, Latest - time.Second, nil},
		{"soon", testURL, c.Text, solution, Soonest - time.Second, ErrSoon},
		{"late", testURL, c.Text, solution, Latest, ErrLate},
		{"another article", testURL + "x", c.Text, solution, Soonest, ErrChallenge},
		{"a changed one", testURL, "A" + c.Text[1:], solution, Soonest, ErrChallenge},
		{"nothing", testURL, "", solution, Soonest, ErrChallenge},
		{"long", testURL, strings.Repeat("A", 1000), solution, Soonest, ErrChallenge},
		{"no solution", testURL, c.Text, "", Soonest, ErrSolution},
		{"another spelling", testURL, c.Text, "0" + solution, Soonest, ErrSolution},
		{"a sign", testURL, c.Text, "+" + solution, Soonest, ErrSolution},
		{"another number", testURL, c.Text, solution + "1", Soonest, ErrSolution},
	} {
		read, err := ReadChallenge(testSecret, one.url, one.text)
		if err == nil {
			err = read.Check(one.solution, testNow.Add(one.after))
		}
		if !errors.Is(err, one.want) {
			t.Errorf("%s: %v, want %v", one.name, err, one.want)
		}
	}
	if NewChallenge(testSecret, testURL, 10, testNow).ID == c.ID {
		t.Error("two have one name")
	}
}

func TestLoad(t *testing.T) {
	var l Load
	now := testNow.Truncate(time.Minute)
	for range busyMinute {
		if got := l.Bits(18, now); got != 18 {
			t.Fatalf("%d bits in peace", got)
		}
	}
	got := 0
	for range 20 * busyMinute {
		got = l.Bits(18, now)
	}
	if got != 22 {
		t.Errorf("%d bits under load, want 22", got)
	}
	if got := l.Bits(18, now.Add(time.Minute)); got != 22 {
		t.Errorf("%d bits a minute later, want 22", got)
	}
	if got := l.Bits(18, now.Add(3*time.Minute)); got != 18 {
		t.Errorf("%d bits in peace again, want 18", got)
	}
}

func TestWords(t *testing.T) {
	for _, name := range []string{
		"", "林小满", "Jean-Luc O’Neill", "J.R.R. Tolkien", "St. John", "김민지", "さくら・田中", "José María", "Nguyễn Thị Ánh", "Ann 2",
	} {
		if err := CheckName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
		if err := CheckNote(name); err != nil {
			t.Errorf("note %q: %v", name, err)
		}
	}
	for _, name := range []string{
		strings.Repeat("x", 41), "spam.example", "t.co/x", "http://x", "a@b", "ａ＠ｂ", "buy at bit．ly", "a\nb", "a\u202eb", "a\u200bb",
		"+852 2345 6789", "call 12345678", "www", "example。com", "<b>x</b>", "a\x00", "\xff", "...", "Z\u0301\u0301\u0301\u0301\u0301\u0301", "xn--a.xn--b",
		"A & B: sale", "win€", "🎉", "x․com", "1.2.3.4",
	} {
		if CheckName(name) == nil {
			t.Errorf("%q is taken for a name", name)
		}
	}
	for _, note := range []string{
		"看看这篇。写得好。推荐给你！", "Great. Read it: worth the 3.5 minutes!", "どうぞ。読んで。", strings.Repeat("好", 200), "U.S. news",
	} {
		if err := CheckNote(note); err != nil {
			t.Errorf("note %q: %v", note, err)
		}
	}
	for _, note := range []string{
		strings.Repeat("好", 201), "see spam.example", "https://x", "HTTP spam", "me@x.example", "spam[.]example", "ｓｐａｍ．ｃｏｍ", "a。com",
		"10.0.0.1", "x\u202ey", "x\ny", "\xff", "tel:123", "例え.jp", "www spam", "hxxps spam",
	} {
		if CheckNote(note) == nil {
			t.Errorf("note %q is taken", note)
		}
	}
	for lang, good := range map[string]bool{
		"": true, "zh-Hant-HK": true, "ja": true, "en-GB": true, "en-x-buy-now": false, "e": false, "EN": false, "zh-Hant-HK-x": false,
	} {
		if (CheckLanguage(lang) == nil) != good {
			t.Errorf("lang %q: good is %v", lang, !good)
		}
	}
}

func TestConfig(t *testing.T) {
	c := Config{}.WithDefaults()
	if c.ChallengeBits != 18 || c.PerIPPerDay != 20 || c.PerDomainPerHour != 200 || c.PerArticlePerHour != 500 || c.Note || c.Enabled {
		t.Errorf("defaults %+v", c)
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	for _, bad := range []Config{{ChallengeBits: 7}, {ChallengeBits: 23}, {PerIPPerDay: -1}, {PerDomainPerHour: -1}, {PerArticlePerHour: 1 << 30}} {
		if err := bad.Validate(); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for file, n := range map[string]int{string(testSecret) + "\n\n " + string(testSecret) + " \n": 2, "": 0, "short": 0} {
		secrets, err := ParseSecrets([]byte(file))
		if len(secrets) != n || (err == nil) != (n > 0) {
			t.Errorf("%q: %d secrets, %v", file, len(secrets), err)
		}
	}
}
