package deploy

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tool finds a program that a test needs. Without it the test is skipped; with
// CI=true that is a failure.
func tool(t *testing.T, name, pkg string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is not installed (Debian: %s)", name, pkg)
	}
	t.Skipf("%s is not installed (Debian: %s)", name, pkg)
	return ""
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// output runs a program, which must end well.
func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) || err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// maxExposure is what systemd-analyze may say of a unit at most, of 10. What is
// left is the network, and IP addresses that are not all denied.
const maxExposure = 1.5

var exposure = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`)

func TestUnits(t *testing.T) {
	analyze := tool(t, "systemd-analyze", "systemd")
	dir := t.TempDir()
	units, err := filepath.Glob("systemd/*.service")
	if err != nil || len(units) != 3 {
		t.Fatalf("units %v, error %v", units, err)
	}
	var files []string
	for _, unit := range units {
		// A stand-in for the program, which need not be installed here; and an
		// instance of the template.
		text := strings.ReplaceAll(read(t, unit), "/usr/local/bin/offprint", "/bin/true")
		file := filepath.Join(dir, strings.Replace(filepath.Base(unit), "@.", "@8080.", 1))
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	dropIns := filepath.Join(dir, "offprint.service.d")
	if err := os.Mkdir(dropIns, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dropIns, "credentials.conf"), []byte(read(t, "systemd/credentials.conf")), 0o644); err != nil {
		t.Fatal(err)
	}
	if said := output(t, analyze, append([]string{"verify", "--man=no"}, files...)...); said != "" {
		t.Errorf("systemd-analyze verify: %s", said)
	}
	for _, file := range files {
		said := output(t, analyze, "security", "--offline=true", "--no-pager", file)
		level := exposure.FindStringSubmatch(said)
		if level == nil {
			t.Fatalf("no level in %s", said)
		}
		if n, err := strconv.ParseFloat(level[1], 64); err != nil || n > maxExposure {
			t.Errorf("%s: exposure %s, want at most %.1f", filepath.Base(file), level[1], maxExposure)
		} else {
			t.Logf("%s: exposure %s of 10", filepath.Base(file), level[1])
		}
	}
}

// The three units are alike but for what they run: a wall that is missing in one of
// them is a hole.
func TestUnitsHaveTheSameWalls(t *testing.T) {
	walls := func(file string) map[string]string {
		found := map[string]string{}
		for line := range strings.Lines(read(t, file)) {
			key, value, ok := strings.Cut(strings.TrimSpace(line), "=")
			if ok && !strings.HasPrefix(key, "#") {
				found[key] += value + "\n"
			}
		}
		return found
	}
	service := walls("systemd/offprint.service")
	for _, other := range []string{"systemd/offprint-worker.service", "systemd/offprint-web@.service"} {
		have := walls(other)
		for key, value := range service {
			switch key {
			case "Description", "After", "ExecStart", "TimeoutStopSec":
				continue
			}
			if have[key] != value {
				t.Errorf("%s: %s is %q, in offprint.service %q", other, key, have[key], value)
			}
		}
	}
}

func TestContainerfileBuildsWithOurGo(t *testing.T) {
	version := regexp.MustCompile(`(?m)^go ([0-9.]+)$`).FindStringSubmatch(read(t, "../go.mod"))
	if version == nil || !strings.Contains(read(t, "Containerfile"), "ARG GO="+version[1]+"\n") {
		t.Errorf("the Containerfile has not the Go of go.mod, %v", version)
	}
}

// metric are the names of ours in the rules and in the program.
var metric = regexp.MustCompile(`offprint_[a-z_]+`)

func TestAlertsAreAboutMetricsThatThereAre(t *testing.T) {
	sources, err := filepath.Glob("../internal/metrics/*.go")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		for _, name := range metric.FindAllString(read(t, source), -1) {
			there[name] = true
		}
	}
	for _, file := range []string{"prometheus/alerts.yml", "prometheus/alerts_test.yml", "../docs/guide/operate.md"} {
		for _, name := range metric.FindAllString(read(t, file), -1) {
			if name = strings.TrimSuffix(name, "_bucket"); !there[name] {
				t.Errorf("%s: the service has no metric %s", file, name)
			}
		}
	}
}

func TestAlerts(t *testing.T) {
	promtool := tool(t, "promtool", "prometheus")
	t.Log(output(t, promtool, "check", "rules", "prometheus/alerts.yml"))
	t.Log(output(t, promtool, "test", "rules", "prometheus/alerts_test.yml"))
	t.Log(output(t, promtool, "check", "config", "--syntax-only", "prometheus/scrape.yml"))
}
