package mailer

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// outcome is what a test expects of one recipient.
type outcome struct {
	to    string
	state State
	code  int
}

func checkResults(t *testing.T, results []Result, want ...outcome) {
	t.Helper()
	if len(results) != len(want) {
		t.Fatalf("%d results, want %d", len(results), len(want))
	}
	for i, w := range want {
		r := results[i]
		if r.Recipient.String() != w.to || r.State != w.state || r.Code != w.code {
			t.Errorf("result %d: %s %s %d (%s, %v)\nwant      %s %s %d", i, r.Recipient, r.State, r.Code, r.Reply, r.Err, w.to, w.state, w.code)
		}
		if r.MessageID == "" {
			t.Errorf("result %d has no Message-ID", i)
		}
		if (r.Err == nil) != (r.State == Sent || r.State == Suppressed) {
			t.Errorf("result %d: %s with error %v", i, r.State, r.Err)
		}
	}
}

func TestDeliverWays(t *testing.T) {
	for _, c := range []struct {
		name    string
		tls     string
		auth    string
		options []officeOption
	}{
		{"plain on loopback", NoTLS, "", nil},
		{"plain with PLAIN", NoTLS, "PLAIN", nil},
		{"STARTTLS", StartTLS, "", []officeOption{withStartTLS}},
		{"STARTTLS with PLAIN", StartTLS, "plain", []officeOption{withStartTLS}},
		{"STARTTLS with LOGIN", StartTLS, "LOGIN", []officeOption{withStartTLS}},
		{"STARTTLS with XOAUTH2", StartTLS, "XOAUTH2", []officeOption{withStartTLS}},
		{"TLS with PLAIN", ImplicitTLS, "PLAIN", []officeOption{withImplicitTLS}},
	} {
		t.Run(c.name, func(t *testing.T) {
			office := openOffice(t, c.options...)
			sender := newSender(t, office.config(t, c.tls, c.auth))
			m := sampleMessage(t)
			for range 2 {
				checkResults(t, sender.Deliver(t.Context(), m), outcome{"reader@example.com", Sent, 250})
			}
			got := office.mail()
			if len(got) != 2 || office.connections != 1 {
				t.Fatalf("server took %d messages over %d connections, want 2 over 1", len(got), office.connections)
			}
			sameBytes(t, "message as received", got[0].data, m.Bytes)
			if got[0].from != "news@offprint.example" || got[0].utf8 {
				t.Errorf("envelope sender %q, SMTPUTF8 %v", got[0].from, got[0].utf8)
			}
		})
	}
}

func TestDeliverThreeFates(t *testing.T) {
	office := openOffice(t)
	sender := office.sender(t)
	m := sampleMessage(t)
	m.To = []Address{mustAddress(t, "later@example.com"), mustAddress(t, "good@example.com"), mustAddress(t, "never@example.com")}
	want := []outcome{{"later@example.com", Deferred, 450}, {"good@example.com", Sent, 250}, {"never@example.com", Bounced, 550}}
	results := sender.Deliver(t.Context(), m)
	checkResults(t, results, want...)
	var e *Error
	if !errors.As(results[0].Err, &e) || !e.Temporary() || e.InDoubt() {
		t.Errorf("450 gives %v: want a temporary error", results[0].Err)
	}
	if !errors.As(results[2].Err, &e) || e.Temporary() {
		t.Errorf("550 gives %v: want a final error", results[2].Err)
	}
	// All refused: nothing is sent, and the connection stays good.
	m.To = []Address{m.To[0], m.To[2]}
	checkResults(t, sender.Deliver(t.Context(), m), want[0], want[2])
	m.To = []Address{mustAddress(t, "good@example.com")}
	checkResults(t, sender.Deliver(t.Context(), m), want[1])
	if got := office.mail(); len(got) != 2 || office.connections != 1 {
		t.Errorf("server took %d messages over %d connections, want 2 over 1", len(got), office.connections)
	}
}

func TestDeliverLimits(t *testing.T) {
	m := sampleMessage(t)
	t.Run("too large", func(t *testing.T) {
		office := openOffice(t, withLimit(1000))
		sender := office.sender(t)
		size, err := sender.MaxSize(t.Context())
		if size != 1000 || err != nil {
			t.Errorf("MaxSize gives %d, %v", size, err)
		}
		checkResults(t, sender.Deliver(t.Context(), m), outcome{"reader@example.com", Bounced, 0})
	})
	eai := *m
	eai.To = []Address{mustAddress(t, "讀者@例子.公司")}
	t.Run("SMTPUTF8 offered", func(t *testing.T) {
		office := openOffice(t)
		checkResults(t, office.sender(t).Deliver(t.Context(), &eai), outcome{"讀者@xn--fsqu00a.xn--55qx5d", Sent, 250})
		if got := office.mail(); len(got) != 1 || !got[0].utf8 {
			t.Error("SMTPUTF8 was not asked for")
		}
	})
	t.Run("SMTPUTF8 not offered", func(t *testing.T) {
		office := openOffice(t, withoutUTF8)
		checkResults(t, office.sender(t).Deliver(t.Context(), &eai), outcome{"讀者@xn--fsqu00a.xn--55qx5d", Bounced, 0})
	})
}

func TestDeliverSetupErrors(t *testing.T) {
	m := sampleMessage(t)
	for _, c := range []struct {
		name   string
		config func(t *testing.T) *Config
		setup  bool
		code   int
		words  string
	}{
		{"wrong password", func(t *testing.T) *Config {
			c := openOffice(t, withStartTLS).config(t, StartTLS, "PLAIN")
			if err := os.WriteFile(c.PasswordFile, []byte("wrong"), 0o600); err != nil {
				t.Fatal(err)
			}
			return c
		}, true, 535, "log in"},
		{"unknown certificate", func(t *testing.T) *Config {
			c := openOffice(t, withStartTLS).config(t, StartTLS, "")
			c.CAFile = ""
			return c
		}, true, 0, "check certificate"},
		{"no STARTTLS", func(t *testing.T) *Config { return openOffice(t).config(t, StartTLS, "") }, true, 0, "STARTTLS"},
		{"no such mechanism", func(t *testing.T) *Config { return openOffice(t).config(t, NoTLS, "SCRAM-SHA-256") }, true, 0, "SCRAM-SHA-256"},
		{"nobody listens", func(t *testing.T) *Config {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			l.Close()
			c := &Config{From: "news@offprint.example"}
			c.Host, c.Port, c.TLS = "127.0.0.1", l.Addr().(*net.TCPAddr).Port, NoTLS
			return c
		}, false, 0, "connection refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			results := newSender(t, c.config(t)).Deliver(t.Context(), m)
			checkResults(t, results, outcome{"reader@example.com", Deferred, c.code})
			var e *Error
			if !errors.As(results[0].Err, &e) || !e.Temporary() || e.Setup() != c.setup || !strings.Contains(e.Error(), c.words) {
				t.Errorf("error is %v (setup %v)\nwant setup %v and %q", e, e.Setup(), c.setup, c.words)
			}
		})
	}
}

func TestDeliverFailOver(t *testing.T) {
	good := openOffice(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	c := good.config(t, NoTLS, "")
	c.Servers = []Server{c.Server}
	c.Port = closed.Addr().(*net.TCPAddr).Port
	sender := newSender(t, c)
	m := sampleMessage(t)
	results := sender.Deliver(t.Context(), m)
	checkResults(t, results, outcome{"reader@example.com", Sent, 250})
	if results[0].Server != good.addr.String() {
		t.Errorf("sent by %s, want %s", results[0].Server, good.addr)
	}
}

// A server that closes idle connections costs a new connection, not a message.
func TestDeliverAfterIdleClose(t *testing.T) {
	office := openOffice(t)
	office.server.ReadTimeout = time.Second // long for a message, short for an idle line
	sender := office.sender(t)
	m := sampleMessage(t)
	for range 2 {
		checkResults(t, sender.Deliver(t.Context(), m), outcome{"reader@example.com", Sent, 250})
		time.Sleep(1500 * time.Millisecond)
	}
	if office.connections != 2 {
		t.Errorf("%d connections, want 2", office.connections)
	}
}

func TestDeliverSuppressed(t *testing.T) {
	office := openOffice(t)
	c := office.config(t, NoTLS, "")
	c.SuppressionFile = filepath.Join(t.TempDir(), "stop")
	if err := os.WriteFile(c.SuppressionFile, []byte("# asked by letter\n"+SuppressionLine(mustAddress(t, "Stop@Example.com"))), 0o600); err != nil {
		t.Fatal(err)
	}
	m := sampleMessage(t)
	m.To = []Address{mustAddress(t, "stop@example.com"), mustAddress(t, "go@example.com")}
	checkResults(t, newSender(t, c).Deliver(t.Context(), m), outcome{"stop@example.com", Suppressed, 0}, outcome{"go@example.com", Sent, 250})
	if got := office.mail(); len(got) != 1 || len(got[0].to) != 1 {
		t.Errorf("server got %v", got)
	}
}

func TestDeliverCancelled(t *testing.T) {
	office := openOffice(t)
	sender := office.sender(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	checkResults(t, sender.Deliver(ctx, sampleMessage(t)), outcome{"reader@example.com", Cancelled, 0})
	if len(office.mail()) != 0 {
		t.Error("a cancelled message was sent")
	}
}

func TestPace(t *testing.T) {
	p := pace{perSecond: 50}
	start := time.Now()
	for range 6 {
		if err := p.wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took < 95*time.Millisecond {
		t.Errorf("6 messages at 50 a second took %v, want 100 ms or more", took)
	}
}

// A letter that was made ready takes one turn of the rate limit, not two, and
// goes over the connection that Ready opened.
func TestReady(t *testing.T) {
	office := openOffice(t)
	config := office.config(t, NoTLS, "")
	config.RatePerSecond = 1000
	s, err := NewSender(config)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 3 {
		if err := s.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
		next := s.pace.next
		if r := s.Deliver(t.Context(), sampleMessage(t))[0]; r.State != Sent || s.pace.next != next {
			t.Errorf("%s, %v; another turn was waited for: %v", r.State, r.Err, s.pace.next != next)
		}
	}
	if r := s.Deliver(t.Context(), sampleMessage(t))[0]; r.State != Sent {
		t.Errorf("not made ready: %s, %v", r.State, r.Err)
	}
	if office.connections != 1 {
		t.Errorf("%d connections", office.connections)
	}

	stopped, stop := context.WithCancel(t.Context())
	stop()
	var e *Error
	if err := s.Ready(stopped); !errors.As(err, &e) || e.State() != Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	office.server.Close()
	s.Close()
	if err := s.Ready(t.Context()); !errors.As(err, &e) || e.State() != Deferred {
		t.Errorf("without a server: %v", err)
	}
}
