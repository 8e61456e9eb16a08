package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
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
	var list strings.Builder
	for i := range settings {
		fmt.Fprintf(&list, "  %-28s %s\n", settings[i].key, settings[i].about)
	}
	return &cobra.Command{
		Use:   "check",
		Short: "Check the configuration, and show where each value is from",
		Long: `Show each setting's value and where it is from, and check what can be checked
without the network. A flag goes before a variable such as OFFPRINT_MAIL_HOST, and
that before ./offprint.toml, ~/.config/offprint/offprint.toml and
/etc/offprint/offprint.toml. Secrets stand in files of their own and are not shown.

Settings:
` + list.String(),
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

// shownSetting is a setting as config check shows it.
type shownSetting struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`            // null: nobody set it
	Origin string `json:"origin,omitempty"` // file, variable or flag
	Holds  string `json:"default,omitempty"`
	About  string `json:"about"`
}

// configReport is what config check --json prints.
type configReport struct {
	Files    []string       `json:"files"`
	Settings []shownSetting `json:"settings"`
	Problems []string       `json:"problems"`
	Warnings []string       `json:"warnings"`
}

func (a *app) showConfig(c *config) error {
	r := configReport{Files: c.files, Settings: c.shown(), Problems: lines(c.problems()), Warnings: slices.Concat(c.looseSecrets(), c.adviceLines())}
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

// shown gives all settings with their values. One beneath a name of the operator's
// is shown for each name that has it.
func (c *config) shown() []shownSetting {
	var list []shownSetting
	for i := range settings {
		s := &settings[i]
		if !s.named() {
			list = append(list, c.show(s, s.key))
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(c.origin)) {
			if findSetting(key) == s {
				list = append(list, c.show(s, key))
			}
		}
	}
	return list
}

// show gives one setting.
func (c *config) show(s *setting, key string) shownSetting {
	shown := shownSetting{Key: key, About: s.about, Origin: c.origin[key], Holds: s.fallback}
	if key == "data_dir" {
		shown.Holds = c.DataDir
	}
	if shown.Origin == "" {
		return shown
	}
	shown.Holds = ""
	if s.kind == tablesSetting {
		shown.Value = shownServers(c.values.Slices(key))
		return shown
	}
	shown.Value = withoutPassword(c.values.Get(key))
	return shown
}

// shownServers names the servers of mail.servers.
func shownServers(servers []*koanf.Koanf) []string {
	names := make([]string, len(servers))
	for i, server := range servers {
		names[i] = server.String("host")
	}
	return names
}

// withoutPassword takes the password out of a URL.
func withoutPassword(value any) any {
	text, ok := value.(string)
	if !ok || !strings.Contains(text, "://") {
		return value
	}
	u, err := url.Parse(text)
	if err != nil {
		return "(not a URL)"
	}
	return u.Redacted()
}

// problems checks each section by the rules of the package that it belongs to.
func (c *config) problems() error {
	errs := []error{c.Site.Validate()}
	if err := c.Print.Validate(); err != nil {
		errs = append(errs, c.blame(err))
	}
	if c.setsMail() {
		errs = append(errs, c.Mail.Validate())
	}
	return errors.Join(append(errs, c.checkFetch(), c.checkService(), c.checkActions())...)
}

// setsMail reports whether anything is set in the section [mail].
func (c *config) setsMail() bool {
	for key := range c.origin {
		if strings.HasPrefix(key, "mail.") {
			return true
		}
	}
	return false
}

// looseSecrets warns of secret files that others than their owner may read.
func (c *config) looseSecrets() []string {
	paths := []string{c.Mail.DKIMRSAKeyFile, c.Mail.DKIMEd25519KeyFile, c.Callbacks.SecretFile}
	for _, name := range slices.Sorted(maps.Keys(c.Hooks)) {
		paths = append(paths, c.Hooks[name].SecretFile)
	}
	for _, server := range c.Mail.AllServers() {
		paths = append(paths, server.PasswordFile)
	}
	var warnings []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if path == "" || err != nil || runtime.GOOS == "windows" || isCredential(path) {
			continue
		}
		if mode := info.Mode().Perm(); mode&fs.FileMode(0o077) != 0 {
			warnings = append(warnings, fmt.Sprintf("%s may be read by others (mode %03o): chmod 600 %s", path, mode, path))
		}
	}
	return warnings
}

// isCredential reports whether systemd keeps a file, and lets nobody but the service
// read it. Its mode says otherwise where an access list does that.
func isCredential(path string) bool {
	return strings.HasPrefix(path, "/run/credentials/")
}

// lines parts a joined error.
func lines(err error) []string {
	if err == nil {
		return []string{}
	}
	return strings.Split(err.Error(), "\n")
}
