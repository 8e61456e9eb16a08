package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/knadh/koanf/v2"

	"offprint"
	"offprint/internal/fetch"
	"offprint/internal/hint"
)

// tag is the struct tag that says which key a field is. Each package writes it on
// the fields of its own section, and needs no koanf for that.
const tag = "toml"

// ShowsValues is the hint at what is wrong in the configuration.
const ShowsValues = "offprint config check shows each value and where it is from"

// decode fills the fields from the values.
func (c *Config) decode() error {
	for _, section := range []struct {
		name string
		into any
	}{
		{"site", &c.Site},
		{"print", &c.Print},
		{"mail", &c.Mail},
		{"fetch", &c.Fetch},
		{"serve", &c.Serve},
		{"store", &c.Store},
		{"limits", &c.Limits},
		{"callbacks", &c.Callbacks},
		{"hooks", &c.Hooks},
		{"lists", &c.Lists},
		{"readers", &c.Readers},
	} {
		if err := c.values.UnmarshalWithConf(section.name, section.into, koanf.UnmarshalConf{Tag: tag}); err != nil {
			return hint.Usagef(ShowsValues, "read section [%s]: %s", section.name, hint.Joined(err))
		}
	}
	if c.DataDir = c.values.String("data_dir"); c.DataDir == "" {
		c.DataDir = defaultDataDir()
	}
	c.Store.Dir = cmp.Or(c.Store.Dir, filepath.Join(c.DataDir, "pdf"))
	c.Store.Keep = cmp.Or(c.Store.Keep, 30*24*time.Hour)
	return nil
}

// checkService checks the sections that only the service reads.
func (c *Config) checkService() error {
	errs := []error{
		c.Serve.Validate(), c.Limits.Press.Validate(), c.Limits.Server.Validate(), c.Callbacks.Validate(),
		c.Readers.Validate(), c.checkReaders(),
	}
	if c.Store.Keep < time.Hour {
		errs = append(errs, fmt.Errorf("store.keep is %s: want an hour at least, such as 720h", c.Store.Keep))
	}
	if c.Limits.Retention < 0 {
		errs = append(errs, fmt.Errorf("limits.retention is %s: want a time such as 168h", c.Limits.Retention))
	}
	for _, name := range slices.Sorted(maps.Keys(c.Hooks)) {
		h := c.Hooks[name]
		h.Print = c.Print
		check := h.Validate
		if c.Site.PublicURL != "" {
			check = h.ValidatePublic
		}
		if err := check(); err != nil {
			errs = append(errs, fmt.Errorf("hooks.%s.%s", name, strings.TrimPrefix(err.Error(), "hooks: ")))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Lists)) {
		if file := c.Lists[name].RecipientsFile; file == "" {
			errs = append(errs, fmt.Errorf("lists.%s.recipients_file is missing: want a CSV file", name))
		} else if _, err := os.Stat(file); err != nil {
			errs = append(errs, fmt.Errorf("lists.%s.recipients_file: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// Blame adds to the error of a print option the file or variable that sets it.
func (c *Config) Blame(err error) error {
	var option *offprint.OptionError
	if errors.As(err, &option) {
		if from := c.origin["print."+option.Option]; from != "" && !strings.HasPrefix(from, "--") {
			return fmt.Errorf("%s: %w", from, err)
		}
	}
	return err
}

// checkFetch checks the section [fetch].
func (c *Config) checkFetch() error {
	if err := fetch.CheckHosts(c.Fetch.AllowHosts); err != nil {
		return fmt.Errorf("fetch.allow_hosts: %w", err)
	}
	return nil
}
