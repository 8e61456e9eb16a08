package main

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// Whoever waits for balancers for an hour must not wait for them when nothing
// answers any more.
func TestUntilEnd(t *testing.T) {
	broke := errors.New("listener is gone")
	for _, c := range []struct {
		name         string
		end, broke   time.Duration // when; 0: never
		delay, lasts time.Duration
		want         error
	}{
		{"the end", time.Minute, 0, 0, time.Minute, nil},
		{"the end, with a delay", time.Minute, 0, time.Hour, time.Minute + time.Hour, nil},
		{"broken", 0, time.Minute, time.Hour, time.Minute, broke},
		{"broken in the delay", time.Minute, 2 * time.Minute, time.Hour, 2 * time.Minute, broke},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			broken := make(chan error, 1)
			if c.end > 0 {
				time.AfterFunc(c.end, cancel)
			}
			if c.broke > 0 {
				time.AfterFunc(c.broke, func() { broken <- broke })
			}
			start := time.Now()
			told := 0
			err := untilEnd(ctx, c.delay, broken, func() { told++ })
			if lasted := time.Since(start); err != c.want || lasted != c.lasts {
				t.Errorf("%s: %v after %s, want %v after %s", c.name, err, lasted, c.want, c.lasts)
			}
			if asked := c.end > 0; (told == 1) != asked {
				t.Errorf("%s: the end was told of %d times", c.name, told)
			}
		})
	}
}
