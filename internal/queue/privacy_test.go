package queue

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"offprint/mailer"
)

// inFiles reports whether text stands anywhere in a data folder.
func inFiles(t *testing.T, dir, text string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("files of %s: %q, %v", dir, names, err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}

func TestExportAndErase(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	later := func(_ int, m *mailer.Message) mailer.Result {
		return mailer.Result{State: mailer.Deferred, Code: 450, Reply: "mailbox of " + m.To[0].String() + " is busy"}
	}
	stop := work(t, q, Worker{Renderer: newPress(3000), Senders: []Sender{&postman{answer: later}}})
	to := readers(t, 2)
	to[0].Name, to[0].Lang = "陳大文", "zh-Hant-HK"
	j := submit(t, q, Submission{Recipients: to, Source: "https://news.example/42"})
	eventually(t, "both put off", func() bool {
		_, states := deliveryStates(t, q, j.ID)
		return states[mailer.Deferred] == 2
	})
	stop()
	if err := q.Suppress(ctx, to[0].Address); err != nil {
		t.Fatal(err)
	}

	e, err := q.Export(ctx, address(t, "READER0@example.com"))
	if err != nil || !e.Suppressed || len(e.Records) != 1 {
		t.Fatalf("export %+v, %v", e, err)
	}
	if r := e.Records[0]; r.Job != j.ID || r.Name != "陳大文" || r.Lang != "zh-Hant-HK" || r.State != mailer.Deferred || !r.Kept || r.Source != "https://news.example/42" {
		t.Errorf("record %+v", r)
	}
	if !inFiles(t, q.options.Dir, "reader0@example.com") {
		t.Fatal("the address is not even there before: the check below would prove nothing")
	}

	if n, err := q.Erase(ctx, to[0].Address); n != 1 || err != nil {
		t.Errorf("erased %d, %v; want 1", n, err)
	}
	for _, text := range []string{"reader0", "陳大文"} {
		if inFiles(t, q.options.Dir, text) {
			t.Errorf("%q still stands in the files", text)
		}
	}
	if e, err := q.Export(ctx, to[0].Address); err != nil || len(e.Records) != 0 || !e.Suppressed {
		t.Errorf("export after erasing %+v, %v; want nothing but the wish for no mail", e, err)
	}
	got, err := q.Job(ctx, j.ID)
	if err != nil || got.Deliveries[0].Recipient != "" || got.Deliveries[0].State != mailer.Cancelled || got.Deliveries[1].State != mailer.Deferred {
		t.Errorf("job after erasing %+v, %v", got, err)
	}
}

func TestSuppression(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	to := readers(t, 2)
	if err := q.Suppress(ctx, address(t, "Reader0@Example.com")); err != nil {
		t.Fatal(err)
	}
	man := &postman{}
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{man}})
	j := waitFor(t, q, submit(t, q, Submission{Recipients: to}).ID, Done)
	if a, b := j.Deliveries[0].State, j.Deliveries[1].State; a != mailer.Suppressed || b != mailer.Sent {
		t.Errorf("states %s and %s, want suppressed and sent", a, b)
	}
	if len(man.tries("reader0@example.com")) != 0 {
		t.Error("who wants no mail got some")
	}
	if err := q.Unsuppress(ctx, to[0].Address); err != nil {
		t.Fatal(err)
	}
	if is, err := q.Suppressed(ctx, to[0].Address); is || err != nil {
		t.Errorf("still suppressed: %v, %v", is, err)
	}
}

// TestSecretIsKept: the list is of no use without the secret that made it.
func TestSecretIsKept(t *testing.T) {
	q, ctx := openQueue(t), context.Background()
	a := readers(t, 1)[0].Address
	if err := q.Suppress(ctx, a); err != nil {
		t.Fatal(err)
	}
	again, err := Open(ctx, Options{Dir: q.options.Dir})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if is, err := again.Suppressed(ctx, a); !is || err != nil {
		t.Errorf("forgotten when opened again: %v, %v", is, err)
	}
	if err := os.WriteFile(filepath.Join(q.options.Dir, secretFile), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, Options{Dir: q.options.Dir}); err == nil {
		t.Error("a damaged secret was taken")
	}
}

func TestBounce(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{&postman{}}})
	to := readers(t, 2)
	j := waitFor(t, q, submit(t, q, Submission{Recipients: to}).ID, Done)
	token := j.Deliveries[0].MessageID[:len(j.Deliveries[0].MessageID)-len("@offprint.example")]
	cases := []struct {
		name, id string
		known    bool
	}{
		{"token of VERP", token, true},
		{"whole Message-ID", j.Deliveries[0].MessageID, true},
		{"half a token", token[:8], false},
		{"unknown", "unknown@offprint.example", false},
		{"empty", "", false},
		{"pattern", "%", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			known, err := q.Bounced(ctx, c.id, 550, "5.1.1 no such user", true)
			if known != c.known || err != nil {
				t.Errorf("known %v, %v; want %v", known, err, c.known)
			}
		})
	}
	j, err := q.Job(ctx, j.ID)
	if err != nil || j.Deliveries[0].State != mailer.Bounced || j.Deliveries[0].Code != 550 || j.Deliveries[1].State != mailer.Sent {
		t.Errorf("job %+v, %v", j, err)
	}
	if is, err := q.Suppressed(ctx, to[0].Address); !is || err != nil {
		t.Errorf("suppressed %v, %v", is, err)
	}
}

// TestSweep: what is finished is forgotten after its time, with all that
// belongs to it, and what is not stays.
func TestSweep(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	q, ctx := openQueue(t, withClock(clock)), context.Background()
	work(t, q, Worker{Renderer: newPress(3000), Senders: []Sender{&postman{answer: func(_ int, m *mailer.Message) mailer.Result {
		if m.To[0].String() == "reader1@example.com" {
			return mailer.Result{State: mailer.Bounced, Code: 550}
		}
		return mailer.Result{State: mailer.Sent, Code: 250}
	}}}})
	old := waitFor(t, q, submit(t, q, Submission{Recipients: readers(t, 2)}).ID, Done)
	waiting := submit(t, q, Submission{Kind: PDF, Due: clock.Now().Add(1000 * time.Hour)})
	rows := func(table string) (n int) {
		err := q.transact(ctx, func(x *tx) error { return x.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n) })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if m, b := rows("offprint_message"), rows("offprint_blob"); m != 1 || b != 1 {
		t.Errorf("%d messages and %d parts kept, want the bounced one's", m, b)
	}
	for _, step := range []struct {
		wait time.Duration
		jobs int
	}{{defaultRetention - time.Minute, 2}, {2 * time.Minute, 1}} {
		clock.Add(step.wait)
		if err := q.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		if n := rows("offprint_job"); n != step.jobs {
			t.Errorf("%d jobs, want %d", n, step.jobs)
		}
	}
	for _, table := range []string{"offprint_delivery", "offprint_message", "offprint_blob_use", "offprint_blob"} {
		if n := rows(table); n != 0 {
			t.Errorf("%s: %d rows of job %s left", table, n, old.ID)
		}
	}
	if _, err := q.Job(ctx, waiting.ID); err != nil {
		t.Errorf("the waiting job: %v", err)
	}
}
