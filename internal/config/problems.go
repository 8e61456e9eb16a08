package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
)

// Problems checks each section by the rules of the package that it belongs to. It
// joins an error for each fault.
func (c *Config) Problems() error {
	errs := []error{c.Site.Validate()}
	if err := c.Print.Validate(); err != nil {
		errs = append(errs, c.Blame(err))
	}
	if c.SetsMail() {
		errs = append(errs, c.Mail.Validate())
	}
	return errors.Join(append(errs, c.checkFetch(), c.checkService(), c.checkActions())...)
}

// SetsMail reports whether anything is set in the section [mail].
func (c *Config) SetsMail() bool {
	for key := range c.origin {
		if strings.HasPrefix(key, "mail.") {
			return true
		}
	}
	return false
}

// LooseSecrets warns of secret files that people beside their owner may read.
func (c *Config) LooseSecrets() []string {
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
		judged := path != "" && err == nil && runtime.GOOS != "windows" && !isCredential(path)
		if !judged {
			continue
		}
		if mode := info.Mode().Perm(); mode&fs.FileMode(0o077) != 0 {
			warnings = append(warnings,
				fmt.Sprintf("%s may be read by others (mode %03o): chmod 600 %s", path, mode, path))
		}
	}
	return warnings
}

// isCredential reports whether systemd keeps a file, and lets nobody but the service
// read it. Its mode says otherwise where an access list does that.
func isCredential(path string) bool {
	return strings.HasPrefix(path, "/run/credentials/")
}
