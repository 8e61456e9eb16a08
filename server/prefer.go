package server

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"offprint/internal/problem"
)

// longestWait is how long a caller can ask to be kept waiting.
const longestWait = 30 * time.Second

// preference is what a Prefer header asks for (RFC 7240).
type preference struct {
	async   bool
	waits   bool // wait stands there
	seconds int
}

// parsePrefer reads a Prefer header. What is not known in it is passed over, and
// of what comes twice the first counts, as the standard has it (§2).
func parsePrefer(header string) (preference, error) {
	var p preference
	for one := range strings.SplitSeq(header, ",") {
		one, _, _ = strings.Cut(one, ";") // parameters: none is known
		name, value, _ := strings.Cut(one, "=")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		switch name = strings.ToLower(strings.TrimSpace(name)); {
		case name == "respond-async":
			p.async = true
		case name == "wait" && !p.waits:
			n, err := strconv.Atoi(value)
			if err != nil || n < 0 {
				return p, problem.New(problem.BadRequest, "Prefer: wait is no number of seconds", "write Prefer: wait=20")
			}
			p.waits, p.seconds = true, min(n, int(longestWait/time.Second))
		}
	}
	return p, nil
}

// patience is for how long a document is waited for.
func (p preference) patience(usual time.Duration) time.Duration {
	switch {
	case p.waits:
		return time.Duration(p.seconds) * time.Second
	case p.async:
		return 0
	}
	return usual
}

// applied says which preferences were followed.
func (p preference) applied(h http.Header, accepted bool) {
	h.Add("Vary", "Prefer")
	var done []string
	if p.async && accepted {
		done = append(done, "respond-async")
	}
	if p.waits {
		done = append(done, "wait="+strconv.Itoa(p.seconds))
	}
	if len(done) > 0 {
		h.Set("Preference-Applied", strings.Join(done, ", "))
	}
}
