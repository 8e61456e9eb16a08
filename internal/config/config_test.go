package config

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"offprint/internal/hint"
	"offprint/server/hook"
)

// tagged lists the keys that a section's fields have.
func tagged(section string, t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		name, option, _ := strings.Cut(t.Field(i).Tag.Get(tag), ",")
		if option == "squash" {
			keys = append(keys, tagged(section, t.Field(i).Type)...)
		} else if name != "" && name != "-" {
			keys = append(keys, section+"."+name)
		}
	}
	return keys
}

// Each field that a file can fill is a setting that is explained, and the other
// way round.
func TestSettingsAreTheFields(t *testing.T) {
	var c Config
	fields := []string{"data_dir"}
	for section, of := range map[string]any{
		"site": c.Site, "print": c.Print, "mail": c.Mail, "fetch": c.Fetch, "serve": c.Serve, "store": c.Store,
		"limits": c.Limits, "callbacks": c.Callbacks, "hooks.*": hook.Config{}, "lists.*": List{}, "readers": c.Readers,
	} {
		fields = append(fields, tagged(section, reflect.TypeOf(of))...)
	}
	var keys []string
	for _, s := range settings {
		keys = append(keys, s.key)
		if s.about == "" || s.fallback == "" && s.key != "data_dir" {
			t.Errorf("%s is not explained", s.key)
		}
	}
	slices.Sort(fields)
	slices.Sort(keys)
	if !slices.Equal(fields, keys) {
		t.Errorf("fields   %v\nsettings %v", fields, keys)
	}
	servers := tagged("", reflect.TypeOf(c.Mail.Server))
	for i := range servers {
		servers[i] = strings.TrimPrefix(servers[i], ".")
	}
	slices.Sort(servers)
	if want := slices.Sorted(maps.Keys(serverKeys)); !slices.Equal(servers, want) {
		t.Errorf("fields of a server %v, keys %v", servers, want)
	}
}

// No two settings may share a variable: mail.a_b and mail_a.b would.
func TestVariablesAreDistinct(t *testing.T) {
	seen := map[string]string{}
	for i := range settings {
		if settings[i].named() {
			continue // not from the environment
		}
		name := settings[i].variable()
		if seen[name] != "" {
			t.Errorf("%s stands for %s and %s", name, seen[name], settings[i].key)
		}
		seen[name] = settings[i].key
	}
}

func TestConfigFilesAreReadFromTheSystemsToThisFolders(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", "/home/reader/.config")
	want := []string{"/etc/offprint/offprint.toml", "/home/reader/.config/offprint/offprint.toml", "offprint.toml"}
	if got := configFiles(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestNearestKey(t *testing.T) {
	known := make([]string, len(settings))
	for i := range settings {
		known[i] = settings[i].key
	}
	for _, c := range []struct{ key, want string }{
		{"mail.hots", "mail.host"},
		{"mail.passwort", "mail.password_file"},
		{"mail.dkim_rsa_keyfile", "mail.dkim_rsa_key_file"},
		{"print.fontsize", "print.font_size"},
		{"prints.paper", "print.paper"},
		{"site.paper", "print.paper"},
		{"paper", "print.paper"},
		{"datadir", "data_dir"},
		{"telephone", ""},
		{"mail.zzzzzzzz", ""},
	} {
		if got := nearestKey(c.key, known); got != c.want {
			t.Errorf("%s: %q, want %q", c.key, got, c.want)
		}
	}
}

func TestVariablesThatAreNotOursAreLeftAlone(t *testing.T) {
	c := &Config{origin: map[string]string{}}
	c.values = newValues()
	if err := c.addEnvironment([]string{"OFFPRINT_SOMETHING=1", "OFFPRINTER=1", "PATH=/bin", "OFFPRINT_SITE_HOSTS= a.example , b.example,", "broken"}); err != nil {
		t.Fatal(err)
	}
	if err := c.decode(); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.Site.Hosts, []string{"a.example", "b.example"}) || len(c.origin) != 1 {
		t.Errorf("hosts %v, origins %v", c.Site.Hosts, c.origin)
	}
	for _, variable := range []string{"OFFPRINT_SITE_NAMES=x", "OFFPRINT_MAIL_SERVERS=x", "OFFPRINT_MAIL_PASSWORD=s3cret"} {
		err := c.addEnvironment([]string{variable})
		if err == nil || strings.Contains(err.Error(), "s3cret") || !errors.As(err, new(*hint.UsageError)) {
			t.Errorf("%s: error %v", variable, err)
		}
	}
}
