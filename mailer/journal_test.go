package mailer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func openJournal(t *testing.T, path, job string) *Journal {
	t.Helper()
	j, err := OpenJournal(path, job)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func TestJournalResumes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "job.jsonl")
	m := sampleMessage(t)
	sent, doubtful, unknown := mustAddress(t, "sent@example.com"), mustAddress(t, "doubtful@example.com"), mustAddress(t, "unknown@example.com")
	j := openJournal(t, path, "job-1")
	for _, to := range []Address{sent, doubtful} {
		one := *m
		one.To = []Address{to}
		if err := j.Begin(&one); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.End([]Result{{Recipient: sent, State: Sent, Code: 250, Reply: "2.0.0 ok", MessageID: m.ID}}); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil { // the process dies here
		t.Fatal(err)
	}
	// Its last line was half written.
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(`{"recipient":"doubtful@example.com","state":"se`); err != nil {
		t.Fatal(err)
	}
	file.Close()

	j = openJournal(t, path, "job-1")
	if r, ok := j.Last(mustAddress(t, "Sent@Example.com")); !ok || r.State != Sent || r.Code != 250 || !r.State.Settled() {
		t.Errorf("the sent one is %v, %v", r, ok)
	}
	if r, ok := j.Last(doubtful); !ok || r.State != InDoubt || r.MessageID != m.ID || r.State.Settled() {
		t.Errorf("the doubtful one is %v, %v", r, ok)
	}
	if r, ok := j.Last(unknown); ok {
		t.Errorf("the unknown one is %v", r)
	}
	if err := j.End([]Result{{Recipient: doubtful, State: Sent, MessageID: m.ID}}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n != 5 || !strings.HasSuffix(string(data), "\n") || strings.Contains(string(data), `"se{`) {
		t.Errorf("journal has %d lines:\n%s", n, data)
	}
}

func TestJournalRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, content, job, want string }{
		{"another job", `{"job":"job-1","begun":"2026-11-23T09:30:00Z"}` + "\n", "job-2", "another job"},
		{"no journal", "email,name\na@example.com", "job-1", "not a journal"},
		{"no journal and no line", "email", "job-1", "not a journal"},
		{"damaged", `{"job":"job-1","begun":"2026-11-23T09:30:00Z"}` + "\n{}\n", "job-1", "line 2 is damaged"},
		{"injected address", `{"job":"job-1","begun":"2026-11-23T09:30:00Z"}` + "\n" + `{"recipient":"a b","state":"sent"}` + "\n", "job-1", "line 2 is damaged"},
		{"no name", "", "", "name of a job"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-"))
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := OpenJournal(path, c.job); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one about %q", err, c.want)
			}
			if left, err := os.ReadFile(path); err != nil || string(left) != c.content {
				t.Errorf("the refused file was changed: %q, %v", left, err)
			}
		})
	}
	path := filepath.Join(dir, "held")
	openJournal(t, path, "job-1")
	if _, err := OpenJournal(path, "job-1"); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("a held journal opens: %v", err)
	}
}
