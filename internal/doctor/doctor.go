package doctor

import (
	"context"
	"fmt"
	"net"
	"time"

	"offprint/internal/config"
)

// Options are what the checks need to know.
type Options struct {
	// Load reads the configuration.
	Load func() (*config.Config, error)
	// DKIMFile is a file of TXT records to hold the DKIM keys against. Empty: the DNS.
	DKIMFile string
	// Timeout bounds each look at the network.
	Timeout time.Duration
}

// Verdict is how a check ended.
type Verdict string

// The verdicts.
const (
	OK      Verdict = "ok"
	Warning Verdict = "warning"
	Failed  Verdict = "failed"
	Skipped Verdict = "skipped"
)

// Fault is what kind of thing is wrong.
type Fault uint8

// The faults. A finding that did not fail has none.
const (
	NoFault     Fault = iota
	Setup             // the configuration or the clock
	Broken            // fonts or disk
	MailRefused       // mail would be refused for good
	MailLater         // mail cannot go out now
)

// Finding is the result of a check.
type Finding struct {
	Check   string  `json:"check"`
	Verdict Verdict `json:"verdict"`
	Message string  `json:"message"`
	Hint    string  `json:"hint,omitempty"`

	Fault Fault `json:"-"`
}

func ok(check, format string, args ...any) Finding {
	return Finding{Check: check, Verdict: OK, Message: fmt.Sprintf(format, args...)}
}

func skipped(check, format string, args ...any) Finding {
	return Finding{Check: check, Verdict: Skipped, Message: fmt.Sprintf(format, args...)}
}

func warning(check, advice, format string, args ...any) Finding {
	return Finding{Check: check, Verdict: Warning, Hint: advice, Message: fmt.Sprintf(format, args...)}
}

func fault(kind Fault, check, advice, format string, args ...any) Finding {
	return Finding{Check: check, Verdict: Failed, Hint: advice, Fault: kind, Message: fmt.Sprintf(format, args...)}
}

// Run makes all checks, each of which may find several things, and tells of each
// finding as soon as it is known. It gives an error when ctx ends, and when tell
// gives one; what is wrong is no error, but a finding.
func Run(ctx context.Context, o Options, tell func(Finding) error) error {
	d := &doctor{Options: o, now: time.Now, lookUp: net.DefaultResolver.LookupTXT}
	for _, check := range []func(context.Context) []Finding{
		d.checkConfig, // the others need it
		d.checkFonts,
		d.checkDisk,
		d.checkClock,
		d.checkServers,
		d.checkKeys,
		d.checkService,
	} {
		for _, f := range check(ctx) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := tell(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// doctor looks at everything that printing and mailing need.
type doctor struct {
	Options
	config *config.Config // nil when it cannot be read
	now    func() time.Time
	lookUp func(ctx context.Context, name string) ([]string, error) // TXT records of a name
}
