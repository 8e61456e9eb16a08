package mailer

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestLoginsRest: however many senders have mail, a refused account is tried by one of
// them, and then rested from for longer each time. The first success ends that.
func TestLoginsRest(t *testing.T) {
	t.Parallel()
	office := openOffice(t)
	password := filepath.Join(t.TempDir(), "password")
	write := func(text string) {
		if err := os.WriteFile(password, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("wrong")
	now := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	logins := &Logins{Now: func() time.Time { return now }}
	var senders []*Sender
	for range 8 {
		c := &Config{From: "News <news@offprint.example>"}
		c.Host, c.Port, c.TLS = "127.0.0.1", office.addr.Port, NoTLS
		c.Auth, c.User, c.PasswordFile = "PLAIN", officeUser, password
		s, err := NewSender(c)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		s.Logins = logins
		senders = append(senders, s)
	}
	// all has every sender ask at the same time, and says how many connected.
	all := func() (connected int, rests time.Duration) {
		t.Helper()
		before := office.count()
		var group sync.WaitGroup
		errs := make([]error, len(senders))
		for i, s := range senders {
			group.Go(func() { _, errs[i] = s.MaxSize(t.Context()) })
		}
		group.Wait()
		for _, err := range errs {
			if err == nil {
				continue
			}
			e := err.(*Error)
			if !e.Setup() || e.Code != 535 {
				t.Fatalf("a sender got %v", err)
			}
			rests = e.Rest().Sub(now)
		}
		return office.count() - before, rests
	}
	for _, want := range []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute, 30 * time.Minute} {
		if n, rests := all(); n != 1 || rests != want {
			t.Errorf("%d connections and a rest of %v, want one and %v", n, rests, want)
		}
		now = now.Add(want - time.Second)
		if n, rests := all(); n != 0 || rests != time.Second {
			t.Errorf("before the end of the rest: %d connections, %v left", n, rests)
		}
		now = now.Add(2 * time.Second)
	}
	write(officePassword)
	if n, rests := all(); n != len(senders) || rests != 0 {
		t.Errorf("with the right password %d connections and a rest of %v", n, rests)
	}
	// The password is changed: the rest is short again.
	write("wrong")
	for _, s := range senders {
		s.Close()
	}
	if n, rests := all(); n != 1 || rests != 5*time.Minute {
		t.Errorf("%d connections and a rest of %v", n, rests)
	}
}

// count says how many connections there were.
func (o *postOffice) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.connections
}
