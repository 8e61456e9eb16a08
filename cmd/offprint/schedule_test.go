package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"offprint/internal/queue"
)

// What the command line schedules is the service's like any other job: sent from
// its own address, and told of where it tells of jobs.
func TestScheduleByCommand(t *testing.T) {
	site := httptest.NewServer(newSite())
	t.Cleanup(site.Close)
	told := make(chan string, 9)
	cms := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		told <- string(body)
	}))
	t.Cleanup(cms.Close)
	box, port := openLetterBox(t)
	s := startService(t, fmt.Sprintf(`
[mail]
host = "127.0.0.1"
port = %d
tls = "none"
from = "news@offprint.example"
[fetch]
deny_private = false
[callbacks]
url = %q
allow_hosts = ["127.0.0.1"]
`, port, cms.URL))
	var id, log bytes.Buffer
	args := []string{"email", site.URL + "/page.html", "--to", "reader@example.com", "--schedule", "+1s", "--data-dir", s.data, "--config", s.file}
	if code := run(append(args, "--from", "other@offprint.example"), strings.NewReader(""), &id, &log); code != exitUsage || !strings.Contains(log.String(), "--from") {
		t.Errorf("with a sender of its own: exit %d\n%s", code, log.String())
	}
	if code := run(args, strings.NewReader(""), &id, &log); code != 0 {
		t.Fatalf("exit %d\n%s", code, log.String())
	}
	if job := s.finished(strings.TrimSpace(id.String())); job.State != queue.Done || len(box.of("reader@example.com")) != 1 {
		t.Errorf("job: %+v", job)
	}
	select {
	case body := <-told:
		if !strings.Contains(body, `"email.accepted"`) {
			t.Errorf("told: %s", body)
		}
	case <-time.After(30 * time.Second):
		t.Errorf("callbacks.url was not told\n%s", s.log)
	}
}

func TestParseTime(t *testing.T) {
	zone := time.FixedZone("HKT", 8*3600)
	now := time.Date(2026, 11, 26, 9, 30, 0, 0, zone)
	for in, want := range map[string]string{
		"2026-11-27 08:00":          "2026-11-27T08:00:00+08:00",
		"2026-11-27T08:00:00Z":      "2026-11-27T08:00:00Z",
		"2026-11-27T08:00:00+09:00": "2026-11-27T08:00:00+09:00",
		"10:00":                     "2026-11-26T10:00:00+08:00",
		"08:00":                     "2026-11-27T08:00:00+08:00",
		"+2h30m":                    "2026-11-26T12:00:00+08:00",
	} {
		if got, err := parseTime(in, now); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s: %s (%v), want %s", in, got.Format(time.RFC3339), err, want)
		}
	}
	for _, in := range []string{"", "tomorrow", "25:00", "2026-13-01 08:00"} {
		if _, err := parseTime(in, now); err == nil {
			t.Errorf("%q is a time", in)
		}
	}
}
