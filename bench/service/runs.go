package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// together has 200 ask for one cold article.
func together(ctx context.Context, s *service, p *newspaper) (string, error) {
	const askers = 200
	page, t, c := p.article(), newTally(), client(0)
	read := p.pages.Load()
	drawn, err := s.counter(`offprint_render_seconds_count{step="draw"}`)
	if err != nil {
		return "", err
	}
	var all sync.WaitGroup
	for range askers {
		all.Go(func() { get(ctx, c, s, page, t) })
	}
	all.Wait()
	now, err := s.counter(`offprint_render_seconds_count{step="draw"}`)
	return fmt.Sprintf("%s; the page was read %d times and drawn %.0f times", t, p.pages.Load()-read, now-drawn), err
}

// overload finds out what the service can do, and then asks for twice as much.
func overload(ctx context.Context, s *service, p *newspaper, o *settings) (string, error) {
	ask := func(ctx context.Context, c *http.Client, t *tally) { get(ctx, c, s, p.article(), t) }
	_, capacity := closed(ctx, 2*runtime.NumCPU(), o.short, ask)
	if capacity == 0 {
		return "", errors.New("nothing was served")
	}
	o.capacity = capacity
	done := make(chan struct{})
	watched := s.watch(done)
	t := open(ctx, 2*capacity, o.overload, ask)
	close(done)
	return fmt.Sprintf("capacity %.1f documents/s; at %.1f requests/s for %s: %s; %s",
		capacity, 2*capacity, o.overload, t, memory(<-watched)), nil
}

// memory compares the service's at the beginning, in the middle and at the end.
func memory(samples []int64) string {
	if len(samples) < 3 {
		return "memory not seen"
	}
	third := len(samples) / 3
	most := func(part []int64) int64 {
		var n int64
		for _, one := range part {
			n = max(n, one)
		}
		return n >> 20
	}
	return fmt.Sprintf("most memory in the first, second and last third: %d, %d, %d MiB",
		most(samples[:third]), most(samples[third:2*third]), most(samples[2*third:]))
}

//go:embed overload.lua
var overloadLua string

// byWrk has wrk ask for different articles, twice as many as can be served, on more
// connections than may wait.
func byWrk(ctx context.Context, s *service, p *newspaper, o *settings, work string) (string, error) {
	if _, err := exec.LookPath("wrk"); err != nil {
		return "left out: wrk is not installed (Debian: wrk)", nil
	}
	script := filepath.Join(work, "overload.lua")
	if err := os.WriteFile(script, []byte(overloadLua), 0o600); err != nil {
		return "", err
	}
	const connections = 256
	pause := time.Duration(connections / (2 * o.capacity) * float64(time.Second))
	seconds := strconv.Itoa(int(o.overload.Seconds()))
	cmd := exec.CommandContext(ctx, "wrk", "-t2", fmt.Sprintf("-c%d", connections), "-d"+seconds+"s",
		"--timeout", "60s", "-s", script, s.base)
	cmd.Env = append(os.Environ(), "NEWSPAPER="+p.base, "PAUSE="+strconv.FormatInt(pause.Milliseconds(), 10))
	done := make(chan struct{})
	watched := s.watch(done)
	out, err := cmd.CombinedOutput()
	close(done)
	if err != nil {
		return "", fmt.Errorf("wrk: %w\n%s", err, out)
	}
	_, counts, _ := strings.Cut(string(out), "STATUSES ")
	return fmt.Sprintf("%d connections with pauses of %s on average, for %s: %s; %s",
		connections, pause.Round(time.Millisecond), o.overload, strings.TrimSpace(counts), memory(<-watched)), nil
}

// hooks sends web hooks while every worker waits for the newspaper.
func hooks(ctx context.Context, s *service, p *newspaper) (string, error) {
	const deliveries = 1000
	hold := make(chan struct{})
	p.hold.Store(&hold)
	defer close(hold)
	t, c := newTally(), client(4)
	for n := range deliveries {
		body := fmt.Sprintf(`{"event":"published","url":"%s/held/%d.html"}`, p.base, n)
		post(ctx, c, s.base+"/v1/hooks/bench", body, t)
	}
	stats, err := s.counter(`offprint_jobs{state="running"}`)
	return fmt.Sprintf("%d deliveries, all workers waiting (%.0f jobs begun): %s", deliveries, stats, t), err
}

//go:embed chromium.mjs
var chromiumScript string

// warm prints one article after another through one connection, here and there.
func warm(ctx context.Context, s *service, p *newspaper, o *settings) (string, error) {
	ask := func(ctx context.Context, c *http.Client, t *tally) {
		post(ctx, c, s.base+"/v1/pdf", fmt.Sprintf(`{"url":%q}`, p.article()), t)
	}
	closed(ctx, 1, 2*time.Second, ask)
	t, ours := closed(ctx, 1, o.short, ask)
	result := fmt.Sprintf("%.1f documents/s (p50 %s)", ours, t.at(0.5))
	if o.chromium == "none" {
		return result, nil
	}
	playwright, err := filepath.Abs(o.playwright)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(playwright, "node_modules", "playwright-core")); err != nil {
		return result + "; Chromium left out: npm ci --prefix " + o.playwright, nil
	}
	script, err := os.CreateTemp("", "chromium-*.mjs")
	if err != nil {
		return "", err
	}
	defer os.Remove(script.Name())
	if _, err := script.WriteString(chromiumScript); err != nil {
		return "", err
	}
	script.Close()
	seconds := strconv.Itoa(int(o.short.Seconds()))
	out, err := exec.CommandContext(ctx, "node", script.Name(), playwright, o.chromium, p.base, seconds).Output()
	if err != nil {
		return "", fmt.Errorf("drive Chromium: %w", err)
	}
	var theirs struct {
		PerSecond float64 `json:"perSecond"`
		Version   string  `json:"version"`
	}
	if err := json.Unmarshal(out, &theirs); err != nil {
		return "", fmt.Errorf("drive Chromium: %w\n%s", err, out)
	}
	return fmt.Sprintf("%s; Chromium %s, warm, the same pages: %.1f documents/s; %.1f times as many",
		result, theirs.Version, theirs.PerSecond, ours/theirs.PerSecond), nil
}
