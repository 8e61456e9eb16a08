package fetch

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

// loopbackOnly is the last check before each connection of each client under
// test: whatever the guard thinks, no packet leaves this machine.
func loopbackOnly(_, address string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !to.Addr().Unmap().IsLoopback() {
		return fmt.Errorf("test tried to leave the machine: %s", address)
	}
	return nil
}

// newClient gives a client that cannot leave the machine.
func newClient(t *testing.T, config Config) *Client {
	t.Helper()
	config.Control = loopbackOnly
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestControlHoldsClientsBack tests the tests' own safety net before anything
// relies on it: an address that the guard lets through must still be stopped.
func TestControlHoldsClientsBack(t *testing.T) {
	var asked atomic.Int32
	g := newGuard([]string{"192.0.2.1"}, false, func(network, address string) error {
		asked.Add(1)
		return loopbackOnly(network, address)
	})
	conn, err := g.dial(t.Context(), "tcp", "192.0.2.1:80") // a documentation address
	if conn != nil {
		conn.Close()
		t.Fatal("connected to 192.0.2.1")
	}
	if err == nil || !strings.Contains(err.Error(), "tried to leave the machine") {
		t.Fatalf("error %v, want the hook's", err)
	}
	if asked.Load() != 1 {
		t.Errorf("the hook was asked %d times, want 1", asked.Load())
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	g = newGuard([]string{"127.0.0.1"}, false, loopbackOnly)
	conn, err = g.dial(t.Context(), "tcp", listener.Addr().String())
	if err != nil {
		t.Fatalf("the hook stopped a loopback address: %v", err)
	}
	conn.Close()
}
