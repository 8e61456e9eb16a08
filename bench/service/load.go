package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// tally is what became of requests.
type tally struct {
	mu       sync.Mutex
	statuses map[int]int
	took     []time.Duration // of those that were served
	broken   int
	noRetry  int // 429 and 503 without Retry-After
}

func newTally() *tally { return &tally{statuses: map[int]int{}} }

// note counts one answer.
func (t *tally) note(r *http.Response, err error, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.broken++
		return
	}
	t.statuses[r.StatusCode]++
	switch {
	case r.StatusCode < 400:
		t.took = append(t.took, took)
	case r.StatusCode == http.StatusServiceUnavailable || r.StatusCode == http.StatusTooManyRequests:
		if r.Header.Get("Retry-After") == "" {
			t.noRetry++
		}
	}
}

// at is the time within which a part of the served requests was.
func (t *tally) at(part float64) time.Duration {
	if len(t.took) == 0 {
		return 0
	}
	slices.Sort(t.took)
	return t.took[min(len(t.took)-1, int(part*float64(len(t.took))))].Round(time.Millisecond)
}

func (t *tally) String() string {
	var parts []string
	for _, status := range slices.Sorted(maps.Keys(t.statuses)) {
		parts = append(parts, fmt.Sprintf("%d × %d", t.statuses[status], status))
	}
	return fmt.Sprintf("%s; %d broken off; %d without Retry-After; served p50 %s, p99 %s",
		strings.Join(parts, ", "), t.broken, t.noRetry, t.at(0.5), t.at(0.99))
}

// client does not follow redirects and keeps its connections.
func client(connections int) *http.Client {
	return &http.Client{
		Timeout:       2 * time.Minute,
		Transport:     &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// get asks for the PDF of a page by GET.
func get(ctx context.Context, c *http.Client, s *service, page string, t *tally) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/v1/pdf?url="+url.QueryEscape(page), nil)
	if err != nil {
		panic(err) // the address is ours
	}
	do(c, r, t)
}

// post sends JSON.
func post(ctx context.Context, c *http.Client, address, body string, t *tally) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader([]byte(body)))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", "application/json")
	do(c, r, t)
}

func do(c *http.Client, r *http.Request, t *tally) {
	begun := time.Now()
	answer, err := c.Do(r)
	if err == nil {
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	t.note(answer, err, time.Since(begun))
}

// asker sends one request and counts its answer.
type asker func(ctx context.Context, c *http.Client, t *tally)

// closed has a number of askers ask without pause.
func closed(ctx context.Context, askers int, length time.Duration, ask asker) (*tally, float64) {
	t, c := newTally(), client(askers)
	begun := time.Now()
	var all sync.WaitGroup
	for range askers {
		all.Go(func() {
			for time.Since(begun) < length && ctx.Err() == nil {
				ask(ctx, c, t)
			}
		})
	}
	all.Wait()
	return t, float64(len(t.took)) / time.Since(begun).Seconds()
}

// open asks so many times a second, whatever becomes of earlier requests.
func open(ctx context.Context, perSecond float64, length time.Duration, ask asker) *tally {
	t, c := newTally(), client(0)
	var all sync.WaitGroup
	begun := time.Now()
	for n := 0; time.Since(begun) < length && ctx.Err() == nil; n++ {
		due := begun.Add(time.Duration(float64(n) / perSecond * float64(time.Second)))
		time.Sleep(time.Until(due))
		all.Go(func() { ask(ctx, c, t) })
	}
	all.Wait()
	return t
}
