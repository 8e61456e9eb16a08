package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/mailer"
)

const hook = "https://cms.example/hook"

// ear is a caller that answers as a function says and remembers what it was told.
type ear struct {
	answer func(try int, c Call) (time.Duration, error)

	mu    sync.Mutex
	calls []Call
}

func (e *ear) Call(_ context.Context, c Call) (time.Duration, error) {
	e.mu.Lock()
	e.calls = append(e.calls, c)
	try := 0
	for _, one := range e.calls {
		if one.ID == c.ID {
			try++
		}
	}
	e.mu.Unlock()
	if e.answer == nil {
		return 0, nil
	}
	return e.answer(try, c)
}

func (e *ear) heard() []Call {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.calls)
}

// told reads a call's body.
func told(t testing.TB, c Call) payload {
	t.Helper()
	var p payload
	if err := json.Unmarshal(c.Body, &p); err != nil {
		t.Fatal(err)
	}
	return p
}

func events(t testing.TB, q *Queue, job string) []Event {
	t.Helper()
	all, err := q.Events(context.Background(), job)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// waitForEvents waits until n events of a job are in a state.
func waitForEvents(t testing.TB, q *Queue, job string, n int, s EventState) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d events %s", n, s), func() bool {
		in := 0
		for _, e := range events(t, q, job) {
			if e.State == s {
				in++
			}
		}
		return in == n
	})
}

// TestEvents: what is told of each way that a job can go.
func TestEvents(t *testing.T) {
	t.Parallel()
	temporary := func(err error) func(int) error { return func(int) error { return err } }
	bad := &Failure{Problem: Problem{Type: "/problems/not-an-article", Title: "not an article", Status: 422}}
	answer := func(s mailer.State, code int) func(int, *mailer.Message) mailer.Result {
		return func(int, *mailer.Message) mailer.Result {
			return mailer.Result{State: s, Code: code, Reply: "the server's words"}
		}
	}
	cases := []struct {
		name   string
		kind   Kind
		fail   func(int) error
		answer func(int, *mailer.Message) mailer.Result
		job    JobState
		want   []string // type, state, code, error of each, sorted
	}{
		{"print", PDF, nil, nil, Done, []string{"pdf.rendered done 0 "}},
		{"print fails", PDF, temporary(bad), nil, Failed, []string{"pdf.failed failed 0 /problems/not-an-article"}},
		{"mail", Email, nil, nil, Done, []string{"email.accepted sent 250 ", "email.accepted sent 250 "}},
		{"mail refused", Email, nil, answer(mailer.Bounced, 550), Failed, []string{"email.failed bounced 550 ", "email.failed bounced 550 "}},
		{"print of mail fails", Email, temporary(bad), nil, Failed, []string{
			"email.failed cancelled 0 /problems/not-an-article", "email.failed cancelled 0 /problems/not-an-article",
		}},
		{"mail to who wants none", Email, nil, answer(mailer.Suppressed, 0), Done, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			q, e, p := openQueue(t), &ear{}, newPress(10)
			p.fail = c.fail
			work(t, q, Worker{Renderer: p, Senders: []Sender{&postman{answer: c.answer}}, Caller: e})
			s := Submission{Kind: c.kind, Source: "https://news.example/42", Callback: hook, CallbackData: json.RawMessage(`{"id":42}`)}
			if c.kind == Email {
				s.Recipients = readers(t, 2)
			}
			silent := s
			silent.Callback = ""
			j := waitFor(t, q, submit(t, q, s).ID, c.job)
			waitForEvents(t, q, j.ID, len(c.want), EventDelivered)
			waitFor(t, q, submit(t, q, silent).ID, c.job)

			var got []string
			for _, call := range e.heard() {
				p := told(t, call)
				problem := ""
				if p.Data.Error != nil {
					problem = p.Data.Error.Type
				}
				got = append(got, fmt.Sprintf("%s %s %d %s", p.Type, p.Data.State, p.Data.Code, problem))
				if call.URL != hook || p.Data.Job != j.ID || p.Data.Kind != c.kind || p.Data.Source != s.Source || string(p.Data.CallbackData) != `{"id":42}` {
					t.Errorf("call %+v %s", call, call.Body)
				}
				if !strings.HasPrefix(call.ID, "evt_") || strings.Contains(call.ID, ".") || p.Timestamp.Before(j.Created) {
					t.Errorf("id %q, timestamp %v", call.ID, p.Timestamp)
				}
				if c.kind == Email && !slices.ContainsFunc(j.Deliveries, func(d Delivery) bool {
					return d.Recipient == p.Data.Recipient && d.MessageID == p.Data.MessageID && d.Reply == p.Data.Reply
				}) {
					t.Errorf("no such delivery: %s", call.Body)
				}
				if p.Type == PDFRendered && p.Data.Result.PDF != j.Result.PDF {
					t.Errorf("result %+v, want %+v", p.Data.Result, j.Result)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

// TestBounceIsToldOnce: a report that comes twice is one event, and so is one
// about mail that had been refused.
func TestBounceIsToldOnce(t *testing.T) {
	t.Parallel()
	q, e, ctx := openQueue(t), &ear{}, context.Background()
	work(t, q, Worker{Renderer: newPress(10), Caller: e, Senders: []Sender{&postman{answer: func(_ int, m *mailer.Message) mailer.Result {
		if m.To[0].String() == "reader1@example.com" {
			return mailer.Result{State: mailer.Bounced, Code: 550}
		}
		return mailer.Result{State: mailer.Sent, Code: 250}
	}}}})
	j := waitFor(t, q, submit(t, q, Submission{Recipients: readers(t, 2), Callback: hook}).ID, Done)
	for _, d := range append(j.Deliveries, j.Deliveries...) {
		if known, err := q.Bounced(ctx, d.MessageID, 511, "5.1.1 no such user", false); !known || err != nil {
			t.Fatal(known, err)
		}
	}
	waitForEvents(t, q, j.ID, 3, EventDelivered)
	for _, c := range e.heard() {
		if p := told(t, c); p.Type == EmailBounced && (p.Data.Recipient != "reader0@example.com" || p.Data.Code != 511 || p.Data.State != "bounced") {
			t.Errorf("told %s", c.Body)
		}
	}
}

// TestBounceOfDoubt: a report about mail that was in doubt ends its job.
func TestBounceOfDoubt(t *testing.T) {
	t.Parallel()
	q, e := openQueue(t), &ear{}
	work(t, q, Worker{Renderer: newPress(10), Caller: e, Senders: []Sender{&postman{answer: func(int, *mailer.Message) mailer.Result {
		return mailer.Result{State: mailer.InDoubt}
	}}}})
	j := submit(t, q, Submission{Recipients: readers(t, 1), Callback: hook})
	eventually(t, "in doubt", func() bool {
		_, states := deliveryStates(t, q, j.ID)
		return states[mailer.InDoubt] == 1
	})
	j, err := q.Job(context.Background(), j.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Bounced(context.Background(), j.Deliveries[0].MessageID, 550, "", false); err != nil {
		t.Fatal(err)
	}
	waitFor(t, q, j.ID, Failed)
	waitForEvents(t, q, j.ID, 1, EventDelivered)
	if p := told(t, e.heard()[0]); p.Type != EmailBounced {
		t.Errorf("told %+v", p)
	}
}

// TestCancelledIsNotTold, and a print that is done again is told again.
func TestCancelledIsNotTold(t *testing.T) {
	t.Parallel()
	q, e, ctx := openQueue(t), &ear{}, context.Background()
	j := submit(t, q, Submission{Kind: PDF, Callback: hook})
	if _, err := q.Cancel(ctx, j.ID); err != nil {
		t.Fatal(err)
	}
	if n := len(events(t, q, j.ID)); n != 0 {
		t.Errorf("%d events of a cancelled job", n)
	}
	work(t, q, Worker{Renderer: newPress(10), Caller: e})
	if _, err := q.Retry(ctx, j.ID); err != nil {
		t.Fatal(err)
	}
	waitForEvents(t, q, j.ID, 1, EventDelivered)
	if _, err := q.Retry(ctx, j.ID); !errors.Is(err, ErrNoRetry) {
		t.Errorf("retry of what went well: %v", err)
	}
}

// TestCallsOverDays takes an event through the whole schedule, under a fake
// clock: the same id and body each time, and retried by hand after the last.
func TestCallsOverDays(t *testing.T) {
	t.Parallel()
	clock, start := newFakeClock(), time.Time{}
	var mu sync.Mutex
	var at []time.Duration
	back := false
	e := &ear{answer: func(int, Call) (time.Duration, error) {
		mu.Lock()
		defer mu.Unlock()
		at = append(at, clock.Now().Sub(start))
		if back {
			return 0, nil
		}
		return 0, errors.New("the server answered 500")
	}}
	start = clock.Now()
	q := openQueue(t, withClock(clock))
	work(t, q, Worker{Renderer: newPress(10), Caller: e})
	j := waitFor(t, q, submit(t, q, Submission{Kind: PDF, Callback: hook}).ID, Done)
	tries := len(callPauses) + 1
	for try := 1; ; try++ {
		eventually(t, fmt.Sprintf("try %d", try), func() bool { return events(t, q, j.ID)[0].Attempts == try })
		if try == tries {
			break
		}
		next := events(t, q, j.ID)[0].NextTry
		eventually(t, "River job put off", func() bool { return scheduled(t, q) == 1 })
		clock.Add(next.Sub(clock.Now()) - time.Millisecond)
		wakeDue(t, q)
		if err := q.followClock(context.Background()); err != nil {
			t.Fatal(err)
		}
		if n := scheduled(t, q); n != 1 {
			t.Fatalf("try %d is made too early", try+1)
		}
		clock.Add(time.Millisecond)
		wakeDue(t, q)
	}
	last := events(t, q, j.ID)[0]
	if last.State != EventFailed || last.Error != "the server answered 500" || !last.NextTry.IsZero() {
		t.Errorf("after the last try: %+v", last)
	}
	sum := time.Duration(0)
	for i, pause := range callPauses {
		sum += pause
		mu.Lock()
		if got := at[i+1]; got < sum-sum/10 || got > sum+sum/10 {
			t.Errorf("try %d after %v, want %v give or take a tenth", i+2, got, sum)
		}
		mu.Unlock()
	}
	if s, err := q.Stats(context.Background()); err != nil || s.Events[EventFailed] != 1 {
		t.Errorf("stats %+v, %v", s, err)
	}

	mu.Lock()
	back = true
	mu.Unlock()
	if _, err := q.Retry(context.Background(), j.ID); err != nil {
		t.Fatal(err)
	}
	waitForEvents(t, q, j.ID, 1, EventDelivered)
	calls := e.heard()
	if len(calls) != tries+1 {
		t.Errorf("%d calls, want %d", len(calls), tries+1)
	}
	for _, c := range calls {
		if c.ID != calls[0].ID || string(c.Body) != string(calls[0].Body) {
			t.Errorf("call %s %s, want the first one's", c.ID, c.Body)
		}
	}
	if a, b := calls[0].Time, calls[1].Time; !a.Before(b) {
		t.Errorf("the second try has the time %v, the first %v", b, a)
	}
}

// scheduled counts the River jobs that wait; River counts those that wait less
// than 5 s as available.
func scheduled(t testing.TB, q *Queue) (n int) {
	t.Helper()
	err := q.transact(context.Background(), func(x *tx) error {
		return x.QueryRow(`SELECT count(*) FROM river_job WHERE state IN ('scheduled', 'available')`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRetryAfterIsHeeded(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name          string
		retryAfter    time.Duration
		least, atMost time.Duration
	}{
		{"none", 0, 4 * time.Second, 6 * time.Second},
		{"sooner than the schedule", time.Second, 4 * time.Second, 6 * time.Second},
		{"an hour", time.Hour, time.Hour, time.Hour},
		{"a year", 365 * 24 * time.Hour, maxRetryAfter, maxRetryAfter},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			clock := newFakeClock()
			q := openQueue(t, withClock(clock))
			work(t, q, Worker{Renderer: newPress(10), Caller: &ear{answer: func(int, Call) (time.Duration, error) {
				return c.retryAfter, errors.New("busy")
			}}})
			j := waitFor(t, q, submit(t, q, Submission{Kind: PDF, Callback: hook}).ID, Done)
			eventually(t, "first try", func() bool { return events(t, q, j.ID)[0].Attempts == 1 })
			if wait := events(t, q, j.ID)[0].NextTry.Sub(clock.Now()); wait < c.least || wait > c.atMost {
				t.Errorf("wait %v, want %v to %v", wait, c.least, c.atMost)
			}
		})
	}
}

// TestGone: after 410 nothing more is told of that job, and of others it is.
func TestGone(t *testing.T) {
	t.Parallel()
	q, ctx := openQueue(t), context.Background()
	var gone sync.Map
	e := &ear{answer: func(_ int, c Call) (time.Duration, error) {
		if _, is := gone.Load(told(t, c).Data.Job); is {
			return 0, fmt.Errorf("the server answered 410: %w", ErrGone)
		}
		return 0, nil
	}}
	first := submit(t, q, Submission{Recipients: readers(t, 1), Callback: hook})
	gone.Store(first.ID, true)
	work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{&postman{}}, Caller: e})
	waitForEvents(t, q, first.ID, 1, EventGone)
	other := submit(t, q, Submission{Recipients: readers(t, 1), Callback: hook})
	waitForEvents(t, q, other.ID, 1, EventDelivered)
	for _, job := range []string{first.ID, other.ID} {
		j, err := q.Job(ctx, job)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.Bounced(ctx, j.Deliveries[0].MessageID, 550, "", false); err != nil {
			t.Fatal(err)
		}
	}
	waitForEvents(t, q, other.ID, 2, EventDelivered)
	if all := events(t, q, first.ID); len(all) != 1 || len(e.heard()) != 3 {
		t.Errorf("events %+v, %d calls; want no more after 410", all, len(e.heard()))
	}
	var kept int
	if err := q.transact(ctx, func(x *tx) error {
		return x.QueryRow(`SELECT count(*) FROM offprint_event WHERE body <> ''`).Scan(&kept)
	}); err != nil || kept != 0 {
		t.Errorf("%d bodies are kept that nobody needs, %v", kept, err)
	}
}
