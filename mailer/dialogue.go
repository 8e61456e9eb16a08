package mailer

import (
	"errors"
	"strings"
)

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
	return reply{code: code, text: shortReply(text)}, nil
}

// shortReply shortens a server's answer to what fits a log line.
func shortReply(s string) string {
	const limit = 500
	s = OneLine(s)
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "") + "…"
	}
	return s
}
