package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"offprint"
	"offprint/mailer"
)

// config is the configuration: what files, environment and flags say together.
type config struct {
	DataDir string
	Site    offprint.Site
	Print   offprint.PrintOptions
	Mail    mailer.Config
	Fetch   fetchConfig

	values *koanf.Koanf
	origin map[string]string // by key: the file, variable or flag that set it
	files  []string          // that were read, the weakest first
}

// fetchConfig is the section [fetch].
type fetchConfig struct {
	AllowHosts  []string `toml:"allow_hosts"`
	DenyPrivate bool     `toml:"deny_private"`
}

const (
	configName = "offprint.toml"
	envPrefix  = "OFFPRINT_"
	// maxConfig is far above any configuration, in bytes.
	maxConfig = 1 << 20
)

// loadConfig reads the configuration. Each layer goes over those before it:
// /etc, the user's folder, this folder (or --config in place of the three), the
// environment, and the flags that were given.
func (a *app) loadConfig() (*config, error) {
	c := &config{values: newValues(), origin: map[string]string{}}
	files := configFiles()
	if a.configFile != "" {
		files = []string{a.configFile}
	}
	for _, path := range files {
		if err := c.addFile(path, a.configFile != ""); err != nil {
			return nil, err
		}
	}
	if err := c.addEnvironment(os.Environ()); err != nil {
		return nil, err
	}
	if err := c.addFlags(a.flags); err != nil {
		return nil, err
	}
	return c, c.decode()
}

// newValues is a set of values whose keys are written section.name.
func newValues() *koanf.Koanf { return koanf.New(".") }

// configFiles lists where configuration is looked for, the weakest first.
func configFiles() []string {
	files := []string{filepath.Join("/etc/offprint", configName)}
	if dir, err := os.UserConfigDir(); err == nil { // $XDG_CONFIG_HOME, else ~/.config
		files = append(files, filepath.Join(dir, "offprint", configName))
	}
	return append(files, configName)
}

// addFile reads a file. One that is not there is passed over, unless it must be.
func (c *config) addFile(path string, must bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return nil
	case err != nil:
		return usagef("--config: a TOML file", "read configuration %s: %w", path, reason(err))
	case !info.Mode().IsRegular() || info.Size() > maxConfig:
		return usagef("--config: a TOML file", "read configuration %s: it is not a file of at most %d bytes", path, maxConfig)
	}
	layer := newValues()
	if err := layer.Load(file.Provider(path), toml.Parser()); err != nil {
		var at interface{ Position() (row, column int) }
		if errors.As(err, &at) {
			row, column := at.Position()
			return usagef("TOML is written: name = \"value\"", "read configuration %s: line %d, column %d: %w", path, row, column, err)
		}
		return usagef("", "read configuration %s: %w", path, reason(err))
	}
	if err := checkKeys(layer, path); err != nil {
		return err
	}
	if err := anchorPaths(layer, filepath.Dir(path)); err != nil {
		return err
	}
	c.files = append(c.files, path)
	return c.add(layer, func(string) string { return path })
}

// addEnvironment takes the variables in whose names a section or key stands.
func (c *config) addEnvironment(environment []string) error {
	var unknown error
	layer := newValues()
	names := map[string]string{}
	err := layer.Load(env.Provider(".", env.Opt{
		Prefix:      envPrefix,
		EnvironFunc: func() []string { return environment },
		TransformFunc: func(name, value string) (string, any) {
			if value == "" { // set to nothing is not set
				return "", nil
			}
			s, err := variableSetting(name)
			if err != nil {
				unknown = errors.Join(unknown, err)
			}
			if s == nil {
				return "", nil
			}
			names[s.key] = name
			if s.kind == listSetting {
				return s.key, splitList(value)
			}
			return s.key, value
		},
	}), nil)
	if err = errors.Join(unknown, err); err != nil {
		return err
	}
	return c.add(layer, func(key string) string { return names[key] })
}

// variableSetting gives the setting that an environment variable stands for. A
// variable that names a section but no key of it is an error; other variables
// that begin with our prefix are left alone.
func variableSetting(name string) (*setting, error) {
	var known []string
	ours := false
	for i := range settings {
		s := &settings[i]
		variable := s.variable()
		if name == variable {
			if s.kind == tablesSetting {
				return nil, usagef("write [["+s.key+"]] into "+configName, "%s: tables cannot stand in the environment", name)
			}
			return s, nil
		}
		if section, _, ok := strings.Cut(s.key, "."); ok {
			ours = ours || strings.HasPrefix(name, envPrefix+strings.ToUpper(section)+"_")
		}
		known = append(known, variable)
	}
	if !ours {
		return nil, nil
	}
	return nil, usagef(meant(nearestKey(name, known)), "%s in the environment is no setting", name)
}

// addFlags takes the flags that were given and are settings.
func (c *config) addFlags(flags *pflag.FlagSet) error {
	if flags == nil {
		return nil
	}
	layer := newValues()
	names := map[string]string{}
	err := layer.Load(posflag.ProviderWithFlag(flags, ".", nil, func(f *pflag.Flag) (string, any) {
		key := "print." + strings.ReplaceAll(f.Name, "-", "_")
		switch f.Name {
		case "from":
			key = "mail.from"
		case "data-dir":
			key = "data_dir"
		}
		if !f.Changed || findSetting(key) == nil {
			return "", nil
		}
		names[key] = "--" + f.Name
		return key, posflag.FlagVal(flags, f)
	}), nil)
	if err != nil {
		return fmt.Errorf("read flags: %w", err)
	}
	return c.add(layer, func(key string) string { return names[key] })
}

// add puts a layer over what is there.
func (c *config) add(layer *koanf.Koanf, origin func(key string) string) error {
	for _, key := range layer.Keys() {
		c.origin[key] = origin(key)
	}
	if err := c.values.Merge(layer); err != nil {
		return fmt.Errorf("merge configuration: %w", err)
	}
	return nil
}
