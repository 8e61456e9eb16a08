package queue

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestSlowEndpoint: one system that does not answer, with more events than there
// are places, keeps nobody else waiting.
func TestSlowEndpoint(t *testing.T) {
	t.Parallel()
	q := openQueue(t)
	release := make(chan struct{})
	answer := sync.OnceFunc(func() { close(release) })
	var mu sync.Mutex
	inside, most := 0, 0
	e := &ear{answer: func(_ int, c Call) (time.Duration, error) {
		if !strings.Contains(c.URL, "slow") {
			return 0, nil
		}
		mu.Lock()
		inside++
		most = max(most, inside)
		mu.Unlock()
		<-release
		mu.Lock()
		inside--
		mu.Unlock()
		return 0, nil
	}}
	slow := submit(t, q, Submission{Recipients: readers(t, 20), Callback: "https://slow.example/hook"})
	stop := work(t, q, Worker{Renderer: newPress(10), Senders: []Sender{&postman{}, &postman{}}, Caller: e, CallSlots: 8})
	t.Cleanup(answer) // before the worker is stopped, also when the test fails
	waitFor(t, q, slow.ID, Done)
	eventually(t, "the slow one is called", func() bool { mu.Lock(); defer mu.Unlock(); return inside == fewCalls })
	for range 3 {
		j := submit(t, q, Submission{Kind: PDF, Callback: hook})
		waitForEvents(t, q, j.ID, 1, EventDelivered)
	}
	mu.Lock()
	if most != fewCalls {
		t.Errorf("%d calls were under way at the slow one, want %d", most, fewCalls)
	}
	mu.Unlock()
	answer()
	waitForEvents(t, q, slow.ID, 20, EventDelivered)
	stop()
	if n := len(e.heard()); n != 23 {
		t.Errorf("%d calls, want 23", n)
	}
}

// TestCallsAfterClockJump: a call that was put off under a clock that went back
// is made at once.
func TestCallsAfterClockJump(t *testing.T) {
	t.Parallel()
	clock := newFakeClock()
	q := openQueue(t, withClock(clock))
	work(t, q, Worker{Renderer: newPress(10), Caller: &ear{answer: func(try int, _ Call) (time.Duration, error) {
		if try == 1 {
			return maxRetryAfter, errors.New("busy")
		}
		return 0, nil
	}}})
	j := waitFor(t, q, submit(t, q, Submission{Kind: PDF, Callback: hook}).ID, Done)
	eventually(t, "first try", func() bool { return events(t, q, j.ID)[0].Attempts == 1 })
	eventually(t, "put off", func() bool { return scheduled(t, q) == 1 })
	for _, step := range []struct {
		jump  time.Duration
		state EventState
	}{{-time.Hour, EventWaiting}, {-48 * time.Hour, EventDelivered}} {
		clock.Add(step.jump)
		if err := q.followClock(context.Background()); err != nil {
			t.Fatal(err)
		}
		if step.state == EventWaiting && scheduled(t, q) != 1 {
			t.Error("an hour is no reason")
		}
	}
	waitForEvents(t, q, j.ID, 1, EventDelivered)
}

// TestCallIsBrokenOff: the end of the program is no try, and the next start
// makes the call.
func TestCallIsBrokenOff(t *testing.T) {
	t.Parallel()
	q := openQueue(t)
	begun := make(chan struct{}, 1)
	hang := callerFunc(func(ctx context.Context, _ Call) (time.Duration, error) {
		begun <- struct{}{}
		<-ctx.Done()
		return 0, ctx.Err()
	})
	stop := work(t, q, Worker{Renderer: newPress(10), Caller: hang, StopTimeout: time.Millisecond})
	j := submit(t, q, Submission{Kind: PDF, Callback: hook})
	<-begun
	stop()
	if e := events(t, q, j.ID); len(e) != 1 || e[0].State != EventWaiting || e[0].Attempts != 0 {
		t.Errorf("events %+v", e)
	}
	e := &ear{}
	work(t, q, Worker{Renderer: newPress(10), Caller: e})
	waitForEvents(t, q, j.ID, 1, EventDelivered)
}

type callerFunc func(ctx context.Context, c Call) (time.Duration, error)

func (f callerFunc) Call(ctx context.Context, c Call) (time.Duration, error) { return f(ctx, c) }
