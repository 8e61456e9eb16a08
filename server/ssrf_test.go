package server

import (
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"offprint/internal/callback"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/server/hook"
)

// forbidden are the addresses that nothing may reach through the service: those of
// internal/fetch/guard_test.go.
var forbidden = []string{
	"127.0.0.1:80", "127.255.255.254:80", "0.0.0.0:80", "[::1]:80", "[::]:80", "[::ffff:127.0.0.1]:80",
	"10.0.0.1:80", "172.16.0.1:80", "172.31.255.255:80", "192.168.1.1:80", "169.254.169.254:80",
	"100.64.0.1:80", "100.100.100.200:80", "192.0.0.192:80", "192.0.2.1:80", "198.18.0.1:80", "198.19.255.255:80",
	"198.51.100.1:80", "203.0.113.1:80", "192.88.99.1:80", "224.0.0.1:80", "239.255.255.250:80", "240.0.0.1:80", "255.255.255.255:80",
	"[fe80::1]:80", "[fc00::1]:80", "[fd00:ec2::254]:80", "[fec0::1]:80", "[ff02::1]:80",
	"[64:ff9b::7f00:1]:80", "[64:ff9b:1::a00:1]:80", "[2002:7f00:1::1]:80", "[2001::1]:80", "[2001:db8::1]:80",
	"[3fff::1]:80", "[5f00::1]:80", "[::7f00:1]:80", "[100::1]:80",
}

// sealed is a service as strangers reach it, whose every connection fails the test:
// the guard must refuse before.
func sealed(t *testing.T, dials func(network, address string) error) *service {
	t.Helper()
	if dials == nil {
		dials = func(_, address string) error {
			t.Errorf("the service dialled %s", address)
			return fmt.Errorf("a test dialled %s", address)
		}
	}
	return newService(t, func(c *press.Config) {
		c.Options.Fetch.DenyPrivate, c.Options.Fetch.Control = true, dials
	}, func(c *Config) {
		c.Hooks = map[string]*hook.Receiver{"cms": hookOf(t, hook.Config{Source: "generic", Verify: "header", Actions: []string{"render"}})}
	})
}

// nameserver answers for names with addresses, and makes the program ask it alone.
// Whatever it does not know does not exist.
func nameserver(t *testing.T, names map[string][]string) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	before := net.DefaultResolver
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
	t.Cleanup(func() {
		net.DefaultResolver = before
		conn.Close()
	})
	go func() {
		for buffer := make([]byte, 1500); ; {
			n, from, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			if answer, err := answerName(buffer[:n], names); err == nil {
				conn.WriteTo(answer, from)
			}
		}
	}()
}

func answerName(question []byte, names map[string][]string) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(question); err != nil {
		return nil, err
	}
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	q := m.Questions[0]
	addresses, known := names[strings.TrimSuffix(strings.ToLower(q.Name.String()), ".")]
	if !known {
		m.RCode = dnsmessage.RCodeNameError
	}
	for _, one := range addresses {
		a := netip.MustParseAddr(one)
		if q.Type == dnsmessage.TypeA && a.Is4() {
			m.Answers = append(m.Answers, dnsmessage.Resource{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0}, Body: &dnsmessage.AResource{A: a.As4()},
			})
		}
	}
	return m.Pack()
}

// Nobody reaches a private address as the page that is to be printed.
func TestSSRFPages(t *testing.T) {
	nameserver(t, nil)
	s := sealed(t, nil)
	for _, target := range forbidden {
		page := "http://" + target + "/"
		body := toJSON(t, map[string]any{"url": page})
		wantProblem(t, s.ask("POST", "/v1/pdf", body), problem.FetchRefused)
		wantProblem(t, s.ask("POST", "/v1/parse", body), problem.FetchRefused)
		wantProblem(t, s.ask("GET", "/v1/pdf?url="+url.QueryEscape(page), ""), problem.FetchRefused)
	}
	// The same in other words. Some are no addresses, some are names that lead nowhere.
	for _, target := range []string{
		"http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://localhost/", "http://localhost./",
		"http://user@127.0.0.1/", "http://127.0.0.1#@news.example/", "https://127.0.0.1/", "HTTP://127.0.0.1/", "http://127.0.0.1.:80/",
		"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "//127.0.0.1/", "http:127.0.0.1", "data:text/html,x",
		"http://[::ffff:7f00:1]/", "http://[fe80::1%25eth0]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
	} {
		res := s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": target}))
		if res.StatusCode < 400 || res.StatusCode == 500 {
			t.Errorf("%s: status %d", target, res.StatusCode)
		}
	}
	t.Logf("%d addresses refused at three routes", len(forbidden))
}

// Nor as a picture, a logo or what HTML starts from.
func TestSSRFPictures(t *testing.T) {
	nameserver(t, nil)
	s := sealed(t, nil)
	text := strings.Repeat("渡口的早班船在六点前离岸，岸上的人把灯一盏盏熄掉。", 10)
	for _, target := range forbidden {
		base := "http://" + target + "/"
		page := fmt.Sprintf(`<html lang="zh"><title>渡口</title><article><h1>渡口</h1><p>%[1]s</p><img src="%[2]sa.jpg" width="600" height="400"><p>%[1]s</p><img src="/b.jpg" width="600" height="400"><p>%[1]s</p></article></html>`, text, base)
		for name, body := range map[string]map[string]any{
			"picture": {"html": page, "base_url": "https://news.example/"},
			"base":    {"html": page, "base_url": base},
			"logo":    {"html": page, "logo": base + "logo.png"},
			"article": {"article": map[string]any{
				"schema": 1, "lang": "zh", "title": "渡口", "site": map[string]any{"logo": base + "logo.png"},
				"blocks": []any{map[string]any{"kind": "paragraph", "text": text}, map[string]any{"kind": "figure", "image": map[string]any{"url": base + "a.jpg"}}},
			}},
		} {
			res := s.ask("POST", "/v1/pdf", toJSON(t, body))
			if res.StatusCode != 200 && res.StatusCode != 403 {
				t.Errorf("%s of %s: status %d: %s", name, target, res.StatusCode, bodyOf(t, res, res.StatusCode))
			}
		}
	}
}

// Nor by a hook, a letter, or a callback.
func TestSSRFJobs(t *testing.T) {
	nameserver(t, nil)
	s := sealed(t, nil)
	secret := filepath.Join(t.TempDir(), "secret")
	key := "whsec_" + base64.StdEncoding.EncodeToString([]byte("a secret of thirty-two bytes, ok"))
	if err := os.WriteFile(secret, []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	var calls atomic.Int64
	caller, err := callback.New(&callback.Config{SecretFile: secret}, callback.Options{Control: func(_, address string) error {
		t.Errorf("a callback dialled %s", address)
		return fmt.Errorf("a test dialled %s", address)
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer caller.Close()
	s.work(t, countedCaller{caller, &calls})
	var refused, told []string
	for i, target := range forbidden {
		page := "http://" + target + "/"
		refused = append(refused, s.deliver(t, map[string]any{"event": "published", "id": fmt.Sprint(i), "url": page}).Jobs...)
		refused = append(refused, readJob(t, s.ask("POST", "/v1/email", toJSON(t, map[string]any{"url": page, "to": []string{"a@example.com"}})), 202).ID)
		told = append(told, readJob(t, s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": page, "callback": page})), 202).ID)
	}
	for _, id := range append(refused, told...) {
		if j := s.ended(t, id); j.State != queue.Failed || j.Error.Code() != problem.FetchRefused {
			t.Errorf("%s about %s: %s, %v", j.Kind, j.Source, j.State, j.Error)
		}
	}
	for end := time.Now().Add(20 * time.Second); calls.Load() < int64(len(forbidden)); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d callbacks tried, want %d", calls.Load(), len(forbidden))
		}
	}
	if s.box.count() != 0 {
		t.Errorf("%d messages", s.box.count())
	}
	t.Logf("%d jobs and %d callbacks refused", len(refused)+len(told), calls.Load())
}

// countedCaller wants every call to fail.
type countedCaller struct {
	queue.Caller
	calls *atomic.Int64
}

func (c countedCaller) Call(ctx context.Context, call queue.Call) (time.Duration, error) {
	defer c.calls.Add(1)
	again, err := c.Caller.Call(ctx, call)
	if err == nil {
		panic("a callback was answered from " + call.URL)
	}
	return again, err
}

// Nor by a redirect from a page that may be read.
func TestSSRFRedirects(t *testing.T) {
	nameserver(t, nil)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+r.URL.Query().Get("to")+"/", http.StatusFound)
	}))
	defer site.Close()
	own := strings.TrimPrefix(site.URL, "http://")
	s := newService(t, func(c *press.Config) {
		c.Options.Fetch.Control = func(_, address string) error {
			if address != own {
				t.Errorf("a redirect led to %s", address)
			}
			return nil
		}
	}, nil)
	for _, target := range forbidden {
		if strings.HasPrefix(target, "127.0.0.1:") {
			continue // the site's own host
		}
		wantProblem(t, s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": site.URL + "/?to=" + url.QueryEscape(target)})), problem.FetchRefused)
	}
}

// Nor by a name that leads there, or has come to lead there.
func TestSSRFNames(t *testing.T) {
	nameserver(t, map[string][]string{
		"inside.example": {"10.0.0.1"}, "here.example": {"127.0.0.1"}, "meta.example": {"169.254.169.254"},
		"both.example": {"1.1.1.1", "127.0.0.1"}, "turned.example": {"127.0.0.1", "1.1.1.1"},
	})
	s := sealed(t, func(_, address string) error {
		if address != "1.1.1.1:80" {
			t.Errorf("the service dialled %s", address)
		}
		return fmt.Errorf("a test dialled %s", address)
	})
	for name, code := range map[string]problem.Code{
		"inside.example": problem.FetchRefused, "here.example": problem.FetchRefused, "meta.example": problem.FetchRefused,
		"nowhere.example": problem.FetchFailed,
	} {
		wantProblem(t, s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": "http://" + name + "/"})), code)
	}
	for _, name := range []string{"both.example", "turned.example"} {
		res := s.ask("POST", "/v1/pdf", toJSON(t, map[string]any{"url": "http://" + name + "/"}))
		if res.StatusCode != 502 && res.StatusCode != 403 {
			t.Errorf("%s: status %d", name, res.StatusCode)
		}
	}
}
