package fonts_test

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The embedded files are those that SHA256SUMS lists, all of them and no other.
func TestFilesAreThoseOfSHA256SUMS(t *testing.T) {
	sums, err := os.Open("SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	defer sums.Close()

	listed := map[string]bool{}
	for lines := bufio.NewScanner(sums); lines.Scan(); {
		want, name, ok := strings.Cut(lines.Text(), "  ")
		if !ok {
			t.Fatalf("not a line of SHA256SUMS: %q", lines.Text())
		}
		listed[name] = true
		data, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want {
			t.Errorf("%s has the hash %s, want %s: run make fonts", name, got, want)
		}
	}
	for _, e := range embedded {
		files, err := filepath.Glob(e.folder + "/*.t[tx]*") // the face and its licence
		if err != nil || len(files) != 2 {
			t.Errorf("%s has the files %v (%v), want a face and its licence", e.folder, files, err)
		}
		for _, file := range files {
			if !listed[file] {
				t.Errorf("%s is not in SHA256SUMS", file)
			}
		}
	}
}
