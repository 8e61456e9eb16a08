package config

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/knadh/koanf/v2"
)

// Help lists all settings, a line each, for people.
func Help() string {
	var list strings.Builder
	for i := range settings {
		fmt.Fprintf(&list, "  %-28s %s\n", settings[i].key, settings[i].about)
	}
	return list.String()
}

// Shown is a setting in the form that people see.
type Shown struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`            // null: nobody set it
	Origin string `json:"origin,omitempty"` // file, variable or flag
	Holds  string `json:"default,omitempty"`
	About  string `json:"about"`
}

// Settings gives all settings with their values. A URL is shown without its password.
// A setting beneath a name of the operator's is shown for each name that has it.
func (c *Config) Settings() []Shown {
	var list []Shown
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
func (c *Config) show(s *setting, key string) Shown {
	shown := Shown{Key: key, About: s.about, Origin: c.origin[key], Holds: s.fallback}
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
