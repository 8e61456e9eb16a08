package readers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math/bits"
	"strconv"
	"time"
)

// How long after a challenge was given out it is good: a person reads and writes
// before sending, and leaves no dialog open for ever.
const (
	Soonest = 5 * time.Second
	Latest  = 2 * time.Hour
)

// Challenge is a piece of work for the sender of a letter: to find a decimal number N
// for which SHA-256(Text "." N) begins with so many zero bits. It is good for one
// article and one letter.
type Challenge struct {
	Text    string // as it is given out
	ID      string // its own; what it was used for is kept under it
	Bits    int
	Issued  time.Time
	article [sha256.Size]byte
}

// NotBefore and Expires are when it is good.
func (c *Challenge) NotBefore() time.Time { return c.Issued.Add(Soonest) }

// Expires is when it is good no more.
func (c *Challenge) Expires() time.Time { return c.Issued.Add(Latest) }

// Parts of a challenge's bytes.
const (
	idBytes        = 16
	challengeBytes = idBytes + 8 + 1 + sha256.Size
	macBytes       = 16
)

// NewChallenge makes one for the article at an address, signed with a key.
func NewChallenge(key []byte, url string, work int, now time.Time) *Challenge {
	c := &Challenge{Bits: work, Issued: now.Truncate(time.Second), article: sha256.Sum256([]byte(url))}
	b := make([]byte, idBytes, challengeBytes+macBytes)
	rand.Read(b)
	c.ID = base64.RawURLEncoding.EncodeToString(b)
	b = binary.BigEndian.AppendUint64(b, uint64(c.Issued.Unix()))
	b = append(b, byte(work))
	b = append(b, c.article[:]...)
	b = append(b, challengeMAC(key, b)...)
	c.Text = base64.RawURLEncoding.EncodeToString(b)
	return c
}

func challengeMAC(key, b []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(b)
	return h.Sum(nil)[:macBytes]
}

// Errors of a challenge and its solution.
var (
	ErrChallenge = errors.New("the challenge is not one of this service's for this article")
	ErrSoon      = errors.New("the challenge was given out less than five seconds ago")
	ErrLate      = errors.New("the challenge was given out more than two hours ago")
	ErrSolution  = errors.New("the solution does not solve the challenge")
)

// ReadChallenge reads one that was given out with the key, for the article at an
// address.
func ReadChallenge(key []byte, url, text string) (*Challenge, error) {
	if len(text) > 2*(challengeBytes+macBytes) {
		return nil, ErrChallenge
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != challengeBytes+macBytes {
		return nil, ErrChallenge
	}
	if !hmac.Equal(b[challengeBytes:], challengeMAC(key, b[:challengeBytes])) {
		return nil, ErrChallenge
	}
	c := &Challenge{
		Text: text, ID: base64.RawURLEncoding.EncodeToString(b[:idBytes]), Bits: int(b[idBytes+8]),
		Issued:  time.Unix(int64(binary.BigEndian.Uint64(b[idBytes:])), 0),
		article: [sha256.Size]byte(b[idBytes+9:]),
	}
	if c.article != sha256.Sum256([]byte(url)) {
		return nil, ErrChallenge
	}
	return c, nil
}

// Check gives an error when a solution is not good now.
func (c *Challenge) Check(solution string, now time.Time) error {
	switch {
	case now.Before(c.NotBefore()):
		return ErrSoon
	case !now.Before(c.Expires()):
		return ErrLate
	case !c.solvedBy(solution):
		return ErrSolution
	}
	return nil
}

func (c *Challenge) solvedBy(solution string) bool {
	n, err := strconv.ParseUint(solution, 10, 64)
	if err != nil || strconv.FormatUint(n, 10) != solution {
		return false
	}
	return zeroBits(sha256.Sum256([]byte(c.Text+"."+solution))) >= c.Bits
}

// Solve finds the solution, as the page's script does; for tests and programs.
func (c *Challenge) Solve() string {
	for n := uint64(0); ; n++ {
		if s := strconv.FormatUint(n, 10); c.solvedBy(s) {
			return s
		}
	}
}

// zeroBits counts the zero bits that a sum begins with.
func zeroBits(sum [sha256.Size]byte) int {
	n := 0
	for _, b := range sum {
		n += bits.LeadingZeros8(b)
		if b != 0 {
			break
		}
	}
	return n
}
