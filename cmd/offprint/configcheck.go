package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"offprint/internal/config"
	"offprint/internal/hint"
	"offprint/internal/keys"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Explain the configuration",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.configCheckCommand())
	return cmd
}

func (a *app) configCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Check the configuration, and show where each value is from",
		Long: `Show each setting's value and where it is from, and check what can be checked
without the network. A flag goes before a variable such as OFFPRINT_MAIL_HOST, and
that before ./offprint.toml, ~/.config/offprint/offprint.toml and
/etc/offprint/offprint.toml. Secrets stand in files of their own and are not shown.

Settings:
` + config.Help(),
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c, err := a.configuration()
			if err != nil {
				return err
			}
			return a.showConfig(c)
		},
	}
}

// configReport is what config check --json prints.
type configReport struct {
	Files    []string       `json:"files"`
	Settings []config.Shown `json:"settings"`
	Problems []string       `json:"problems"`
	Warnings []string       `json:"warnings"`
}

func (a *app) showConfig(c *config.Config) error {
	r := configReport{
		Files: c.Files(), Settings: c.Settings(), Problems: hint.Lines(c.Problems()),
		Warnings: slices.Concat(c.LooseSecrets(), c.AdviceLines(), keyAdvice(c)),
	}
	if a.json {
		if err := a.writeJSON(r); err != nil {
			return err
		}
	} else if _, err := fmt.Fprint(a.stdout, r.String()); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(a.stderr, "offprint: warning: %s\n", w)
	}
	if len(r.Problems) == 0 {
		return nil
	}
	for _, p := range r.Problems {
		fmt.Fprintf(a.stderr, "offprint: error: %s\n", p)
	}
	return toldError{usagef("", "the configuration has %d faults", len(r.Problems))}
}

// keyAdvice says which keys do less than their scopes say. A file that cannot be read is
// the doctor's to tell of.
func keyAdvice(c *config.Config) []string {
	if _, err := os.Stat(c.DataDir); err != nil {
		return nil // Open would make it
	}
	ring, err := keys.Open(c.DataDir)
	if err != nil {
		return nil
	}
	all, err := ring.List()
	if err != nil {
		return nil
	}
	var lines []string
	for i := range all {
		if advice := all[i].Advice(); advice != "" && all[i].State(time.Now()) == keys.IsActive {
			lines = append(lines, advice)
		}
	}
	return lines
}

// String is the report for people: a setting, what it means, and its origin.
func (r *configReport) String() string {
	var b strings.Builder
	if len(r.Files) == 0 {
		b.WriteString("# no configuration file was found\n")
	}
	for _, path := range r.Files {
		fmt.Fprintf(&b, "# read %s\n", path)
	}
	for _, s := range r.Settings {
		if s.Origin == "" {
			fmt.Fprintf(&b, "%s: not set: %s\n", s.Key, s.Holds)
		} else {
			fmt.Fprintf(&b, "%s = %s, from %s\n", s.Key, quoted(s.Value), s.Origin)
		}
		fmt.Fprintf(&b, "    %s\n", s.About)
	}
	return b.String()
}

func quoted(value any) string {
	if text, ok := value.(string); ok {
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprint(value)
}
