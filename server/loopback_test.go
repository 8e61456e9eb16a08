package server

import (
	"testing"

	"offprint/internal/problem"
)

// A browser says from where a page's request comes to those names of this machine alone
// that it trusts. At any other, another site's plain GET looks as a program's does.
func TestKeylessNamesOfThisMachine(t *testing.T) {
	f := newFixture(t, nil)
	for _, host := range []string{"localhost:8080", "127.0.0.1", "127.0.0.2:8080", "[::1]:8080", "LOCALHOST."} {
		bodyOf(t, f.ask("GET", "/v1/jobs", "", "Host", host), 200)
	}
	for _, host := range []string{
		"[::ffff:127.0.0.1]", "[::ffff:7f00:1]:8080", "[::127.0.0.1]", "[0:0:0:0:0:ffff:127.0.0.1]:80", "[::1%25lo]", "[::1%lo]",
		"[64:ff9b::127.0.0.1]", "127.1", "2130706433", "0.0.0.0", "[::]", "localhost.other.example",
	} {
		wantProblem(t, f.ask("GET", "/v1/jobs", "", "Host", host), problem.Forbidden)
	}
	// Also where the service listens at such a name: a key is needed there.
	mapped := newFixture(t, func(c *Config) { c.Settings.Listen = "[::ffff:127.0.0.1]:8080" })
	wantProblem(t, mapped.ask("GET", "/v1/jobs", "", "Host", "[::ffff:127.0.0.1]:8080"), problem.Forbidden)
}
