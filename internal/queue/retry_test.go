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
		{"letters", letterPauses, 125, 5*24*time.Hour + 14*time.Minute + 10*time.Second, longestRenderPause},
		{"render", renderPauses, 5, 14*time.Minute + 10*time.Second, longestRenderPause},
		{"callbacks", callPauses, 10, 75*time.Hour + 35*time.Minute + 5*time.Second, longestCallPause},
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

// TestLongestPauses: what is computed of the schedules is what they say.
func TestLongestPauses(t *testing.T) {
	cases := []struct {
		name      string
		got, want time.Duration
	}{
		{"mail", longestPause, 6 * time.Hour},
		{"render", longestRenderPause, 1 * time.Hour},
		{"callbacks", longestCallPause, 26*time.Hour + 24*time.Minute},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("longest pause of %s is %v, want %v", c.name, c.got, c.want)
		}
	}
}

func TestJitter(t *testing.T) {
	least, most := 2*time.Hour, time.Duration(0)
	for range 1000 {
		j := jitter(time.Hour)
		least, most = min(least, j), max(most, j)
	}
	if least < 54*time.Minute || most > 66*time.Minute+1 || most-least < 6*time.Minute {
		t.Errorf("an hour became %v to %v, want 54 m to 66 m", least, most)
	}
	if longest := jitter(callPauses[len(callPauses)-1]); longest > longestCallPause {
		t.Errorf("a wait of %v is longer than %v", longest, longestCallPause)
	}
}
