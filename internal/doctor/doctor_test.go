package doctor

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
	"offprint/internal/dkimkey"
)

func TestDoctorHoldsKeysAgainstTheDNS(t *testing.T) {
	key, _ := dkimkey.New(t, 1)
	other, _ := dkimkey.New(t, 2)
	for _, c := range []struct {
		name    string
		records []string
		err     error
		want    Verdict
		fault   Fault
		says    string
	}{
		{"right", []string{key.Record()}, nil, OK, NoFault, "that of our key"},
		{"another key's", []string{other.Record()}, nil, Failed, MailRefused, "another key"},
		{"revoked", []string{"v=DKIM1; k=ed25519; p="}, nil, Failed, MailRefused, "revoked"},
		{"none", nil, &net.DNSError{Err: "no such host", IsNotFound: true}, Failed, MailRefused, "there is no record"},
		{"two", []string{key.Record(), other.Record()}, nil, Failed, MailRefused, "2 records"},
		{"no network", nil, &net.DNSError{Err: "i/o timeout", IsTimeout: true}, Failed, MailLater, "look it up"},
	} {
		d := &doctor{Options: Options{Timeout: time.Second}, lookUp: func(_ context.Context, name string) ([]string, error) {
			if name != "s1._domainkey.news.example" {
				return nil, errors.New("asked for " + name)
			}
			return c.records, c.err
		}}
		f := d.checkKey(t.Context(), key)
		if f.Verdict != c.want || f.Fault != c.fault || !strings.Contains(f.Message, c.says) {
			t.Errorf("%s: %+v", c.name, f)
		}
		if (f.Verdict == Failed) != (f.Hint != "") {
			t.Errorf("%s: hint %q", c.name, f.Hint)
		}
	}
}

func TestDoctorReadsRecordFiles(t *testing.T) {
	key, _ := dkimkey.New(t, 1)
	other, _ := dkimkey.New(t, 2)
	for _, c := range []struct{ name, file, want string }{
		{"bare", "# ours\n\n" + key.Record() + "\n", "that of our key"},
		{"zone file", "s1._domainkey.news.example. 3600 IN TXT \"" + key.Record() + "\"\n", "that of our key"},
		{"zone file, short name and tabs", "s1._domainkey\tIN\tTXT\t( \"" + key.Record()[:20] + "\" \"" + key.Record()[20:] + "\" )\n", "that of our key"},
		{"among others", "s0._domainkey IN TXT \"" + other.Record() + "\"\ns1._domainkey IN TXT \"" + key.Record() + "\"\n", "that of our key"},
		{"another selector's", "s0._domainkey IN TXT \"" + key.Record() + "\"\n", "there is no record"},
		{"another key's", other.Record(), "another key"},
		{"no record", "hello", "check DKIM record"},
	} {
		file := filepath.Join(t.TempDir(), "zone")
		if err := os.WriteFile(file, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		d := &doctor{Options: Options{DKIMFile: file}}
		if f := d.checkKey(t.Context(), key); !strings.Contains(f.Message, c.want) {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
	d := &doctor{Options: Options{DKIMFile: filepath.Join(t.TempDir(), "nowhere")}}
	if f := d.checkKey(t.Context(), key); f.Verdict != Failed || f.Fault != Setup {
		t.Errorf("no file: %+v", f)
	}
}

func TestDoctorLooksAtTheClock(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", now.Format(http.TimeFormat))
	}))
	t.Cleanup(server.Close)
	for _, c := range []struct {
		name string
		off  time.Duration
		url  string
		want Verdict
	}{
		{"right", time.Minute, server.URL, OK},
		{"fast", 6 * time.Minute, server.URL, Failed},
		{"slow", -6 * time.Minute, server.URL, Failed},
		{"not compared", time.Hour, "", OK},
		{"not to be compared", time.Hour, "http://127.0.0.1:1", Warning},
	} {
		d := &doctor{Options: Options{Timeout: 5 * time.Second}, config: &config.Config{}, now: func() time.Time { return now.Add(c.off) }}
		d.config.Site.PublicURL = c.url
		if f := d.checkClock(t.Context())[0]; f.Verdict != c.want {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestDoctorWantsSignerAndSenderAlike(t *testing.T) {
	key, file := dkimkey.New(t, 1)
	c := configured(t, "mail.from = \"a@news.example\"\n").config
	c.Mail.DKIMDomain, c.Mail.DKIMEd25519Selector, c.Mail.DKIMEd25519KeyFile = "news.example", "s1", file
	for from, want := range map[string]int{"a@news.example": 1, "a@mail.news.example": 1, "a@other.example": 2} {
		c.Mail.From = from
		d := &doctor{Options: Options{Timeout: time.Second}, config: c, lookUp: func(context.Context, string) ([]string, error) {
			return []string{key.Record()}, nil
		}}
		if found := d.checkKeys(t.Context()); len(found) != want {
			t.Errorf("%s: %+v", from, found)
		}
	}
}
