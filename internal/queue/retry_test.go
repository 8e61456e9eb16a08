package queue

import (
	"testing"
	"time"
)

// TestSchedules holds the schedules to the sums that their comments give.
func TestSchedules(t *testing.T) {
	cases := []struct {
		name    string
		s       schedule
		tries   int
		sum     time.Duration
		longest time.Duration
	}{
		{"mail", mailPauses, 28, 5*24*time.Hour + 7*time.Hour + 51*time.Minute, longestPause},
		{"render", renderPauses, 5, 14*time.Minute + 10*time.Second, longestRenderPause},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var sum, last time.Duration
			try := 1
			for ; ; try++ {
				pause, again := c.s.after(try)
				if !again {
					break
				}
				if pause < last || pause > c.longest {
					t.Errorf("after try %d: %v, want at least %v and at most %v", try, pause, last, c.longest)
				}
				sum, last = sum+pause, pause
			}
			if try != c.tries || sum != c.sum {
				t.Errorf("%d tries in %v, want %d in %v", try, sum, c.tries, c.sum)
			}
			if _, again := c.s.after(0); again {
				t.Error("there is a pause before the first try")
			}
		})
	}
}
