package keys

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// scanner is the pattern that the package tells scanners for leaked secrets.
var scanner = regexp.MustCompile(`\bop_[a-z2-7]{8}_[a-z2-7]{40}\b`)

func TestText(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id, text := newText()
		if got, ok := readText(text); !ok || got != id || !scanner.MatchString("key="+text+"\n") || seen[text] {
			t.Fatalf("text %q of %s reads back as %s, %v", text, id, got, ok)
		}
		seen[text] = true
	}
	// Each slip of one character is found.
	id, text := newText()
	for i := range len(text) {
		for _, c := range []byte("ab7_O ") {
			slip := []byte(text)
			slip[i] = c
			if got, ok := readText(string(slip)); ok && string(slip) != text {
				t.Errorf("%q for %q is taken for %s (%s)", slip, text, got, id)
			}
		}
	}
}

func FuzzCheck(f *testing.F) {
	r, _ := openRing(f, f.TempDir())
	text, _ := create(f, r, Params{Name: "cms"})
	f.Add(text)
	f.Add("")
	f.Add("op_aaaaaaaa_" + strings.Repeat("a", 40))
	f.Add(text[:textLength-1] + "\x00")
	f.Fuzz(func(t *testing.T, s string) {
		k, err := r.Check(s, noon)
		var refusal *Refusal
		switch {
		case s == text && (err != nil || k == nil):
			t.Errorf("the key is refused: %v", err)
		case s != text && (k != nil || !errors.As(err, &refusal)):
			t.Errorf("%q gives %+v, %v", s, k, err)
		case s == "" && refusal.Reason != Missing || s != "" && s != text && refusal.Reason != Malformed && refusal.Reason != Unknown:
			t.Errorf("%q: %s", s, refusal.Reason)
		}
	})
}

func TestParams(t *testing.T) {
	good := Params{Name: "cms", Scopes: []Scope{Print}}
	for name, c := range map[string]struct {
		change func(*Params)
		param  string // at fault; "": none
	}{
		"as it is":             {func(*Params) {}, ""},
		"Chinese name":         {func(p *Params) { p.Name = "南汀日报 编辑部" }, ""},
		"longest name":         {func(p *Params) { p.Name = strings.Repeat("名", 64) }, ""},
		"no name":              {func(p *Params) { p.Name = " " }, "name"},
		"long name":            {func(p *Params) { p.Name = strings.Repeat("n", 65) }, "name"},
		"line break in name":   {func(p *Params) { p.Name = "a\nb" }, "name"},
		"hidden turn in name":  {func(p *Params) { p.Name = "a\u202Eb" }, "name"},
		"bytes as a name":      {func(p *Params) { p.Name = "\xff" }, "name"},
		"a flag as a name":     {func(p *Params) { p.Name = "--scope" }, "name"},
		"a key as a name":      {func(p *Params) { p.Name = "op_abc" }, "name"},
		"no scope":             {func(p *Params) { p.Scopes = nil }, "scope"},
		"unknown scope":        {func(p *Params) { p.Scopes = []Scope{"all"} }, "scope"},
		"URL for a host":       {func(p *Params) { p.Hosts = []string{"https://news.example"} }, "host"},
		"host with a port":     {func(p *Params) { p.Hosts = []string{"news.example:80"} }, "host"},
		"host with a star":     {func(p *Params) { p.Hosts = []string{"*.news.example"} }, "host"},
		"empty host":           {func(p *Params) { p.Hosts = []string{""} }, "host"},
		"too many hosts":       {func(p *Params) { p.Hosts = slices.Repeat([]string{"a.example"}, 101) }, "host"},
		"origin with a path":   {func(p *Params) { p.Origins = []string{"https://a.example/x"} }, "origin"},
		"origin with a star":   {func(p *Params) { p.Origins = []string{"*"} }, "origin"},
		"origin null":          {func(p *Params) { p.Origins = []string{"null"} }, "origin"},
		"origin of a file":     {func(p *Params) { p.Origins = []string{"file://x"} }, "origin"},
		"origin with a name":   {func(p *Params) { p.Origins = []string{"https://u@a.example"} }, "origin"},
		"origin with port 0":   {func(p *Params) { p.Origins = []string{"https://a.example:0"} }, "origin"},
		"origin with no port":  {func(p *Params) { p.Origins = []string{"https://a.example:"} }, "origin"},
		"prints below none":    {func(p *Params) { p.Quotas.PrintsPerDay = -1 }, "prints-per-day"},
		"mails below none":     {func(p *Params) { p.Quotas.MailsPerDay = -1 }, "mails-per-day"},
		"rate below none":      {func(p *Params) { p.RatePerMinute = -1 }, "rate-per-minute"},
		"expired already":      {func(p *Params) { p.Expires = noon }, "expires"},
		"expires in a second":  {func(p *Params) { p.Expires = noon.Add(time.Second) }, ""},
		"expires in a instant": {func(p *Params) { p.Expires = noon.Add(time.Millisecond) }, "expires"},
	} {
		t.Run(name, func(t *testing.T) {
			p := good
			c.change(&p)
			k, err := p.key(noon)
			var fault *ParamError
			if c.param == "" {
				if err != nil {
					t.Error(err)
				}
			} else if !errors.As(err, &fault) || fault.Param != c.param || fault.Hint() == "" {
				t.Errorf("gives %+v, %v; want a fault of %s", k, err, c.param)
			}
		})
	}
}

func TestAllowsHost(t *testing.T) {
	k, err := (&Params{Name: "x", Scopes: []Scope{Print}, Hosts: []string{"News.Example.", "例子.公司", "192.0.2.1", "[2001:DB8::1]", "news.example"}}).key(noon)
	if want := []string{"news.example", "xn--fsqu00a.xn--55qx5d", "192.0.2.1", "2001:db8::1"}; err != nil || !slices.Equal(k.Hosts, want) {
		t.Fatalf("hosts %q, %v; want %q", k.Hosts, err, want)
	}
	for host, want := range map[string]bool{
		"news.example": true, "NEWS.example": true, "news.example.": true, "www.news.example": true, "a.b.news.example": true,
		"例子.公司": true, "xn--fsqu00a.xn--55qx5d": true, "192.0.2.1": true, "2001:db8:0::1": true,
		"badnews.example": false, "example": false, "news.example.evil.example": false, "": false, "news.example:80": false,
		"1.192.0.2.1": false, "192.0.2.2": false, "news.example\x00": false, "news.example/": false,
	} {
		if got := k.AllowsHost(host); got != want {
			t.Errorf("host %q: %v, want %v", host, got, want)
		}
	}
	if free := (&Key{}); !free.AllowsHost("any.example") {
		t.Error("a key without hosts is bound to some")
	}
}

func TestAllowsOrigin(t *testing.T) {
	k, err := (&Params{Name: "x", Scopes: []Scope{Print}, Origins: []string{
		"https://WWW.Example.com/", "https://a.example:443", "http://b.example:80", "http://localhost:3000", "https://例子.公司", "http://[::1]:8080", "https://[::1]",
	}}).key(noon)
	want := []string{
		"https://www.example.com", "https://a.example", "http://b.example", "http://localhost:3000", "https://xn--fsqu00a.xn--55qx5d", "http://[::1]:8080", "https://[::1]",
	}
	if err != nil || !slices.Equal(k.Origins, want) {
		t.Fatalf("origins %q, %v; want %q", k.Origins, err, want)
	}
	for _, origin := range want {
		if !k.AllowsOrigin(origin) {
			t.Errorf("origin %q is refused", origin)
		}
	}
	for _, origin := range []string{"", "null", "http://www.example.com", "https://www.example.com:8443", "https://evil.example", "https://www.example.com.evil.example", "http://localhost"} {
		if k.AllowsOrigin(origin) {
			t.Errorf("origin %q is taken", origin)
		}
	}
	server := &Key{}
	if !server.AllowsOrigin("") || server.AllowsOrigin("https://www.example.com") {
		t.Error("a key without origins is for servers alone")
	}
}

// Hosts and origins are kept in a form that stays as it is.
func FuzzPlain(f *testing.F) {
	f.Add("https://例子.公司:8443")
	f.Add("[2001:db8::1]")
	f.Add("http://[fe80::1%25eth0]/")
	f.Add("a..b")
	f.Add("a..\r")
	f.Add("https://例子.\xfd\x85ttps\xfd\x85ttp") // its ASCII form is none
	f.Fuzz(func(t *testing.T, s string) {
		for _, plain := range []func(string) (string, error){plainHost, plainOrigin} {
			once, err := plain(s)
			if err != nil {
				continue
			}
			if twice, err := plain(once); err != nil || twice != once || once != strings.ToLower(once) {
				t.Errorf("%q becomes %q and then %q, %v", s, once, twice, err)
			}
		}
	})
}

func TestUsageArithmetic(t *testing.T) {
	u := LoadUsage(t.TempDir(), nil)
	free := &Key{ID: "aaaaaaaa"}
	for range 3 {
		if err := u.Take(free, Prints, math.MaxInt, noon); err != nil {
			t.Fatal(err)
		}
	}
	if prints, _ := u.Used(free.ID, noon); prints != math.MaxInt {
		t.Errorf("%d prints", prints)
	}
	if err := u.Take(free, Mails, -1, noon); err == nil {
		t.Error("less than none was taken")
	}
	if err := u.Take(free, "pages", 1, noon); err == nil {
		t.Error("pages are counted")
	}
}
