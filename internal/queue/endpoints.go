package queue

import (
	"sync"
	"time"
)

// endpoints shares the places for calls out among the hosts that are called, so
// that a slow one with a thousand events does not keep the others waiting. A
// host may have two calls under way until one was answered well and soon; then
// half of the places, for as long as that lasts.
type endpoints struct {
	places int // in all

	mu    sync.Mutex
	hosts map[string]*endpoint
}

type endpoint struct {
	busy int           // calls under way
	well bool          // the last answer was good and came soon
	took time.Duration // the last call
	turn time.Time     // up to when turns are given out
}

const (
	fewCalls = 2 // under way at a host that is not known to be well
	soon     = 5 * time.Second
	// Turns are given out as if a call took the time of the last one, within these:
	// a host that is well again after a slow call gets what waits soon.
	quickCall = 100 * time.Millisecond
	slowCall  = 2 * time.Second

	shortTurn   = 1 * time.Second
	longestTurn = 10 * time.Minute
)

// enter takes a place for a call to a host; or says how long to wait for one,
// which is the longer the more wait already.
func (e *endpoints) enter(host string, now time.Time) (wait time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	h := e.hosts[host]
	if h == nil {
		if e.hosts == nil {
			e.hosts = map[string]*endpoint{}
		}
		h = &endpoint{}
		e.hosts[host] = h
	}
	most := fewCalls
	if h.well {
		most = max(e.places/2, fewCalls)
	}
	if h.busy < most {
		h.busy++
		return 0
	}
	// Turns begin anew where they reach too far, be it that the clock was set back.
	if ahead := h.turn.Sub(now); ahead < 0 || ahead > longestTurn {
		h.turn = now
	}
	h.turn = h.turn.Add(min(max(h.took, quickCall), slowCall) / time.Duration(most))
	return max(h.turn.Sub(now), shortTurn)
}

// leave gives the place back.
func (e *endpoints) leave(host string, took time.Duration, ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	h := e.hosts[host]
	h.busy--
	h.took, h.well = took, ok && took < soon
	if h.busy == 0 && len(e.hosts) > maxHosts {
		delete(e.hosts, host) // it is met as a stranger next time
	}
}

// maxHosts is how many hosts are remembered that have no call under way.
const maxHosts = 1000
