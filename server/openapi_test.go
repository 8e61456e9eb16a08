package server

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestOpenAPILint holds the document against the rules of @redocly/cli. Its
// packages are installed by npm ci in openapi-lint; make check does so.
func TestOpenAPILint(t *testing.T) {
	dir := "openapi-lint"
	cli := filepath.Join(dir, "node_modules", "@redocly", "cli", "bin", "cli.js")
	_, noNode := exec.LookPath("node")
	if _, err := os.Stat(cli); err != nil || noNode != nil {
		const missing = "@redocly/cli is not installed: run sh server/openapi-lint/check.sh"
		if os.Getenv("CI") == "true" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	file := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(file, newFixture(t, nil).spec, 0o600); err != nil {
		t.Fatal(err)
	}
	lint := exec.CommandContext(t.Context(), "node", cli, "lint", "--config", filepath.Join(dir, "redocly.yaml"), file)
	lint.Env = append(os.Environ(), "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true", "NO_COLOR=1")
	out, err := lint.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
