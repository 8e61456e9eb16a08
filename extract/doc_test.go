package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each source file of this package and of its rooms has its place in doc.go. A room
// of one file needs no list.
func TestDocListsEveryFile(t *testing.T) {
	rooms, err := filepath.Glob("internal/*")
	if err != nil || len(rooms) == 0 {
		t.Fatalf("rooms: %v, %v", rooms, err)
	}
	for _, room := range append(rooms, ".") {
		doc, err := os.ReadFile(filepath.Join(room, "doc.go"))
		if err != nil {
			t.Error(err)
			continue
		}
		files, err := filepath.Glob(filepath.Join(room, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			name := filepath.Base(f)
			listed := name == "doc.go" || strings.HasSuffix(name, "_test.go") || strings.Contains(string(doc), name)
			if only := name == filepath.Base(room)+".go"; !listed && !only {
				t.Errorf("%s is not in the list of %s/doc.go", name, room)
			}
		}
	}
}
