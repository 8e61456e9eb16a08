package mailer

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// State is what has become of a message for one recipient: the contract's
// delivery states.
type State string

// The delivery states. Deliver ends in one of Sent, Deferred, Bounced,
// Suppressed, Cancelled and InDoubt.
const (
	Queued     State = "queued"
	Sending    State = "sending"
	Sent       State = "sent"       // the server took responsibility for it
	Deferred   State = "deferred"   // not sent; try again later
	Bounced    State = "bounced"    // not sent, and never will be
	Suppressed State = "suppressed" // not tried: the recipient asked for no mail
	Cancelled  State = "cancelled"  // not sent: the caller stopped it
	InDoubt    State = "in_doubt"   // all was handed over, but no answer came
)

// Settled reports whether there is nothing left to do for the recipient.
func (s State) Settled() bool { return s == Sent || s == Bounced || s == Suppressed }

// Result says what became of a message for one recipient. Code and Reply are
// the server's own (Code 0: it gave none); Err is nil only when State is Sent
// or Suppressed.
type Result struct {
	Recipient Address `json:"recipient"`
	State     State   `json:"state,omitempty"` // empty: not sent, as in a dry run
	Code      int     `json:"code,omitempty"`
	Reply     string  `json:"reply,omitempty"`
	MessageID string  `json:"message_id"`
	Server    string  `json:"server,omitempty"`
	Err       error   `json:"-"`
}

// Error is a failed step of a delivery. Find it with [errors.As].
type Error struct {
	Op     string // what was tried: "connect", "log in", "MAIL", "RCPT", "DATA", "send message", "await reply", …
	Server string // host:port
	Code   int    // SMTP reply code, 0 when the server gave none
	Reply  string // the server's words, enhanced status code included
	Err    error  // what went wrong beneath, when it was not a reply

	state State
	// setup marks what a person must mend: password, certificate, missing
	// extension. Trying again helps no message until then.
	setup bool
	// rest is until when the account is not tried again; zero: that is not known.
	rest time.Time
	// broken marks a connection that carries nothing more.
	broken bool
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", e.Op)
	if e.Server != "" {
		fmt.Fprintf(&b, " at %s", e.Server)
	}
	if e.Code != 0 {
		fmt.Fprintf(&b, ": server answered %d %s", e.Code, e.Reply)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// Temporary reports whether the same message may go through later. It is false
// for a final refusal and for [Error.InDoubt].
func (e *Error) Temporary() bool { return e.state == Deferred }

// InDoubt reports whether the message may have been delivered although no
// answer came.
func (e *Error) InDoubt() bool { return e.state == InDoubt }

// Setup reports whether the trouble lies in the settings or the account, not in
// the message: every other message fails alike until a person mends it.
func (e *Error) Setup() bool { return e.setup }

// Rest is until when no Sender tries the account again, after an error that is
// Setup. Zero: nobody keeps it from that.
func (e *Error) Rest() time.Time { return e.rest }

// State is the delivery state that the error leads to.
func (e *Error) State() State { return e.state }

// reply is one answer of an SMTP server.
type reply struct {
	code int
	text string // lines joined by a space, with the enhanced status code
}

// kind is the reply's first digit (RFC 5321 §4.2.1).
func (r reply) kind() int { return r.code / 100 }

// refusal makes the error for a reply that was not the wished one.
//
// 4xx and 421 may pass later. 5xx is final. The 53x codes of RFC 4954 §6 speak of the
// account and not of the message. Anything else is no answer to the command: the two
// sides have lost step, and the connection must be closed.
func (r reply) refusal(op string) *Error {
	e := &Error{Op: op, Code: r.code, Reply: r.text, state: Deferred}
	switch {
	case r.code == 421: // service closing (RFC 5321 §3.8)
		e.broken = true
	case r.kind() == 4:
	case r.code == 530 || r.code == 534 || r.code == 535 || r.code == 538:
		e.setup = true
	case r.kind() == 5:
		e.state = Bounced
	default:
		e.broken = true
		e.Err = errors.New("that is no answer to this command")
	}
	return e
}

// lost makes the error for a connection that failed before the final dot.
// Nothing was delivered.
func lost(op string, err error) *Error {
	return &Error{Op: op, Err: err, state: Deferred, broken: true}
}
