package mailer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// deliver hands the message over in one SMTP transaction and settles the
// result of each recipient that is open. An error is about the transaction as a whole: then the
// recipients that have no result yet share its fate.
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
		return &Error{Op: "check size", state: Bounced,
			Err: fmt.Errorf("message has %d bytes, the server takes %d: send smaller pictures or no attachment", len(m.Bytes), s.size)}
	}
	if m.NeedsUTF8() && !s.utf8 {
		return &Error{Op: "check addresses", state: Bounced,
			Err: errors.New("an address is not ASCII, and the server does not offer SMTPUTF8")}
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

// ask sends a command, unless it was sent ahead, and reads its answer.
func (s *session) ask(command string) (reply, *Error) {
	s.deadline(s.wait.Command)
	if !s.pipelining {
		if err := s.write(command); err != nil {
			return reply{}, lost(verb(command), err)
		}
	}
	answer, err := s.read()
	if err != nil {
		return reply{}, lost(verb(command), err)
	}
	return answer, nil
}

func verb(command string) string {
	v, _, _ := strings.Cut(command, " ")
	return v
}

// skip reads the answers to commands that no longer matter.
func (s *session) skip(answers int) bool {
	for range answers {
		if _, err := s.read(); err != nil {
			return false
		}
	}
	return true
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

// startData sends DATA. The channel it returns tells when the server speaks or
// hangs up, which before the final dot can only mean that it gave up.
func (s *session) startData() (early <-chan error, e *Error) {
	s.deadline(s.wait.DataStart)
	if err := s.write("DATA"); err != nil {
		return nil, lost("DATA", err)
	}
	answer, err := s.read()
	if err != nil {
		return nil, lost("DATA", err)
	}
	if answer.code != 354 {
		e := answer.refusal("DATA")
		if answer.kind() == 2 { // it may take the message's lines for commands
			e.broken = true
		}
		return nil, e
	}
	_ = s.conn.SetReadDeadline(time.Time{})
	heard := make(chan error, 1)
	go func() {
		_, err := s.client.Text.R.Peek(1)
		heard <- err
	}()
	return heard, nil
}

// writeBody sends the message, dots stuffed, up to but not including the final
// dot. When anything fails, the connection must be dropped: only then does the
// server know that what it has is not whole.
func (s *session) writeBody(body []byte, early <-chan error) *Error {
	w := s.client.Text.W
	err := stuffDots(body, func(block []byte) error {
		select {
		case err := <-early:
			return &interruption{err}
		default:
		}
		if err := s.conn.SetWriteDeadline(time.Now().Add(s.wait.DataBlock)); err != nil {
			return err
		}
		_, err := w.Write(block)
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		return nil
	}
	var cut *interruption
	if !errors.As(err, &cut) {
		// The server may have said why before it hung up.
		select {
		case heard := <-early:
			cut = &interruption{heard}
		case <-time.After(100 * time.Millisecond):
			return lost("send message", err)
		}
	}
	return s.interrupted(cut)
}

// interruption is the server speaking or hanging up in the middle of DATA.
type interruption struct{ err error }

func (i *interruption) Error() string { return "server broke off" }

// interrupted reads what the server broke off with.
func (s *session) interrupted(cut *interruption) *Error {
	if cut.err != nil {
		return lost("send message", cut.err)
	}
	s.deadline(s.wait.Command)
	answer, err := s.read()
	if err != nil {
		return lost("send message", err)
	}
	e := answer.refusal("send message")
	e.broken = true
	return e
}

// endData sends the final dot and awaits the answer. A server that has spoken
// before the dot has refused the message, which is then not ended at all.
func (s *session) endData(early <-chan error) (reply, *Error) {
	select {
	case err := <-early:
		return reply{}, s.interrupted(&interruption{err})
	default:
	}
	w := s.client.Text.W
	s.deadline(s.wait.DataEnd)
	_, err := w.WriteString("." + crlf)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = <-early
	}
	if err != nil {
		return reply{}, doubt(err)
	}
	answer, err := s.read()
	switch {
	case err != nil:
		return reply{}, doubt(err)
	case answer.kind() == 2:
		return answer, nil
	case answer.kind() == 4 || answer.kind() == 5:
		return reply{}, answer.refusal("await reply")
	}
	e := doubt(errors.New("that is no answer to a message"))
	e.Code, e.Reply = answer.code, answer.text
	return reply{}, e
}

// doubt makes the error for a connection that failed after the final dot.
func doubt(err error) *Error {
	return &Error{Op: "await reply", Err: err, state: InDoubt, broken: true}
}

// write sends command lines.
func (s *session) write(lines ...string) error {
	w := s.client.Text.W
	for _, line := range lines {
		if strings.ContainsAny(line, "\r\n\x00") {
			return errors.New("command holds a line break")
		}
		if _, err := w.WriteString(line + crlf); err != nil {
			return err
		}
	}
	return w.Flush()
}

// read takes one answer of any code.
func (s *session) read() (reply, error) {
	code, text, err := s.client.Text.ReadResponse(0)
	if err != nil && code == 0 {
		return reply{}, err
	}
	return reply{code: code, text: oneLine(text)}, nil
}

// settle records a recipient's fate.
func (r *Result) settle(state State, answer reply, err *Error) {
	r.State, r.Code, r.Reply = state, answer.code, answer.text
	if err != nil {
		r.Err = err
	}
}

// oneLine shortens a server's answer to what fits a log line.
func oneLine(s string) string {
	const limit = 500
	s = OneLine(s)
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + "…"
	}
	return s
}
