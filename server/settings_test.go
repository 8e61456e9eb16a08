package server

import (
	"strings"
	"testing"
	"time"

	"offprint/internal/metrics"
	"offprint/internal/store"
)

func TestSettings(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings Settings
		want     string // in the error; "": none
	}{
		{"defaults", Settings{}, ""},
		{"all set", Settings{
			Listen: ":80", AdminListen: "[::1]:81", TrustedProxies: []string{"10.0.0.1", "fd00::/8"},
			MaxBody: 1 << 20, HeaderTimeout: time.Second, DrainDelay: time.Minute,
		}, ""},
		{"a port alone", Settings{Listen: "8080"}, `serve.listen is "8080": want HOST:PORT`},
		{"an address alone", Settings{AdminListen: "127.0.0.1"}, "serve.admin_listen"},
		{"both at one address", Settings{Listen: ":80", AdminListen: ":80"}, "want another port"},
		{"both at any port", Settings{Listen: "127.0.0.1:0", AdminListen: "127.0.0.1:0"}, ""},
		{"a proxy by name", Settings{TrustedProxies: []string{"proxy.example"}}, `has "proxy.example": want addresses`},
		{"a bad range", Settings{TrustedProxies: []string{"10.0.0.0/33"}}, "want addresses"},
		{"everybody a proxy", Settings{TrustedProxies: []string{"0.0.0.0/0"}}, "everybody"},
		{"a small body", Settings{MaxBody: 10}, "from 1000 to 1000000000"},
		{"a large body", Settings{MaxBody: 1 << 40}, "from 1000 to 1000000000"},
		{"a time below zero", Settings{BodyTimeout: -1}, "serve.body_timeout"},
		{"a long time", Settings{RequestTimeout: 2 * time.Hour}, "at most 1h"},
	} {
		t.Run(c.name, func(t *testing.T) { wantError(t, c.settings.Validate(), c.want) })
	}
	wantError(t, (&Limits{PerIPPerMinute: -2}).Validate(), "limits.per_ip_per_minute is -2: want")
	wantError(t, (&Limits{PerKeyPerMinute: -2}).Validate(), "limits.per_key_per_minute")
	wantError(t, (&Limits{PerKeyBytes: -2}).Validate(), "limits.per_key_bytes")
	wantError(t, (&Limits{PerIPPerMinute: -1}).Validate(), "")
}

func TestNew(t *testing.T) {
	good := func() Config { return Config{Press: &stubPress{}, Queue: sharedQueue, Store: new(store.Memory)} }
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"no press", func(c *Config) { c.Press = nil }, "needs a press"},
		{"bad settings", func(c *Config) { c.Settings.Listen = "x" }, "serve.listen"},
		{"bad limits", func(c *Config) { c.Limits.PerIPPerMinute = -7 }, "per_ip_per_minute"},
		{"a public address with a path", func(c *Config) { c.PublicURL = "https://news.example/print" }, "site.public_url"},
		{"a public address without a scheme", func(c *Config) { c.PublicURL = "news.example" }, "site.public_url"},
		{"a public address of another scheme", func(c *Config) { c.PublicURL = "ftp://news.example" }, "site.public_url"},
		{"a public host with a path", func(c *Config) { c.PublicHosts = []string{"news.example/a"} }, "want a name such as"},
		{"a public address with a slash", func(c *Config) { c.PublicURL = publicURL + "/" }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := good()
			c.change(&config)
			s, err := New(config)
			if err == nil {
				s.Close()
			}
			wantError(t, err, c.want)
		})
	}
	shared := good()
	shared.Metrics = metrics.New()
	if s, err := New(shared); err != nil {
		t.Error(err)
	} else {
		s.Close()
	}
}

func wantError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("error %v, want none", err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("error %v, want %q in it", err, want)
	}
}

func TestDrainDelay(t *testing.T) {
	for _, c := range []struct {
		set    time.Duration
		public bool
		want   time.Duration
	}{{0, false, 0}, {0, true, publicDrain}, {-time.Second, true, 0}, {time.Minute, false, time.Minute}} {
		s := Settings{DrainDelay: c.set}
		if got := s.Drain(c.public); got != c.want || s.Validate() != nil {
			t.Errorf("drain_delay %s, public %v: %s, %v; want %s", c.set, c.public, got, s.Validate(), c.want)
		}
	}
}
