//go:build integration

package readers

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// need says which programs a test cannot do without. Under CI=true nothing may be
// left out; elsewhere the test says so and is passed over.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			leaveOut(t, program+" is not installed: run internal/readers/check.sh as root")
		}
	}
}

// needFiles is need of files: modules from npm and Debian's Java libraries.
func needFiles(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			leaveOut(t, path+" is not there: run internal/readers/check.sh as root")
		}
	}
}

func leaveOut(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip("SKIPPED: " + why)
}

// run runs a program and gives what it writes.
func run(input []byte, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return out, fmt.Errorf("run %s: %w: %s", name, err, strings.TrimSpace(stderr.String()))
	}
	return out, nil
}

// Debian's Java libraries that PDFBox is made of.
var jars = []string{"/usr/share/java/pdfbox2.jar", "/usr/share/java/fontbox2.jar", "/usr/share/java/commons-logging.jar"}

// outOf names the file that holds what a reader took out of a PDF.
func outOf(dir string, p print, reader string) string {
	return filepath.Join(dir, p.name+"."+reader+".txt")
}

func paths(files []print) []string {
	list := make([]string, len(files))
	for i := range files {
		list[i] = files[i].path
	}
	return list
}
