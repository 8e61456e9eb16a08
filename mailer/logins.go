package mailer

import (
	"context"
	"sync"
	"time"
)

// Logins is what the Senders of the same servers know of each other's connections.
// They connect one after another. Who waited takes the failure of the one before for
// its own. After a refused log-in or a bad certificate none of them connects until a
// rest has ended: too many wrong log-ins lock an account. The rest grows with each
// refusal in a row, and ends with the first success.
type Logins struct {
	// Now is the clock. Nil: the system's.
	Now func() time.Time

	mu      sync.Mutex
	servers map[string]*login // by address and user
}

// The rests after refusals in a row: the shortest, doubled each time, up to the
// longest.
const (
	shortestRest = 5 * time.Minute
	longestRest  = 30 * time.Minute
)

// login is the state of one account at one server.
type login struct {
	turn   chan struct{} // who holds it may connect
	tries  int           // that came to an end
	failed *Error        // of the last of them; nil: it went well
	pause  time.Duration // the last rest
	until  time.Time     // when it ends
}

func (l *Logins) now() time.Time {
	if l.Now == nil {
		return time.Now()
	}
	return l.Now()
}

// at gives the state of a server's account.
func (l *Logins) at(s *Server) *login {
	name := s.addr() + " " + s.User
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.servers == nil {
		l.servers = map[string]*login{}
	}
	if l.servers[name] == nil {
		l.servers[name] = &login{turn: make(chan struct{}, 1)}
	}
	return l.servers[name]
}

// connect opens a session when it is its turn and the server does not rest.
func (l *Logins) connect(
	ctx context.Context, s *Server, open func() (*session, *Error),
) (*session, *Error) {
	at := l.at(s)
	tries, e := l.look(at)
	if e != nil {
		return nil, e
	}
	select {
	case at.turn <- struct{}{}:
		defer func() { <-at.turn }()
	case <-ctx.Done():
		return nil, &Error{Op: "connect", Server: s.addr(), Err: ctx.Err(), state: Cancelled, broken: true}
	}
	if e := l.since(at, tries); e != nil {
		return nil, e
	}
	session, e := open()
	l.note(at, e)
	return session, e
}

// look says how many tries there were, or gives the refusal after which the server
// rests.
func (l *Logins) look(at *login) (tries int, e *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	left := at.until.Sub(l.now())
	if rests := left > 0 && left <= longestRest; rests { // more: the clock was set back
		return at.tries, at.failure()
	}
	return at.tries, nil
}

// since gives the failure of a try that ended meanwhile.
func (l *Logins) since(at *login, tries int) *Error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at.tries == tries || at.failed == nil {
		return nil
	}
	return at.failure()
}

// failure gives a failure of its own to each who shares it.
func (at *login) failure() *Error {
	e := *at.failed
	return &e
}

// note writes down what became of a try. What its caller broke off says nothing of
// the server.
func (l *Logins) note(at *login, e *Error) {
	if e != nil && e.state == Cancelled {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	at.tries++
	if e != nil && e.setup {
		at.pause = min(max(2*at.pause, shortestRest), longestRest)
		at.until = l.now().Add(at.pause)
		e.rest = at.until
	} else if e == nil {
		at.pause, at.until = 0, time.Time{}
	}
	if at.failed = nil; e != nil {
		failed := *e
		at.failed = &failed
	}
}
