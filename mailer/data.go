package mailer

import (
	"errors"
	"time"
)

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

// endData sends the final dot and awaits the answer, until the deadline that the
// connection has. A server that has spoken before the dot has refused the
// message, which is then not ended at all.
func (s *session) endData(early <-chan error) (reply, *Error) {
	select {
	case err := <-early:
		return reply{}, s.interrupted(&interruption{err})
	default:
	}
	w := s.client.Text.W
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
