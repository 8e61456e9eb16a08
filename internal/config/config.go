package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"

	"offprint"
	"offprint/internal/callback"
	"offprint/internal/hint"
	"offprint/internal/press"
	"offprint/mailer"
	"offprint/server"
	"offprint/server/hook"
	"offprint/server/readers"
)

// Config is the configuration: what files, environment and flags say together.
type Config struct {
	DataDir string
	Site    offprint.Site
	Print   offprint.PrintOptions
	Mail    mailer.Config
	Fetch   Fetch

	Serve     server.Settings
	Store     Store
	Limits    Limits
	Callbacks callback.Config
	Hooks     map[string]hook.Config
	Lists     map[string]List
	Readers   readers.Config

	values *koanf.Koanf
	origin map[string]string // by key: the file, variable or flag that set it
	files  []string          // that were read, the weakest first
}

// Fetch is the section [fetch].
type Fetch struct {
	AllowHosts  []string `toml:"allow_hosts"`
	DenyPrivate bool     `toml:"deny_private"`
}

// Store is the section [store].
type Store struct {
	Dir  string        `toml:"dir"`
	Keep time.Duration `toml:"keep"`
}

// Limits is the section [limits], whose settings belong to several packages.
type Limits struct {
	Press     press.Limits  `toml:",squash"`
	Server    server.Limits `toml:",squash"`
	Retention time.Duration `toml:"retention"`
}

// List is a section [lists.NAME].
type List struct {
	RecipientsFile string `toml:"recipients_file"`
}

const (
	configName = "offprint.toml"
	envPrefix  = "OFFPRINT_"
	// maxConfig is far above any configuration, in bytes.
	maxConfig = 1 << 20
)

// Load reads the configuration. Each layer goes over those before it: /etc, the
// user's folder, this folder (or only, unless it is empty, in place of the three),
// the environment, and the flags that were given. Flags may be nil. For a file,
// variable or flag that cannot be used it gives a [*hint.UsageError].
func Load(only string, flags *pflag.FlagSet) (*Config, error) {
	c := &Config{values: newValues(), origin: map[string]string{}}
	files := configFiles()
	if only != "" {
		files = []string{only}
	}
	for _, path := range files {
		if err := c.addFile(path, only != ""); err != nil {
			return nil, err
		}
	}
	if err := c.addEnvironment(os.Environ()); err != nil {
		return nil, err
	}
	if err := c.addFlags(flags); err != nil {
		return nil, err
	}
	return c, c.decode()
}

// Files gives the files that were read, the weakest first.
func (c *Config) Files() []string { return slices.Clone(c.files) }

// Origin gives the file, variable or flag that a setting is from, "" when nobody
// set it.
func (c *Config) Origin(key string) string { return c.origin[key] }

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
func (c *Config) addFile(path string, must bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return nil
	case err != nil:
		return hint.Usagef("--config: a TOML file", "read configuration %s: %w", path, hint.Reason(err))
	case !info.Mode().IsRegular() || info.Size() > maxConfig:
		return hint.Usagef("--config: a TOML file",
			"read configuration %s: it is not a file of at most %d bytes", path, maxConfig)
	}
	layer := newValues()
	if err := layer.Load(file.Provider(path), toml.Parser()); err != nil {
		var at interface{ Position() (row, column int) }
		if errors.As(err, &at) {
			row, column := at.Position()
			return hint.Usagef("TOML is written: name = \"value\"",
				"read configuration %s: line %d, column %d: %w", path, row, column, err)
		}
		return hint.Usagef("", "read configuration %s: %w", path, hint.Reason(err))
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
func (c *Config) addEnvironment(environment []string) error {
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
		if s.named() {
			continue
		}
		variable := s.variable()
		if name == variable {
			if s.kind == tablesSetting {
				return nil, hint.Usagef("write [["+s.key+"]] into "+configName,
					"%s: tables cannot stand in the environment", name)
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
	return nil, hint.Usagef(meant(nearestKey(name, known)), "%s in the environment is no setting", name)
}

// flagSettings are the flags that stand for settings outside [print].
var flagSettings = map[string]string{
	"from": "mail.from", "listen": "serve.listen", "admin-listen": "serve.admin_listen", "data-dir": "data_dir",
}

// addFlags takes the flags that were given and are settings.
func (c *Config) addFlags(flags *pflag.FlagSet) error {
	if flags == nil {
		return nil
	}
	layer := newValues()
	names := map[string]string{}
	err := layer.Load(posflag.ProviderWithFlag(flags, ".", nil, func(f *pflag.Flag) (string, any) {
		key := "print." + strings.ReplaceAll(f.Name, "-", "_")
		if other, ok := flagSettings[f.Name]; ok {
			key = other
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
func (c *Config) add(layer *koanf.Koanf, origin func(key string) string) error {
	for _, key := range layer.Keys() {
		c.origin[key] = origin(key)
	}
	if err := c.values.Merge(layer); err != nil {
		return fmt.Errorf("merge configuration: %w", err)
	}
	return nil
}
