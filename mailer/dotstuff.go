package mailer

import "bytes"

// blockSize is how much of a message is written at a time: large enough that
// the system call costs nothing beside the copy, small enough that a time-out
// for a block (RFC 5321 §4.5.3.2.5) and a look at the server come often.
const blockSize = 64 << 10

// stuffDots gives body to write in blocks, with a dot put before each line that
// begins with one (RFC 5321 §4.5.2), and ends the last line if it has no end.
// It searches for the line breaks instead of looking at every byte.
func stuffDots(body []byte, write func([]byte) error) error {
	if len(body) > 0 && body[0] == '.' {
		if err := write([]byte{'.'}); err != nil {
			return err
		}
	}
	rest := body
	for at := bytes.Index(rest, lineDot); at >= 0; at = bytes.Index(rest, lineDot) {
		if err := inBlocks(rest[:at+len(lineDot)], write); err != nil {
			return err
		}
		rest = rest[at+len(crlf):] // the dot goes out a second time
	}
	if err := inBlocks(rest, write); err != nil {
		return err
	}
	if !bytes.HasSuffix(body, []byte(crlf)) {
		return write([]byte(crlf))
	}
	return nil
}

var lineDot = []byte(crlf + ".")

// inBlocks writes p in pieces of at most blockSize.
func inBlocks(p []byte, write func([]byte) error) error {
	for len(p) > 0 {
		n := min(blockSize, len(p))
		if err := write(p[:n]); err != nil {
			return err
		}
		p = p[n:]
	}
	return nil
}
