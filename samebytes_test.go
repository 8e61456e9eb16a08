package offprint_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSameBytes asserts that the same input gives the same PDF, byte for byte: twice
// in one process, in other processes with one processor and with two, and where
// numbers have 32 bits.
func TestSameBytes(t *testing.T) {
	if path := os.Getenv("OFFPRINT_SUMS"); path != "" { // this is one of the other processes
		if err := os.WriteFile(path, []byte(sums(t)), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := sums(t)
	if again := sums(t); again != want {
		t.Errorf("the second run differs from the first:\n%s", differing(want, again))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, processors := range []string{"1", "2"} {
		if got := elsewhere(t, self, "GOMAXPROCS="+processors); got != want {
			t.Errorf("a process with GOMAXPROCS=%s differs:\n%s", processors, differing(want, got))
		}
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("programs of 32 bits are tried on linux/amd64 alone")
	}
	small := filepath.Join(t.TempDir(), "small")
	build := exec.Command("go", "test", "-c", "-o", small, ".")
	build.Env = append(os.Environ(), "GOARCH=386", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build for 386: %v: %s", err, out)
	}
	if got := elsewhere(t, small, "GOARCH=386"); got != want {
		t.Errorf("a program of 32 bits differs:\n%s", differing(want, got))
	}
}

// sums lists the hashes of a part of the corpus under every profile.
func sums(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for i, s := range corpus(t) {
		if i%23 != 0 {
			continue
		}
		doc := s.lay(t)
		for _, p := range profiles {
			fmt.Fprintf(&b, "%x %s %s\n", sha256.Sum256(drawn(t, doc, p)), s.name, p)
		}
	}
	return b.String()
}

// elsewhere gives the sums of another process.
func elsewhere(t *testing.T, program, setting string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sums")
	run := exec.Command(program, "-test.run=^TestSameBytes$")
	run.Env = append(os.Environ(), setting, "OFFPRINT_SUMS="+path)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", setting, err, out)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// differing lists the lines of got that are not want's.
func differing(want, got string) string {
	known := map[string]bool{}
	for line := range strings.Lines(want) {
		known[line] = true
	}
	var b strings.Builder
	for line := range strings.Lines(got) {
		if !known[line] {
			b.WriteString(line)
		}
	}
	return b.String()
}
