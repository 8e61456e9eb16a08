package main

import (
	"context"
	"fmt"
	"net"
	"time"

	"github.com/spf13/cobra"
)

func (a *app) doctorCommand() *cobra.Command {
	var dkimFile string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check that everything is in place to print and to mail",
		Long: `Check the configuration, the fonts, the disk, the clock, the mail servers (connection,
TLS, log-in), the DKIM keys against their records in the DNS, and what a service needs
(folder, addresses, keys, secrets), and say what to do about what is wrong. Nothing is sent. --timeout bounds each look at the network.

Exit codes: 0 all is well, or with warnings only; else that of the fault: 2 the
configuration or the clock, 5 fonts or disk, 6 mail would be refused for good, 7 mail
cannot go out now; 8 faults of several kinds.`,
		Example: `  offprint doctor
  offprint doctor --dkim-txt news.example.zone`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := &doctor{app: a, dkimFile: dkimFile, now: time.Now, lookUp: net.DefaultResolver.LookupTXT}
			return d.run(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&dkimFile, "dkim-txt", "", "`file` of TXT records to hold the DKIM keys against, in place of the DNS")
	return cmd
}

// doctor looks at everything that printing and mailing need.
type doctor struct {
	app      *app
	config   *config // nil when it cannot be read
	dkimFile string
	now      func() time.Time
	lookUp   func(ctx context.Context, name string) ([]string, error) // TXT records of a name
	codes    []int                                                    // of the faults
}

// verdict is how a check ended.
type verdict string

const (
	wellDone verdict = "ok"
	warned   verdict = "warning"
	failed   verdict = "failed"
	skipped  verdict = "skipped"
)

// finding is the result of a check. It is also what --json prints of it.
type finding struct {
	Check   string  `json:"check"`
	Verdict verdict `json:"verdict"`
	Message string  `json:"message"`
	Hint    string  `json:"hint,omitempty"`

	exit int // of a fault
}

func well(check, format string, args ...any) finding {
	return finding{Check: check, Verdict: wellDone, Message: fmt.Sprintf(format, args...)}
}

func passedOver(check, format string, args ...any) finding {
	return finding{Check: check, Verdict: skipped, Message: fmt.Sprintf(format, args...)}
}

func warning(check, hint, format string, args ...any) finding {
	return finding{Check: check, Verdict: warned, Hint: hint, Message: fmt.Sprintf(format, args...)}
}

func fault(exit int, check, hint, format string, args ...any) finding {
	return finding{Check: check, Verdict: failed, Hint: hint, exit: exit, Message: fmt.Sprintf(format, args...)}
}

// run makes all checks, each of which may find several things.
func (d *doctor) run(ctx context.Context) error {
	for _, check := range []func(context.Context) []finding{
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
			if err := d.tell(f); err != nil {
				return err
			}
		}
	}
	return d.summary()
}

// tell shows a finding.
func (d *doctor) tell(f finding) error {
	if f.Verdict == failed {
		d.codes = append(d.codes, f.exit)
	}
	if d.app.json {
		return d.app.writeJSON(f)
	}
	if d.app.quiet && f.Verdict != failed {
		return nil
	}
	mark := map[verdict]string{wellDone: "✔", warned: "!", failed: "✘", skipped: "–"}[f.Verdict]
	line := fmt.Sprintf("%s %s: %s\n", mark, f.Check, f.Message)
	if f.Hint != "" {
		line += "    → " + f.Hint + "\n"
	}
	if _, err := fmt.Fprint(d.app.stdout, line); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}

// summary makes the error of the faults: that of all if they are of one kind.
func (d *doctor) summary() error {
	if len(d.codes) == 0 {
		return nil
	}
	if err := summarise(d.codes); err != nil {
		return toldError{err}
	}
	return nil
}
