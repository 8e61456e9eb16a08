package mailer

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// Sender delivers messages, one after another, over one connection that it
// opens when the first message comes and keeps for the next. Methods may be
// called from several goroutines and wait for each other; for messages side by
// side, use several Senders.
type Sender struct {
	// Suppressed, when set, says who asked for no mail. NewSender sets it to the
	// configured file.
	Suppressed SuppressionList
	// Timeouts may be changed before the first delivery.
	Timeouts Timeouts
	// Logins may be shared with other Senders of the same servers, before the first
	// delivery.
	Logins *Logins

	servers []Server
	helo    string
	pace    pace

	mu      sync.Mutex
	session *session
	current int  // the server that the session talks to
	turn    bool // Ready has waited for the rate limit
	resting []time.Time
}

// serverRest is how long a server that was out of reach is passed over while
// another one answers.
const serverRest = time.Minute

// NewSender makes a Sender for the configured servers. It does not connect yet.
func NewSender(c *Config) (*Sender, error) {
	if err := c.Validate(); err != nil {
		return nil, fmt.Errorf("set up mail delivery: %w", err)
	}
	from, err := ParseMailbox(c.From)
	if err != nil {
		return nil, fmt.Errorf("set up mail delivery: %w", err)
	}
	s := &Sender{
		servers: c.AllServers(), helo: from.Address.Domain(),
		Timeouts: DefaultTimeouts, pace: pace{perSecond: c.RatePerSecond}, Logins: &Logins{},
	}
	s.resting = make([]time.Time, len(s.servers))
	if c.SuppressionFile != "" {
		file, err := OpenSuppressionFile(c.SuppressionFile, nil)
		if err != nil {
			return nil, fmt.Errorf("set up mail delivery: %w", err)
		}
		s.Suppressed = file
	}
	return s, nil
}

// Suppresses reports whether an address asked for no mail.
func (s *Sender) Suppresses(a Address) bool { return s.Suppressed != nil && s.Suppressed.Has(a) }

// Ready waits until the rate limit lets the next message go, and connects. Deliver
// does both by itself. A caller who notes that a message goes out calls Ready first:
// none can go out before it returns. An error is an [*Error].
func (s *Sender) Ready(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.takeTurn(ctx); e != nil {
		return e
	}
	s.turn = true
	if _, e := s.connect(ctx, nil); e != nil {
		return e
	}
	return nil
}

// takeTurn waits for the rate limit, unless Ready did.
func (s *Sender) takeTurn(ctx context.Context) *Error {
	if s.turn {
		s.turn = false
		return nil
	}
	if err := s.pace.wait(ctx); err != nil {
		return &Error{Op: "wait for its turn", Err: err, state: Cancelled}
	}
	return nil
}

// Deliver hands the message to the first server that takes it, and gives one
// result for each of its recipients, in their order. It never tries again after
// a doubt: whether to is the caller's decision.
func (s *Sender) Deliver(ctx context.Context, m *Message) []Result {
	results := make([]Result, len(m.To))
	var open []*Result
	for i, to := range m.To {
		results[i] = Result{Recipient: to, State: Queued, MessageID: m.ID}
		if s.Suppresses(to) {
			results[i].State = Suppressed
			continue
		}
		open = append(open, &results[i])
	}
	if len(open) == 0 {
		return results
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.takeTurn(ctx); e != nil {
		share(open, e)
		return results
	}
	s.deliver(ctx, m, open)
	return results
}

// deliver tries the servers in order until one takes the message, refuses it,
// or leaves it in doubt. Only what certainly failed before the final dot, for
// reasons of the connection, goes on to the next server.
func (s *Sender) deliver(ctx context.Context, m *Message, open []*Result) {
	var last *Error
	for range len(s.servers) + 1 { // once more: a kept connection may have died of old age
		session, e := s.connect(ctx, last)
		if e != nil {
			last = e
			break
		}
		for _, r := range open {
			*r = Result{Recipient: r.Recipient, State: Queued, MessageID: m.ID, Server: session.addr}
		}
		old := session.used
		if e = session.deliver(ctx, m, open); e == nil {
			return
		}
		if e.setup { // the account is refused in the middle of a session
			s.Logins.note(s.Logins.at(&s.servers[s.current]), e)
		}
		if e.Server = session.addr; e.broken {
			s.drop(old)
		}
		if ctx.Err() != nil && e.broken && e.state == Deferred {
			e.state, e.Err = Cancelled, ctx.Err()
		}
		if last = e; !e.broken || e.state != Deferred {
			break
		}
	}
	share(open, last)
}

// connect gives the open session, or opens one to the first server that can be
// reached; last is why the attempt before failed, if there was one.
func (s *Sender) connect(ctx context.Context, last *Error) (*session, *Error) {
	if s.session != nil {
		return s.session, nil
	}
	now := time.Now()
	for pass := range 2 { // rested servers first; if there is none, all of them
		for i := range s.servers {
			resting := now.Before(s.resting[i])
			if (pass == 0) == resting {
				continue
			}
			if pass == 1 && last != nil {
				continue // it has had its chance in this delivery
			}
			session, e := s.Logins.connect(ctx, &s.servers[i], func() (*session, *Error) {
				return dial(ctx, s.servers[i], s.helo, s.Timeouts)
			})
			if e == nil {
				s.session, s.current, s.resting[i] = session, i, time.Time{}
				return session, nil
			}
			if last = moreTelling(last, e); e.state == Cancelled {
				return nil, e
			}
			s.resting[i] = now.Add(serverRest)
		}
	}
	return nil, last
}

// moreTelling gives the one of two failures that a person should read.
func moreTelling(old, e *Error) *Error {
	if old == nil || e.setup && !old.setup || e.state == Cancelled {
		return e
	}
	return old
}

// drop closes a session that carries nothing more. Its server is passed over
// for a while, unless the connection was merely an old one.
func (s *Sender) drop(old bool) {
	s.session.close(false)
	s.session = nil
	if !old {
		s.resting[s.current] = time.Now().Add(serverRest)
	}
}

// share gives the fate of the whole transaction to each recipient that has none
// of its own yet.
func share(open []*Result, e *Error) {
	for _, r := range open {
		if r.State == Queued {
			r.Server = e.Server
			r.settle(e.state, reply{e.Code, e.Reply}, e)
		}
	}
}

// MaxSize asks the server how large a message may be, in bytes; 0 means that it
// names no limit.
func (s *Sender) MaxSize(ctx context.Context) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	session, e := s.connect(ctx, nil)
	if e != nil {
		return 0, e
	}
	return session.size, nil
}

// Close ends the connection. A Sender may be used again afterwards.
func (s *Sender) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session != nil {
		s.session.close(true)
		s.session = nil
	}
	return nil
}

// pace spaces messages out evenly.
type pace struct {
	perSecond float64 // 0: no limit
	next      time.Time
}

// wait sleeps until the next message may go.
func (p *pace) wait(ctx context.Context) error {
	if ctx.Err() != nil || p.perSecond <= 0 {
		return ctx.Err()
	}
	now := time.Now()
	if p.next.Before(now) {
		p.next = now
	}
	pause := p.next.Sub(now)
	p.next = p.next.Add(time.Duration(float64(time.Second) / p.perSecond))
	select {
	case <-time.After(pause):
		return nil
	case <-ctx.Done():
		return errors.New("cancelled while waiting for the rate limit")
	}
}
