package mailer

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// fault is one thing that goes wrong on a connection.
type fault struct {
	step string // "greeting", a verb, "body" (after at bytes of it), or "dot" (the answer to the whole message)
	at   int
	what string // drop, stall, 4xx, 5xx, wrong, tls
}

func (f fault) String() string {
	if f.step == "body" {
		return f.what + " after byte " + strconv.Itoa(f.at)
	}
	return f.what + " at " + f.step
}

// answer is the line that the faulty server says instead of its own.
func (f fault) answer() string {
	switch f.what {
	case "4xx":
		return "451 4.3.0 fault\r\n"
	case "5xx":
		return "554 5.3.0 fault\r\n"
	case "tls":
		return "220 2.0.0 go ahead\r\n"
	}
	if f.step == "DATA" {
		return "250 2.0.0 fine\r\n" // 354 is the only answer that lets the message through
	}
	return "999 what\r\n"
}

// faultConn is the server's end of a connection with a fault in it. It follows
// the dialogue: Read notes the commands that come, Write knows which of them is
// being answered.
type faultConn struct {
	net.Conn
	fault fault

	mu      sync.Mutex
	waiting []string // commands whose answers are still to be written
	line    []byte   // the command line that is coming in
	body    int      // bytes of the message so far; -1 outside DATA
	tail    []byte   // last bytes of the message
	struck  bool
	closed  chan struct{}
	once    sync.Once
}

func withFault(f fault) officeOption {
	return withWrap(func(l net.Listener) net.Listener { return &faultListener{l, f} })
}

type faultListener struct {
	net.Listener
	fault fault
}

func (l *faultListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &faultConn{Conn: conn, fault: l.fault, waiting: []string{"greeting"}, body: -1, closed: make(chan struct{})}, nil
}

func (c *faultConn) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

func (c *faultConn) Read(p []byte) (int, error) {
	c.mu.Lock()
	room := len(p)
	if c.fault.step == "body" && c.body >= 0 && !c.struck {
		room = min(room, c.fault.at-c.body)
	}
	c.mu.Unlock()
	if room == 0 {
		return 0, c.strike()
	}
	n, err := c.Conn.Read(p[:room])
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range p[:n] {
		c.follow(b)
	}
	return n, err
}

// follow takes in one byte from the client.
func (c *faultConn) follow(b byte) {
	if c.body >= 0 {
		c.body++
		c.tail = append(c.tail, b)
		if len(c.tail) > 5 {
			c.tail = c.tail[1:]
		}
		if string(c.tail) == "\r\n.\r\n" {
			c.body = -1
			c.waiting = append(c.waiting, "dot")
		}
		return
	}
	if c.line = append(c.line, b); b == '\n' {
		verb, _, _ := strings.Cut(strings.TrimSpace(string(c.line)), " ")
		c.waiting = append(c.waiting, verb)
		c.line = nil
	}
}

// Write passes an answer on, or strikes.
func (c *faultConn) Write(p []byte) (int, error) {
	c.mu.Lock()
	step := ""
	if len(c.waiting) > 0 {
		step = c.waiting[0]
	}
	if len(p) > 3 && p[3] == ' ' && len(c.waiting) > 0 { // the answer's last line
		c.waiting = c.waiting[1:]
	}
	if step == "DATA" && bytes.HasPrefix(p, []byte("354")) && c.fault.step != "DATA" {
		c.body, c.tail = 0, nil
	}
	struck := c.struck
	c.mu.Unlock()
	switch {
	case step != c.fault.step:
		return c.Conn.Write(p)
	case struck: // a further line of the answer that was replaced
		return len(p), nil
	}
	if err := c.strike(); err != nil {
		return 0, err
	}
	return len(p), nil
}

// strike does the fault. Its error ends the server's side of the dialogue; in
// place of an answer it says something else and lets the dialogue go on.
func (c *faultConn) strike() error {
	c.mu.Lock()
	c.struck = true
	c.mu.Unlock()
	switch c.fault.what {
	case "drop":
		c.Close()
		return io.ErrUnexpectedEOF
	case "stall":
		<-c.closed
		return io.ErrUnexpectedEOF
	}
	if _, err := c.Conn.Write([]byte(c.fault.answer())); err != nil || c.fault.step != "body" && c.fault.what != "tls" {
		return err
	}
	if c.fault.what == "tls" {
		_, _ = c.Conn.Read(make([]byte, 1)) // the client's handshake has begun
		_, _ = c.Conn.Write([]byte("this is no handshake\r\n"))
	}
	_, _ = io.Copy(io.Discard, c.Conn) // the rest of the message, until the client hangs up
	return io.ErrUnexpectedEOF
}

// classes are the states that a fault may lead to. Inside DATA, a client that
// has already written everything when the line goes dead cannot know that the
// server did not get the dot: there, doubt is as right as failure.
func (f fault) classes() []State {
	silent := f.what == "drop" || f.what == "stall" || f.what == "wrong"
	switch {
	case f.step == "EHLO" && (f.what == "4xx" || f.what == "5xx" || f.what == "wrong"):
		return []State{Sent} // HELO follows and is answered
	case f.step == "dot" && silent:
		return []State{InDoubt}
	case f.step == "body" && silent:
		return []State{Deferred, InDoubt}
	case silent || f.what == "4xx" || f.what == "tls":
		return []State{Deferred}
	case f.step == "greeting":
		return []State{Deferred} // it is about the server, not about the message
	}
	return []State{Bounced}
}

// faults are all the faults of the acceptance list for one message.
func faults(body []byte) []fault {
	var all []fault
	what := []string{"drop", "stall", "4xx", "5xx", "wrong"}
	for _, step := range []string{"greeting", "EHLO", "MAIL", "RCPT", "DATA", "dot"} {
		for _, w := range what {
			all = append(all, fault{step: step, what: w})
		}
	}
	all = append(all, fault{step: "STARTTLS", what: "tls"}, fault{step: "STARTTLS", what: "drop"}, fault{step: "STARTTLS", what: "4xx"})
	for _, at := range places(body) {
		for _, w := range what {
			all = append(all, fault{"body", at, w})
		}
	}
	return all
}

// places are the bytes of the message, as it travels, at which a fault strikes:
// the first and last 64, each MIME boundary ± 1 and every 4 KiB.
func places(body []byte) []int {
	var wire bytes.Buffer
	_ = stuffDots(body, func(b []byte) error { wire.Write(b); return nil })
	seen := map[int]bool{}
	var out []int
	add := func(at int) {
		if at >= 0 && at <= wire.Len()+2 && !seen[at] {
			seen[at] = true
			out = append(out, at)
		}
	}
	for i := range 64 {
		add(i)
		add(wire.Len() + 2 - i) // counted from before the last byte of "." CR LF
	}
	for at := 0; ; at++ {
		next := bytes.Index(wire.Bytes()[at:], []byte("\r\n--=_"))
		if next < 0 {
			break
		}
		at += next
		add(at + 1)
		add(at + 2)
		add(at + 3)
	}
	for at := 4096; at < wire.Len(); at += 4096 {
		add(at)
	}
	return out
}

// Whatever goes wrong wherever: no server accepts a message that is not whole,
// and each failure is told for what it is.
func TestDeliverFaults(t *testing.T) {
	m := bigMessage(t, 300_000)
	tally := map[string]map[State]int{}
	var mu sync.Mutex
	var running sync.WaitGroup
	slots := make(chan struct{}, 128)
	for _, f := range faults(m.Bytes) {
		slots <- struct{}{}
		options := []officeOption{withFault(f)}
		mode := NoTLS
		if f.step == "STARTTLS" {
			options, mode = append(options, withStartTLS), StartTLS
		}
		office := openOffice(t, options...)
		sender := newSender(t, office.config(t, mode, ""))
		patience := 30 * time.Second
		if f.what == "stall" {
			patience = time.Second
		}
		sender.Timeouts = Timeouts{patience, patience, patience, patience, patience, patience}
		running.Go(func() {
			defer func() { <-slots }()
			result := sender.Deliver(t.Context(), m)[0]
			office.server.Close()
			sender.Close()
			checkFault(t, f, result, office.mail(), m)
			mu.Lock()
			defer mu.Unlock()
			kind := f.what + " at " + f.step
			if tally[kind] == nil {
				tally[kind] = map[State]int{}
			}
			tally[kind][result.State]++
		})
	}
	running.Wait()
	for kind, states := range tally {
		t.Logf("%-16s %v", kind, states)
	}
}

func checkFault(t *testing.T, f fault, result Result, accepted []acceptedMail, m *Message) {
	right := false
	for _, state := range f.classes() {
		right = right || result.State == state
	}
	if !right {
		t.Errorf("%v: state is %s (%v), want %v", f, result.State, result.Err, f.classes())
	}
	var e *Error
	if result.State != Sent && (!errors.As(result.Err, &e) || e.Temporary() != (result.State == Deferred) || e.InDoubt() != (result.State == InDoubt)) {
		t.Errorf("%v: state %s comes with error %v", f, result.State, result.Err)
	}
	for _, got := range accepted {
		if !bytes.Equal(got.data, m.Bytes) {
			t.Errorf("%v: server accepted %d of %d bytes", f, len(got.data), len(m.Bytes))
		}
	}
	if len(accepted) > 0 && f.step == "body" {
		t.Errorf("%v: server accepted a message that was broken off", f)
	}
	if result.State == Sent && len(accepted) != 1 {
		t.Errorf("%v: sent, but the server has %d messages", f, len(accepted))
	}
}
