package main

import (
	"errors"
	"fmt"
	"strings"

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
	} {
		if err := c.values.UnmarshalWithConf(section.name, section.into, koanf.UnmarshalConf{Tag: section.tag}); err != nil {
			return usagef("offprint config check shows each value and where it is from", "read section [%s]: %s", section.name, oneLine(err))
		}
	}
	if c.DataDir = c.values.String("data_dir"); c.DataDir == "" {
		c.DataDir = defaultDataDir()
	}
	return nil
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
