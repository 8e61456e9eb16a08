package server

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"offprint/internal/problem"
)

// A service whose configuration names no bound has one.
func TestUsualKeyBytes(t *testing.T) {
	usual, none := Limits{}.keyBytes(), Limits{PerKeyBytes: -1}.keyBytes()
	if usual != 1_000_000_000 || none >= 0 {
		t.Errorf("%d bytes, and %d without a bound", usual, none)
	}
}

// What is kept for the jobs of a key is bounded, and the caller is told what helps.
func TestKeyBytes(t *testing.T) {
	s := newService(t, nil, func(c *Config) {
		c.Limits.PerKeyBytes = 100_000
		c.Keys = testKeys{
			"one":   {id: "one", scopes: []Scope{Print}},
			"other": {id: "other", scopes: []Scope{Print}},
		}
	})
	ask := func(key string, size int) *http.Response {
		body := `{"html":"<article>` + strings.Repeat("x", size) + `</article>","base_url":"https://news.example/"}`
		return s.ask("POST", "/v1/pdf", body, "Prefer", "respond-async", "Authorization", "Bearer "+key)
	}
	for range 3 {
		if res := ask("one", 30_000); res.StatusCode != http.StatusAccepted {
			t.Fatalf("status %d", res.StatusCode)
		}
	}
	res := ask("one", 30_000)
	body, _ := io.ReadAll(res.Body)
	if res.Header.Get("Retry-After") != "600" || !strings.Contains(string(body), "limits.per_key_bytes") {
		t.Errorf("Retry-After %q, %s", res.Header.Get("Retry-After"), body)
	}
	wantProblem(t, ask("one", 30_000), problem.RateLimited)
	wantProblem(t, ask("other", 120_000), problem.TooLarge)
	if res := ask("other", 30_000); res.StatusCode != http.StatusAccepted {
		t.Errorf("another key: status %d", res.StatusCode)
	}
}

// What is refused after all counts against no quota: neither the letters nor the prints
// of a job for which there is no room.
func TestRefusedCountsNothing(t *testing.T) {
	k := &testKey{id: "one", scopes: []Scope{Print, Email}, quota: map[string]int{quotaMails: 5, quotaPrints: 2}}
	s := newService(t, nil, func(c *Config) {
		c.Limits.PerKeyBytes = 10_000
		c.Keys = testKeys{"one": k}
	})
	ask := func(route, more string, size int) *http.Response {
		body := `{"html":"<article>` + strings.Repeat("x", size) + `</article>","base_url":"https://news.example/"` + more + `}`
		return s.ask("POST", route, body, "Prefer", "respond-async", "Authorization", "Bearer one")
	}
	const readers = `,"to":["a@example.com","b@example.com"]`
	for range 3 {
		wantProblem(t, ask("/v1/email", readers, 30_000), problem.TooLarge)
		wantProblem(t, ask("/v1/pdf", "", 30_000), problem.TooLarge)
	}
	if k.quota[quotaMails] != 5 || k.quota[quotaPrints] != 2 {
		t.Errorf("left after refusals: %v", k.quota)
	}
	if res := ask("/v1/email", readers, 100); res.StatusCode != http.StatusAccepted {
		t.Errorf("then: status %d", res.StatusCode)
	}
	if k.quota[quotaMails] != 3 {
		t.Errorf("left after two letters: %v", k.quota)
	}
}
