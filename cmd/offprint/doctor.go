package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"offprint/internal/doctor"
)

func (a *app) doctorCommand() *cobra.Command {
	var dkimFile string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check that everything is in place to print and to mail",
		Long: `Check the configuration, the fonts, the disk, the clock, the mail servers (connection,
TLS, log-in), the DKIM keys against their records in the DNS, and what a service needs
(folder, addresses, keys, secrets), and say what to do about what is wrong. ` +
			`Nothing is sent. --timeout bounds each look at the network.

Exit codes: 0 all is well, or with warnings only; else that of the fault: 2 the
configuration or the clock, 5 fonts or disk, 6 mail would be refused for good, 7 mail
cannot go out now; 8 faults of several kinds.`,
		Example: `  offprint doctor
  offprint doctor --dkim-txt news.example.zone`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := doctor.Options{Load: a.configuration, DKIMFile: dkimFile, Timeout: a.timeout}
			var codes []int // of the faults
			err := doctor.Run(cmd.Context(), o, func(f doctor.Finding) error {
				if f.Verdict == doctor.Failed {
					codes = append(codes, faultCodes[f.Fault])
				}
				return a.tellFinding(f)
			})
			if err != nil || len(codes) == 0 {
				return err
			}
			return toldError{summarise(codes)}
		},
	}
	cmd.Flags().StringVar(&dkimFile, "dkim-txt", "",
		"`file` of TXT records to hold the DKIM keys against, in place of the DNS")
	return cmd
}

// faultCodes are the exit codes of what doctor finds wrong.
var faultCodes = map[doctor.Fault]int{
	doctor.Setup:       exitUsage,
	doctor.Broken:      exitRender,
	doctor.MailRefused: exitMailRefused,
	doctor.MailLater:   exitMailLater,
}

// tellFinding shows a finding.
func (a *app) tellFinding(f doctor.Finding) error {
	if a.json {
		return a.writeJSON(f)
	}
	if a.quiet && f.Verdict != doctor.Failed {
		return nil
	}
	mark := map[doctor.Verdict]string{
		doctor.OK: "✔", doctor.Warning: "!", doctor.Failed: "✘", doctor.Skipped: "–",
	}[f.Verdict]
	line := fmt.Sprintf("%s %s: %s\n", mark, f.Check, f.Message)
	if f.Hint != "" {
		line += "    → " + f.Hint + "\n"
	}
	if _, err := fmt.Fprint(a.stdout, line); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}
