package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// spy records what a test would have failed with.
type spy struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (s *spy) Helper()          {}
func (s *spy) Cleanup(f func()) { s.cleanups = append(s.cleanups, f) }
func (s *spy) Errorf(format string, args ...any) {
	s.failures = append(s.failures, fmt.Sprintf(format, args...))
}

func TestCheck(t *testing.T) {
	cases := []struct {
		name  string
		files map[string]string
		check map[string]string // what the test under test made
		want  []string          // a part of each failure
	}{
		{"same", map[string]string{"a.txt": "一\n"}, map[string]string{"a.txt": "一\n"}, nil},
		{"below a folder", map[string]string{"x/a.txt": "一\n"}, map[string]string{"x/a.txt": "一\n"}, nil},
		{"missing", nil, map[string]string{"a.txt": "一\n"}, []string{"a.txt is missing"}},
		{"unused", map[string]string{"a.txt": "一\n", "old.txt": ""}, map[string]string{"a.txt": "一\n"}, []string{"old.txt: no test checks it"}},
		{"different", map[string]string{"a.txt": "一\n二\n"}, map[string]string{"a.txt": "一\n三\n"}, []string{"-二\n+三\n"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv(UpdateVar, "")
			dir := t.TempDir()
			for name, text := range c.files {
				if err := write(filepath.Join(dir, name), []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			s := &spy{TB: t}
			f := &Folder{t: s, path: dir, asked: map[string]bool{}}
			for name, text := range c.check {
				f.Check(s, name, []byte(text))
			}
			f.checkUnused()
			if len(s.failures) != len(c.want) {
				t.Fatalf("failures %q, want %d", s.failures, len(c.want))
			}
			for i, part := range c.want {
				if !strings.Contains(s.failures[i], part) {
					t.Errorf("failure %q lacks %q", s.failures[i], part)
				}
			}
		})
	}
}

func TestUpdateWrites(t *testing.T) {
	t.Setenv(UpdateVar, "1")
	dir := t.TempDir()
	s := &spy{TB: t}
	f := &Folder{t: s, path: dir, asked: map[string]bool{}}
	f.Check(s, "x/new.txt", []byte("新\n"))
	got, err := os.ReadFile(filepath.Join(dir, "x", "new.txt"))
	if err != nil || string(got) != "新\n" {
		t.Errorf("wrote %q, %v", got, err)
	}
	if len(s.failures) != 0 {
		t.Errorf("failures %q", s.failures)
	}
}

func TestOpenLooksForUnusedFilesAtTheEnd(t *testing.T) {
	s := &spy{TB: t}
	Open(s, t.TempDir())
	want := 1
	if narrowed() {
		want = 0
	}
	if len(s.cleanups) != want {
		t.Errorf("%d cleanups, want %d", len(s.cleanups), want)
	}
}
