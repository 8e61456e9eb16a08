package main

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
)

// decode fills the fields from the values.
func (c *config) decode() error {
	for _, section := range []struct {
		name, tag string
		into      any
	}{
		{"site", "toml", &c.Site},
		{"print", "toml", &c.Print},
		{"mail", "koanf", &c.Mail},
		{"fetch", "toml", &c.Fetch},
		{"serve", "koanf", &c.Serve},
		{"store", "koanf", &c.Store},
		{"limits", "koanf", &c.Limits},
		{"callbacks", "koanf", &c.Callbacks},
		{"hooks", "toml", &c.Hooks},
		{"lists", "koanf", &c.Lists},
	} {
		if err := c.values.UnmarshalWithConf(section.name, section.into, koanf.UnmarshalConf{Tag: section.tag}); err != nil {
			return usagef("offprint config check shows each value and where it is from", "read section [%s]: %s", section.name, oneLine(err))
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
func (c *config) checkService() error {
	errs := []error{c.Serve.Validate(), c.Limits.Press.Validate(), c.Limits.Server.Validate(), c.Callbacks.Validate()}
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

// blame names the file or variable that a wrong print option stands in.
func (c *config) blame(err error) error {
	var option *offprint.OptionError
	if errors.As(err, &option) {
		if from := c.origin["print."+option.Option]; from != "" && !strings.HasPrefix(from, "--") {
			return fmt.Errorf("%s: %w", from, err)
		}
	}
	return err
}

// checkFetch checks the section [fetch].
func (c *config) checkFetch() error {
	if err := fetch.CheckHosts(c.Fetch.AllowHosts); err != nil {
		return fmt.Errorf("fetch.allow_hosts: %w", err)
	}
	return nil
}
