package readers

import (
	"sync"
	"time"
)

// Load raises the work of challenges while many are asked for.
type Load struct {
	mu     sync.Mutex
	minute int64
	before int // asked for in the minute before
	now    int
}

// busyMinute is how many challenges of a minute raise the work by a bit; each doubling
// raises it by another.
const busyMinute = 60

// Bits is how many the next challenge has, from least to 22. It counts the challenge.
func (l *Load) Bits(least int, now time.Time) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch minute := now.Unix() / 60; {
	case minute == l.minute+1:
		l.minute, l.before, l.now = minute, l.now, 0
	case minute != l.minute:
		l.minute, l.before, l.now = minute, 0, 0
	}
	l.now++
	work := least
	for asked := max(l.before, l.now); asked > busyMinute && work < mostBits; asked /= 2 {
		work++
	}
	return max(work, least)
}
