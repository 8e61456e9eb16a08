//go:build integration

package integration

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"offprint/mailer"
)

const (
	rounds   = 5   // each program runs once a round, so that all share the machine's moods
	messages = 200 // a program sends in one round
)

// race is the messages a second of one program, a round each.
type race map[string][]float64

func (r race) run(t *testing.T, name string, count int, send func()) {
	t.Helper()
	start := time.Now()
	send()
	r[name] = append(r[name], float64(count)/time.Since(start).Seconds())
}

// median is the middle of a program's rounds.
func (r race) median(name string) float64 {
	sorted := slices.Sorted(slices.Values(r[name]))
	return sorted[len(sorted)/2]
}

// TestThroughput prints how fast a message with a PDF of 300 KB goes to
// Postfix's smtp-sink, beside Python's smtplib and Postfix's smtp-source sending
// the same bytes. Figures of one machine at one time: only their ratios tell.
func TestThroughput(t *testing.T) {
	need(t, "smtp-sink", "smtp-source", python)
	number := sink(t)
	port := strconv.Itoa(number)
	m := compose(t, stories[1].letter(t, true))
	file := filepath.Join(folder(t), "message.eml")
	write(t, file, m.Bytes)
	rate := race{}
	for range rounds {
		rate.run(t, "ours, connection kept", messages, func() { deliver(t, plain(number), m, messages, false) })
		rate.run(t, "ours, connection each", messages, func() { deliver(t, plain(number), m, messages, true) })
		for _, mode := range []string{"reuse", "each"} {
			name := map[string]string{"reuse": "smtplib, connection kept", "each": "smtplib, connection each"}[mode]
			rate.run(t, name, messages, func() { run(t, nil, python, "smtplib_send.py", port, file, strconv.Itoa(messages), mode) })
		}
		source := []string{"-F", file, "-m", strconv.Itoa(messages), "-s", "1", "-f", "news@offprint.test", "-t", "reader@example.test"}
		rate.run(t, "smtp-source, connection kept", messages, func() { run(t, nil, "smtp-source", append(source, "-d", "127.0.0.1:"+port)...) })
		rate.run(t, "smtp-source, connection each", messages, func() { run(t, nil, "smtp-source", append(source, "127.0.0.1:"+port)...) })
	}
	t.Logf("%d bytes, median of %d rounds of %d messages", len(m.Bytes), rounds, messages)
	for _, name := range slices.Sorted(maps.Keys(rate)) {
		t.Logf("%-30s %7.1f msg/s", name, rate.median(name))
	}
	for _, mode := range []string{"kept", "each"} {
		ours := rate.median("ours, connection " + mode)
		t.Logf("connection %s: %.2f x smtplib, %.2f x smtp-source", mode,
			ours/rate.median("smtplib, connection "+mode), ours/rate.median("smtp-source, connection "+mode))
	}
}

// TestThroughputPostfix prints what keeping the connection is worth with TLS and
// log-in.
func TestThroughputPostfix(t *testing.T) {
	needPostfix(t)
	config, _ := postfix(t, "PLAIN")
	l := stories[1].letter(t, true)
	l.PDF = pdf(30_000) // so that Postfix's disk does not hide the connection's cost
	m := compose(t, l)
	const count = 60
	rate := race{}
	for range 3 {
		rate.run(t, "kept", count, func() { deliver(t, config, m, count, false) })
		rate.run(t, "each", count, func() { deliver(t, config, m, count, true) })
	}
	t.Logf("Postfix, STARTTLS and AUTH, %d bytes: kept %.1f msg/s, each %.1f msg/s, ratio %.1f",
		len(m.Bytes), rate.median("kept"), rate.median("each"), rate.median("kept")/rate.median("each"))
}

// deliver sends a message count times over one connection or over one each.
func deliver(t *testing.T, c *mailer.Config, m *mailer.Message, count int, each bool) {
	t.Helper()
	s, err := mailer.NewSender(c)
	if err != nil {
		t.Fatal(err)
	}
	for range count {
		if r := s.Deliver(t.Context(), m)[0]; r.State != mailer.Sent {
			t.Fatalf("%s %v", r.State, r.Err)
		}
		if each {
			s.Close()
		}
	}
	s.Close()
}

// sink starts smtp-sink, which takes mail and forgets it.
func sink(t *testing.T) int {
	t.Helper()
	port := freePort(t)
	args := []string{"127.0.0.1:" + strconv.Itoa(port), "256"}
	if os.Geteuid() == 0 {
		args = append([]string{"-u", "nobody"}, args...)
	}
	command := exec.Command("smtp-sink", args...)
	var out strings.Builder
	command.Stdout, command.Stderr = &out, &out
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	awaitPort(t, "smtp-sink", port)
	return port
}
