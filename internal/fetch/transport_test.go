package fetch

import (
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// send makes one request through a transport that cannot leave the machine, and
// says how often the guard let an address through.
func send(t *testing.T, listed []string, url string) (passed int, err error) {
	t.Helper()
	var asked atomic.Int32
	transport, err := Transport(listed, func(network, address string) error {
		asked.Add(1)
		return loopbackOnly(network, address)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := transport.RoundTrip(req)
	if err == nil {
		resp.Body.Close()
	}
	return int(asked.Load()), err
}

func TestTransportRefusesPrivateTargets(t *testing.T) {
	for _, address := range append(privateTargets, "localhost:80") {
		t.Run(address, func(t *testing.T) {
			passed, err := send(t, []string{"hooks.example"}, "http://"+address+"/")
			var own *Error
			if passed != 0 || !errors.As(err, &own) || own.Kind != Refused {
				t.Errorf("let through %d times, %v; want it refused", passed, err)
			}
		})
	}
}

// TestTransportPorts: the guard lets public addresses through on two ports, and
// then the tests' own hook holds them back.
func TestTransportPorts(t *testing.T) {
	cases := []struct {
		name, url string
		listed    []string
		passed    bool
	}{
		{"http", "http://1.1.1.1/", nil, true},
		{"https", "https://1.1.1.1/", nil, true},
		{"IPv6", "https://[2606:4700::1111]/", nil, true},
		{"another port", "http://1.1.1.1:8080/", nil, false},
		{"SMTP", "http://1.1.1.1:25/", nil, false},
		{"another port of a listed host", "http://1.1.1.1:8080/", []string{"1.1.1.1"}, true},
		{"private and listed", "http://10.0.0.5:9000/", []string{"10.0.0.5"}, true},
		{"private and another one listed", "http://10.0.0.5/", []string{"10.0.0.6"}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			passed, err := send(t, c.listed, c.url)
			if err == nil {
				t.Fatal("it left the machine")
			}
			if (passed > 0) != c.passed {
				t.Errorf("let through %d times, want %v: %v", passed, c.passed, err)
			}
		})
	}
}

func TestTransportToListedHost(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := send(t, []string{"127.0.0.1"}, server.URL); err != nil {
		t.Error(err)
	}
	if _, err := send(t, []string{"localhost"}, "http://LOCALHOST:"+port); err != nil {
		t.Error(err)
	}
	if _, err := send(t, nil, server.URL); err == nil {
		t.Error("a host that is not listed was reached on this machine")
	}
	t.Setenv("HTTP_PROXY", server.URL)
	if _, err := send(t, nil, "http://10.0.0.5/"); err == nil {
		t.Error("a proxy of the environment was used")
	}
	if _, err := Transport([]string{"https://hooks.example"}, nil); err == nil {
		t.Error("a URL was taken for a host")
	}
}
