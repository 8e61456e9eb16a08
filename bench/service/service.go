package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// service is a running offprint.
type service struct {
	cmd       *exec.Cmd
	base, ops string
	log       *os.File
}

// configuration lets pages of this machine be read, and has a hook that is called
// from it, and one whose deliveries are signed.
const configuration = `
[fetch]
deny_private = false
[hooks.bench]
source = "generic"
verify = "none"
event_path = "event"
url_path = "url"
actions = ["render"]
[hooks.signed]
source = "generic"
verify = "hmac"
secret_file = %q
actions = ["render"]
`

func startService(ctx context.Context, binary, work string) (*service, error) {
	if binary == "" {
		binary = filepath.Join(work, "offprint")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, "./cmd/offprint")
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build ./cmd/offprint: %w\n%s", err, out)
		}
	}
	config, secret := filepath.Join(work, "offprint.toml"), filepath.Join(work, "secret")
	if err := os.WriteFile(secret, []byte("a secret of the load runs, of 32 bytes and more"), 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(config, fmt.Appendf(nil, configuration, secret), 0o600); err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(work, "service.log"))
	if err != nil {
		return nil, err
	}
	s := &service{log: log}
	s.cmd = exec.CommandContext(ctx, binary, "serve", "--config", config, "--data-dir", filepath.Join(work, "data"),
		"--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--log-level", "error")
	s.cmd.Cancel = func() error { return s.cmd.Process.Signal(syscall.SIGTERM) }
	s.cmd.Stderr = log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	found := regexp.MustCompile(`offprint is at (http://\S+) .* at (http://\S+)/`)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if at := found.FindStringSubmatch(lines.Text()); at != nil {
			s.base, s.ops = at[1], at[2]
			go io.Copy(io.Discard, out)
			return s, s.await(ctx)
		}
	}
	return nil, fmt.Errorf("the service did not begin: %w", s.cmd.Wait())
}

// await waits until the service is ready.
func (s *service) await(ctx context.Context) error {
	for range 200 {
		if r, err := http.Get(s.base + "/readyz"); err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return errors.New("the service was not ready in 10 s")
}

func (s *service) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	s.cmd.Wait()
	s.log.Close()
}

// resident is the memory that the service holds, and peak the most that it ever held,
// in bytes; 0: not known.
func (s *service) resident() int64 { return s.memory("VmRSS:") }
func (s *service) peak() int64     { return s.memory("VmHWM:") }

func (s *service) memory(name string) int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, name); ok {
			kb, err := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			if err != nil {
				return 0
			}
			return kb << 10
		}
	}
	return 0
}

// counter reads a number from the metrics.
func (s *service) counter(name string) (float64, error) {
	r, err := http.Get(s.ops + "/metrics")
	if err != nil {
		return 0, err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(body) {
		if value, ok := bytes.CutPrefix(line, []byte(name+" ")); ok {
			return strconv.ParseFloat(string(bytes.TrimSpace(value)), 64)
		}
	}
	return 0, nil
}

// watch samples the memory until done is closed.
func (s *service) watch(done <-chan struct{}) <-chan []int64 {
	result := make(chan []int64, 1)
	go func() {
		var samples []int64
		for tick := time.NewTicker(500 * time.Millisecond); ; {
			select {
			case <-tick.C:
				samples = append(samples, s.resident())
			case <-done:
				tick.Stop()
				result <- samples
				return
			}
		}
	}()
	return result
}
