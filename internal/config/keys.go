package config

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/knadh/koanf/v2"

	"offprint/internal/hint"
)

// checkKeys refuses keys that are no settings. It never shows a value: what was
// mistyped may be a password.
func checkKeys(layer *koanf.Koanf, path string) error {
	known := make([]string, len(settings))
	for i := range settings {
		known[i] = settings[i].key
	}
	var errs []error
	for _, key := range layer.Keys() {
		if findSetting(key) == nil {
			errs = append(errs, hint.Usagef(meant(suggestion(key, known)), "%s: %s is no setting", path, key))
		}
	}
	for _, server := range layer.Slices("mail.servers") {
		for _, key := range server.Keys() {
			if _, ok := serverKeys[key]; !ok {
				known := make([]string, 0, len(serverKeys))
				for name := range serverKeys {
					known = append(known, name)
				}
				slices.Sort(known)
				errs = append(errs, hint.Usagef(meant(suggestion(key, known)),
					"%s: mail.servers: %s is no setting", path, key))
			}
		}
	}
	if layer.Exists("mail.servers") && len(layer.Slices("mail.servers")) == 0 {
		errs = append(errs, hint.Usagef("write [[mail.servers]] and its keys beneath", "%s: mail.servers is no table", path))
	}
	if len(errs) < 2 {
		return errors.Join(errs...)
	}
	return hint.Usagef(hint.Of(errs[0]), "%s", hint.Joined(errors.Join(errs...)))
}

// suggestion is nearestKey, and knows that people write secrets out.
func suggestion(key string, known []string) string {
	chosen := "" // by the operator, where the setting has a *
	if parts := strings.Split(key, "."); len(parts) == 3 {
		chosen = parts[1]
		key = parts[0] + ".*." + parts[2]
	}
	nearest := key + "_file"
	if !slices.Contains(known, nearest) {
		nearest = nearestKey(key, known)
	}
	if chosen == "" {
		return nearest
	}
	return strings.Replace(nearest, ".*.", "."+chosen+".", 1)
}

// meant words a hint.
func meant(key string) string {
	if key == "" {
		return "offprint config check --help lists all settings"
	}
	words := "did you mean " + key + "?"
	if strings.HasSuffix(key, "password_file") {
		words += " Secrets stand in files of their own"
	}
	return words
}

// anchorPaths makes relative paths start from the folder of the file that they
// stand in.
func anchorPaths(layer *koanf.Koanf, folder string) error {
	for _, key := range layer.Keys() {
		s := findSetting(key)
		if s == nil || s.kind == tablesSetting {
			continue
		}
		if path, ok := layer.Get(key).(string); ok {
			if err := layer.Set(key, anchored(s.kind, path, folder)); err != nil {
				return err
			}
		}
	}
	tables, ok := layer.Get("mail.servers").([]any)
	if !ok {
		return nil
	}
	for _, table := range tables {
		server, ok := table.(map[string]any)
		if !ok {
			continue
		}
		for key, value := range server {
			if path, ok := value.(string); ok {
				server[key] = anchored(serverKeys[key], path, folder)
			}
		}
	}
	return layer.Set("mail.servers", tables)
}

// anchored gives a path as it is seen from folder; other values stay.
func anchored(kind settingKind, value, folder string) string {
	var isPath bool
	switch kind {
	case fileSetting, secretSetting:
		isPath = true
	case addressSetting:
		isPath = !strings.Contains(value, "://")
	case designSetting:
		isPath = strings.ContainsAny(value, `/\.`)
	}
	if !isPath || value == "" || filepath.IsAbs(value) {
		return value
	}
	return filepath.Join(folder, value)
}

// splitList parts a list in an environment variable at its commas.
func splitList(value string) []string {
	var list []string
	for item := range strings.SplitSeq(value, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}
