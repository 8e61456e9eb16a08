package mailer

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// deliver hands the message over in one SMTP transaction and settles the result
// of each recipient that is open. An error is about the transaction as a whole:
// the recipients that have no result yet share its fate.
func (s *session) deliver(ctx context.Context, m *Message, open []*Result) *Error {
	s.conn.left = replyBudget
	stop := context.AfterFunc(ctx, func() { s.conn.Close() })
	defer stop()

	// 1. What the server has already said no to need not be tried.
	if e := s.checkLimits(m); e != nil {
		return e
	}
	// 2. MAIL and RCPT: the sender, then an answer for each recipient.
	accepted, e := s.openEnvelope(m, open)
	if e != nil || len(accepted) == 0 {
		return e
	}
	// 3. DATA, and the message itself.
	early, e := s.startData()
	if e != nil {
		return e
	}
	if e := s.writeBody(m.Bytes, early); e != nil {
		return e
	}
	// 4. The dot: from here on, silence is doubt. A caller who gives up now still
	// waits a moment for the answer, which is most likely on its way.
	if !stop() {
		return lost("send message", context.Cause(ctx))
	}
	s.deadline(s.wait.DataEnd)
	hurry := context.AfterFunc(ctx, func() { _ = s.conn.SetReadDeadline(time.Now().Add(cancelGrace)) })
	defer hurry()
	answer, e := s.endData(early)
	if e != nil {
		return e
	}
	for _, r := range accepted {
		r.settle(Sent, answer, nil)
	}
	s.dirty = false
	return nil
}

// cancelGrace is how long a cancelled delivery waits for the answer to the dot.
const cancelGrace = 10 * time.Second

// checkLimits holds the message against what EHLO said.
func (s *session) checkLimits(m *Message) *Error {
	if s.size > 0 && int64(len(m.Bytes)) > s.size {
		return &Error{
			Op: "check size", state: Bounced,
			Err: fmt.Errorf("message has %d bytes, the server takes %d: send smaller pictures or no attachment",
				len(m.Bytes), s.size),
		}
	}
	if m.NeedsUTF8() && !s.utf8 {
		return &Error{
			Op: "check addresses", state: Bounced,
			Err: errors.New("an address is not ASCII, and the server does not offer SMTPUTF8"),
		}
	}
	return nil
}

// openEnvelope sends MAIL and every RCPT, in one go where the server allows it
// (RFC 2920), and gives the recipients that it took. A refused recipient gets
// its own result and hinders no other.
func (s *session) openEnvelope(m *Message, open []*Result) (accepted []*Result, e *Error) {
	opening := []string{s.mailCommand(m)}
	if s.dirty {
		opening = []string{"RSET", opening[0]}
	}
	s.used, s.dirty = true, true
	if s.pipelining {
		s.deadline(s.wait.Command)
		if err := s.write(append(opening, rcptCommands(open)...)...); err != nil {
			return nil, lost("MAIL", err)
		}
	}
	for i, command := range opening {
		answer, e := s.ask(command)
		if e != nil {
			return nil, e
		}
		if answer.kind() != 2 {
			e = answer.refusal(verb(command))
			if s.pipelining {
				e.broken = e.broken || !s.skip(len(opening)-i-1+len(open))
			}
			return nil, e
		}
	}
	for i, command := range rcptCommands(open) {
		answer, e := s.ask(command)
		if e != nil {
			return nil, e
		}
		if answer.kind() == 2 {
			accepted = append(accepted, open[i])
			continue
		}
		if e = answer.refusal("RCPT"); e.broken {
			return nil, e
		}
		if answer.code == 552 && len(open) > 1 { // too many recipients (RFC 5321 §4.5.3.1.10)
			e.state = Deferred
		}
		e.Server = s.addr
		open[i].settle(e.state, answer, e)
	}
	return accepted, nil
}

func rcptCommands(open []*Result) []string {
	commands := make([]string, len(open))
	for i, r := range open {
		commands[i] = "RCPT TO:<" + r.Recipient.String() + ">"
	}
	return commands
}

// mailCommand names the sender and, where the server can use it, the size.
// SMTPUTF8 is asked for only when an address needs it: with it, the message
// could not travel on to servers that lack it. Bodies are 7-bit, so BODY= is
// never needed.
func (s *session) mailCommand(m *Message) string {
	command := "MAIL FROM:<" + m.From.String() + ">"
	if s.size > 0 {
		command += fmt.Sprintf(" SIZE=%d", len(m.Bytes))
	}
	if m.NeedsUTF8() {
		command += " SMTPUTF8"
	}
	return command
}

// settle records a recipient's fate.
func (r *Result) settle(state State, answer reply, err *Error) {
	r.State, r.Code, r.Reply = state, answer.code, answer.text
	if err != nil {
		r.Err = err
	}
}
