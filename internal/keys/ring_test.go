package keys

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// openRing opens a ring with a clock that stands at noon until it is put on.
func openRing(t testing.TB, dir string) (r *Ring, putOn func(time.Duration)) {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	now := noon
	r.now = func() time.Time { return now }
	return r, func(d time.Duration) { now = now.Add(d) }
}

func create(t testing.TB, r *Ring, p Params) (string, Key) {
	t.Helper()
	if p.Scopes == nil {
		p.Scopes = []Scope{Print}
	}
	text, k, err := r.Create(p)
	if err != nil {
		t.Fatal(err)
	}
	return text, k
}

// wantReason checks that a key is refused, without its text in the message.
func wantReason(t *testing.T, r *Ring, text string, now time.Time, want Reason) {
	t.Helper()
	k, err := r.Check(text, now)
	var refusal *Refusal
	if !errors.As(err, &refusal) || refusal.Reason != want || refusal.Hint() == "" {
		t.Errorf("check gives %v, %v; want %s", k, err, want)
		return
	}
	if len(text) > 12 && strings.Contains(err.Error(), text[12:]) {
		t.Errorf("the error tells the key: %v", err)
	}
}

func hasAny(r *Ring) bool {
	any, err := r.Any()
	return any && err == nil
}

func TestCheck(t *testing.T) {
	r, _ := openRing(t, t.TempDir())
	if hasAny(r) {
		t.Error("an empty ring has keys")
	}
	text, k := create(t, r, Params{Name: "cms", Scopes: []Scope{Print, Email}, Expires: noon.Add(90 * 24 * time.Hour)})
	got, err := r.Check(text, noon)
	if err != nil || got.ID != k.ID || got.Name != "cms" || !hasAny(r) {
		t.Fatalf("check gives %+v, %v", got, err)
	}
	if !got.Allows(Print) || !got.Allows(Email) || got.Allows(Hooks) || got.Allows(Admin) {
		t.Errorf("scopes %v", got.Scopes)
	}
	other, _ := openRing(t, t.TempDir())
	foreign, _ := create(t, other, Params{Name: "cms"})
	id, forged := newText()
	forged = forged[:len(textPrefix)] + k.ID + forged[len(textPrefix)+len(id):] // our ID, another secret
	forged = forged[:textLength-sumLength] + checksum(forged[:textLength-sumLength])
	swapped := []byte(text)
	swapped[20], swapped[21] = 'a', 'b'
	if string(swapped) == text {
		swapped[20] = 'c'
	}
	for name, c := range map[string]struct {
		text string
		want Reason
	}{
		"none":            {"", Missing},
		"a word":          {"secret", Malformed},
		"cut off":         {text[:textLength-1], Malformed},
		"with a blank":    {text + " ", Malformed},
		"a slip":          {string(swapped), Malformed},
		"upper case":      {strings.ToUpper(text), Malformed},
		"of another ring": {foreign, Unknown},
		"forged":          {forged, Unknown},
	} {
		t.Run(name, func(t *testing.T) { wantReason(t, r, c.text, noon, c.want) })
	}
	if _, err := r.Check(text, k.Expires.Add(-time.Second)); err != nil {
		t.Errorf("before it expires: %v", err)
	}
	wantReason(t, r, text, k.Expires, Expired)
	if _, err := r.Revoke(k.ID); err != nil {
		t.Fatal(err)
	}
	wantReason(t, r, text, noon, Revoked)
	if !hasAny(r) {
		t.Error("a ring whose last key was revoked counts as one without keys")
	}
}

func TestRevoke(t *testing.T) {
	r, putOn := openRing(t, t.TempDir())
	first, one := create(t, r, Params{Name: "cms"})
	if _, _, err := r.Create(Params{Name: "cms", Scopes: []Scope{Print}}); err == nil {
		t.Error("two keys of one name")
	}
	if k, err := r.Revoke("cms"); err != nil || k.ID != one.ID || !k.Revoked.Equal(noon) {
		t.Fatalf("revoke gives %+v, %v", k, err)
	}
	putOn(time.Hour)
	if k, err := r.Revoke("cms"); err != nil || k.ID != one.ID || !k.Revoked.Equal(noon) {
		t.Errorf("revoked again: %+v, %v", k, err)
	}
	// The name is free again, and then means the new key.
	second, two := create(t, r, Params{Name: "cms"})
	if k, err := r.Revoke("cms"); err != nil || k.ID != two.ID {
		t.Errorf("revoke by a name of two: %+v, %v", k, err)
	}
	wantReason(t, r, first, noon, Revoked)
	wantReason(t, r, second, noon, Revoked)
	if _, err := r.Revoke("nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("revoke what is not there: %v", err)
	}
	if _, _, err := r.Create(Params{Name: one.ID, Scopes: []Scope{Print}}); err == nil {
		t.Error("a key named like another one's ID")
	}
	list, err := r.List()
	if err != nil || len(list) != 2 || list[0].ID != one.ID || list[1].ID != two.ID {
		t.Errorf("list is %+v, %v", list, err)
	}
}

// A running service sees a new key at once, and what else another process does within
// a second.
func TestOthersChangesAreSeen(t *testing.T) {
	dir := t.TempDir()
	server, putOn := openRing(t, dir)
	operator, _ := openRing(t, dir)
	if hasAny(server) {
		t.Fatal("it has keys")
	}
	text, _ := create(t, operator, Params{Name: "cms"})
	if _, err := server.Check(text, noon); err != nil || !hasAny(server) {
		t.Fatalf("at once: %v", err)
	}
	if _, err := operator.Revoke("cms"); err != nil {
		t.Fatal(err)
	}
	if _, err := server.Check(text, noon); err != nil {
		t.Fatalf("it looked again for a key that it knows: %v", err)
	}
	putOn(time.Second)
	wantReason(t, server, text, noon, Revoked)

	// A clock that is put back by a day keeps nothing from being seen.
	text, _ = create(t, operator, Params{Name: "app"})
	putOn(-24 * time.Hour)
	if _, err := server.Check(text, noon); err != nil {
		t.Errorf("after the clock went back: %v", err)
	}
}

// Whatever happens to the file, a ring goes on with the keys that it had, tells of it
// once, changes nothing, and is never one without keys.
func TestDamage(t *testing.T) {
	for name, damage := range map[string]func(path string, whole []byte) error{
		"gone":   func(path string, _ []byte) error { return os.Remove(path) },
		"empty":  func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) },
		"halved": func(path string, whole []byte) error { return os.WriteFile(path, whole[:len(whole)/2], 0o600) },
		"other JSON": func(path string, _ []byte) error {
			return os.WriteFile(path, []byte(`[]`), 0o600)
		},
		"no list":           replace(`"keys": [`, `"lost": [`),
		"another schema":    replace(`"schema": 1`, `"schema": 2`),
		"unknown field":     replace(`"quotas"`, `"max_pages": 3, "quotas"`),
		"unknown scope":     replace(`"print"`, `"root"`),
		"no scope":          replace(`"print"`, ``),
		"another ID":        replace(`"id": "`, `"id": "A`),
		"a short hash":      replace(`"sha256": "`, `"sha256": "0`),
		"no hash":           replace(`"sha256"`, `"last_used": "2026-11-26T00:00:00Z", "expires"`),
		"a wide host":       replace(`"news.example"`, `""`),
		"a loose origin":    replace(`"https://www.example.com"`, `"*"`),
		"a negative bound":  replace(`"prints_per_day": 5`, `"prints_per_day": -5`),
		"bytes after it":    func(path string, whole []byte) error { return os.WriteFile(path, append(whole, "{}"...), 0o600) },
		"a folder":          func(path string, _ []byte) error { return errors.Join(os.Remove(path), os.Mkdir(path, 0o700)) },
		"the same ID twice": duplicate,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			r, putOn := openRing(t, dir)
			text, _ := create(t, r, Params{
				Name: "cms", Hosts: []string{"news.example"}, Origins: []string{"https://www.example.com"}, Quotas: Quotas{PrintsPerDay: 5},
			})
			whole, err := os.ReadFile(r.path())
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(r.path(), whole); err != nil {
				t.Fatal(err)
			}
			var fault *FileError
			var told []error
			r.Tell(func(err error) { told = append(told, err) })
			for range 3 {
				putOn(time.Second)
				if k, err := r.Check(text, noon); err != nil || k.Name != "cms" || !k.AllowsHost("news.example") || k.AllowsHost("example.org") {
					t.Errorf("check: %+v, %v", k, err)
				}
				if !r.AllowsOrigin("https://www.example.com", noon) || r.AllowsOrigin("https://example.org", noon) {
					t.Error("the origins are others")
				}
				if any, err := r.Any(); !any || err != nil {
					t.Errorf("any: %v, %v", any, err)
				}
			}
			if len(told) != 1 || !errors.As(told[0], &fault) || fault.Hint() == "" {
				t.Errorf("told of it: %v", told)
			}
			forged := strings.Repeat("z", len(text))
			wantReason(t, r, forged, noon, Malformed)
			if _, err := r.List(); !errors.As(err, &fault) {
				t.Errorf("list: %v", err)
			}
			if _, _, err := r.Create(Params{Name: "app", Scopes: []Scope{Print}}); !errors.As(err, &fault) {
				t.Errorf("create: %v", err)
			}
			if name != "gone" {
				if _, err := Open(dir); !errors.As(err, &fault) {
					t.Errorf("open: %v", err)
				}
			}
			// Put back, it is good again.
			_ = os.Remove(r.path())
			if err := os.WriteFile(r.path(), whole, 0o600); err != nil {
				t.Fatal(err)
			}
			putOn(time.Second)
			if _, err := r.Check(text, noon); err != nil {
				t.Errorf("after it was put back: %v", err)
			}
			if len(told) != 2 || told[1] != nil {
				t.Errorf("told after it was put back: %v", told)
			}
			if k, err := r.Revoke("cms"); err != nil || k.Revoked.IsZero() {
				t.Errorf("revoked then: %v", err)
			}
			wantReason(t, r, text, noon, Revoked)
		})
	}
}

// A first file that cannot be read lets nobody in: there are no keys to go on with.
func TestFirstFileDamaged(t *testing.T) {
	r, putOn := openRing(t, t.TempDir())
	if err := os.WriteFile(r.path(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	putOn(time.Second)
	_, text := newText()
	var fault *FileError
	if _, err := r.Check(text, noon); !errors.As(err, &fault) || fault.Hint() == "" {
		t.Errorf("check: %v", err)
	}
	if any, err := r.Any(); !any || !errors.As(err, &fault) {
		t.Errorf("taken for a ring without keys: %v, %v", any, err)
	}
}

func replace(old, other string) func(string, []byte) error {
	return func(path string, whole []byte) error {
		if !strings.Contains(string(whole), old) {
			return fmt.Errorf("%s is not in the file", old)
		}
		return os.WriteFile(path, []byte(strings.Replace(string(whole), old, other, 1)), 0o600)
	}
}

func duplicate(path string, whole []byte) error {
	text := string(whole)
	from, to := strings.Index(text, "["), strings.LastIndex(text, "]")
	list := text[from+1 : to]
	return os.WriteFile(path, []byte(text[:from+1]+list+","+list+text[to:]), 0o600)
}

func TestFileModes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state", "offprint")
	r, _ := openRing(t, dir)
	text, _ := create(t, r, Params{Name: "cms"})
	u := LoadUsage(dir, nil)
	if err := u.Take(&Key{ID: "abcdefgh"}, Prints, 1, noon); err != nil {
		t.Fatal(err)
	}
	if err := u.Close(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{".": 0o700, keysFile: 0o600, lockFile: 0o600, usageFile: 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want mode %o", name, info, err, want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 3 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	data, err := os.ReadFile(r.path())
	if err != nil || strings.Contains(string(data), text[len(textPrefix)+idLength+1:]) {
		t.Errorf("the key's text is kept, %v", err)
	}
}

// What a crash left does not stand in the way.
func TestLeftovers(t *testing.T) {
	r, _ := openRing(t, t.TempDir())
	if err := os.WriteFile(r.path()+".tmp", []byte(`{"schema":1,"ke`), 0o644); err != nil {
		t.Fatal(err)
	}
	text, _ := create(t, r, Params{Name: "cms"})
	if _, err := r.Check(text, noon); err != nil {
		t.Error(err)
	}
}

// createMany is set in a process that TestConcurrentCreation starts.
const createMany = "OFFPRINT_TEST_CREATE_KEYS"

const perCreator = 20

// No key is lost when several processes, and several handles in each, make and
// revoke keys at once.
func TestConcurrentCreation(t *testing.T) {
	if dir := os.Getenv(createMany); dir != "" {
		createKeys(t, dir, os.Getenv(createMany+"_AS"))
		return
	}
	dir := t.TempDir()
	var group sync.WaitGroup
	for _, name := range []string{"p", "q"} {
		group.Go(func() {
			cmd := exec.Command(os.Args[0], "-test.run=^TestConcurrentCreation$")
			cmd.Env = append(os.Environ(), createMany+"="+dir, createMany+"_AS="+name)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	for _, name := range []string{"r", "s"} {
		group.Go(func() { createKeys(t, dir, name) })
	}
	group.Wait()
	r, _ := openRing(t, dir)
	list, err := r.List()
	if err != nil || len(list) != 4*perCreator {
		t.Fatalf("%d keys, %v; want %d", len(list), err, 4*perCreator)
	}
	revoked := 0
	for _, k := range list {
		if !k.Revoked.IsZero() {
			revoked++
		}
	}
	if revoked != 4*perCreator/2 {
		t.Errorf("%d are revoked, want half", revoked)
	}
}

func createKeys(t *testing.T, dir, name string) {
	r, err := Open(dir)
	if err != nil {
		t.Error(err)
		return
	}
	for i := range perCreator {
		text, k, err := r.Create(Params{Name: fmt.Sprint(name, i), Scopes: []Scope{Print}})
		if err == nil && i%2 == 0 {
			_, err = r.Revoke(k.ID)
		} else if err == nil {
			_, err = r.Check(text, time.Now())
		}
		if err != nil {
			t.Errorf("key %s%d: %v", name, i, err)
			return
		}
	}
}

// Keys are checked while they change.
func TestConcurrentChecks(t *testing.T) {
	dir := t.TempDir()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	text, k := create(t, r, Params{Name: "cms"})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 500 {
				if _, err := r.Check(text, time.Now()); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 10 {
		create(t, r, Params{Name: fmt.Sprint("other", i)})
	}
	group.Wait()
	if k.Name != "cms" {
		t.Error("the key changed")
	}
}
