package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Packages say with the tag toml which key a field is. The name of the library that
// reads it stands in this package alone.
func TestNoOtherPackageKnowsKoanf(t *testing.T) {
	const top = "../.."
	read := 0
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules" || entry.Name() == "testdata"),
			entry.IsDir() && path == filepath.Join(top, "internal", "config"):
			return fs.SkipDir
		case filepath.Ext(path) != ".go":
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		read++
		if strings.Contains(string(text), "koanf") {
			t.Errorf("%s knows koanf", path)
		}
		return nil
	})
	if err != nil || read < 100 {
		t.Errorf("%d files read, error %v", read, err)
	}
}
