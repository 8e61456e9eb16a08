package keys

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestTake(t *testing.T) {
	u := LoadUsage(t.TempDir(), nil)
	k := &Key{ID: "aaaaaaaa", Quotas: Quotas{PrintsPerDay: 5, MailsPerDay: 2}}
	for _, step := range []struct {
		name string
		what Counted
		n    int
		now  time.Time
		used int // before, when it does not fit; -1: it fits
	}{
		{"some", Prints, 3, noon, -1},
		{"more than are left", Prints, 3, noon, 3},
		{"none was taken then", Prints, 2, noon, -1},
		{"one more", Prints, 1, noon.Add(time.Hour), 5},
		{"nothing", Prints, 0, noon, -1},
		{"mails are counted apart", Mails, 2, noon, -1},
		{"one more mail", Mails, 1, noon.Add(12*time.Hour - 1), 2},
		{"the next day", Mails, 2, noon.Add(12 * time.Hour), -1},
		{"a request from before midnight that comes late", Mails, 1, noon.Add(12*time.Hour - 1), 2},
		{"more than ever", Prints, 6, noon.Add(24 * time.Hour), 0},
		{"a clock far ahead", Mails, 1, noon.AddDate(4, 0, 0), -1},
		{"and put right again", Mails, 2, noon.Add(24 * time.Hour), -1},
	} {
		err := u.Take(k, step.what, step.n, step.now)
		var quota *QuotaError
		switch {
		case step.used < 0 && err != nil:
			t.Errorf("%s: %v", step.name, err)
		case step.used >= 0 && (!errors.As(err, &quota) || quota.Used != step.used || quota.Hint() == "" || !quota.Resets.After(step.now)):
			t.Errorf("%s: %v; want %d used", step.name, err, step.used)
		}
	}
	var quota *QuotaError
	if err := u.Take(k, Mails, 1, noon.Add(24*time.Hour)); !errors.As(err, &quota) || !quota.Resets.Equal(time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("it resets at %v", err)
	}
}

// However many ask at once, no more is given than there is.
// What was counted is taken back, never below none, and never from another day.
func TestReturn(t *testing.T) {
	u := LoadUsage(t.TempDir(), nil)
	defer u.Close()
	k := &Key{ID: "one", Quotas: Quotas{MailsPerDay: 3}}
	take := func(n int, now time.Time) bool { return u.Take(k, Mails, n, now) == nil }
	if !take(3, noon) || take(1, noon) {
		t.Fatal("the quota is not three")
	}
	u.Return(k, Mails, 2, noon)
	if prints, mails := u.Used("one", noon); prints != 0 || mails != 1 || !take(2, noon) || take(1, noon) {
		t.Errorf("after two were taken back: %d prints, %d mails", prints, mails)
	}
	u.Return(k, Prints, 1, noon)
	u.Return(k, Mails, 9, noon)
	u.Return(k, Mails, -9, noon)
	if prints, mails := u.Used("one", noon); prints != 0 || mails != 0 {
		t.Errorf("after more than all were taken back: %d prints, %d mails", prints, mails)
	}
	tomorrow := noon.Add(24 * time.Hour)
	if !take(3, noon) {
		t.Error("not begun anew")
	}
	u.Return(k, Mails, 3, tomorrow)
	if take(4, tomorrow) || !take(3, tomorrow) || take(1, tomorrow) {
		t.Error("tomorrow has another quota")
	}
}

func TestTakeAtOnce(t *testing.T) {
	u := LoadUsage(t.TempDir(), nil)
	k := &Key{ID: "aaaaaaaa", Quotas: Quotas{MailsPerDay: 100}}
	var group sync.WaitGroup
	var mu sync.Mutex
	given := 0
	for range 8 {
		group.Go(func() {
			for range 50 {
				if u.Take(k, Mails, 1, noon) == nil {
					mu.Lock()
					given++
					mu.Unlock()
				}
			}
		})
	}
	group.Wait()
	if given != 100 {
		t.Errorf("%d were given, want 100", given)
	}
	if err := u.Close(); err != nil {
		t.Error(err)
	}
}

// The file is written every five seconds at most, on Close, and read again.
func TestUsageIsSaved(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, usageFile)
	k := &Key{ID: "aaaaaaaa", Quotas: Quotas{PrintsPerDay: 5}}
	synctest.Test(t, func(t *testing.T) {
		u := LoadUsage(dir, nil)
		take := func() {
			t.Helper()
			if err := u.Take(k, Prints, 1, noon); err != nil {
				t.Fatal(err)
			}
		}
		written := func() int {
			tallies, err := readTallies(path)
			if err != nil {
				t.Fatal(err)
			}
			return tallies[k.ID].Prints
		}
		take()
		time.Sleep(saveEvery - 1)
		synctest.Wait()
		if n := written(); n != 0 {
			t.Errorf("%d written before its time", n)
		}
		take()
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if n := written(); n != 2 {
			t.Errorf("%d written after five seconds, want 2", n)
		}
		take()
		synctest.Wait()
		if n := written(); n != 2 {
			t.Errorf("%d written at once", n)
		}
		if err := u.Close(); err != nil {
			t.Fatal(err)
		}
		if n := written(); n != 3 {
			t.Errorf("%d written by Close, want 3", n)
		}
	})
	again := LoadUsage(dir, nil)
	if prints, _ := again.Used(k.ID, noon); prints != 3 {
		t.Errorf("%d prints were read back, want 3", prints)
	}
}

// When the disk is full, counting goes on, and the file is written later.
func TestUsageCannotBeSaved(t *testing.T) {
	dir := t.TempDir()
	var log bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		u := LoadUsage(filepath.Join(dir, "later"), slog.New(slog.NewTextHandler(&log, nil)))
		k := &Key{ID: "aaaaaaaa"}
		if err := u.Take(k, Prints, 1, noon); err != nil {
			t.Fatal(err)
		}
		time.Sleep(saveEvery)
		synctest.Wait()
		if !strings.Contains(log.String(), "cannot be written") {
			t.Errorf("the log says %q", log.String())
		}
		if err := os.Mkdir(filepath.Join(dir, "later"), 0o700); err != nil {
			t.Fatal(err)
		}
		time.Sleep(saveEvery)
		synctest.Wait()
		if tallies, err := readTallies(u.path); err != nil || tallies[k.ID].Prints != 1 {
			t.Errorf("written later: %v, %v", tallies, err)
		}
		if err := u.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestDamagedUsageBeginsAnew(t *testing.T) {
	for name, data := range map[string]string{
		"empty":          "",
		"halved":         `{"schema":1,"keys":{"aaaaaaaa":{"day":"2026-11-26","pri`,
		"another schema": `{"schema":2,"keys":{}}`,
		"no day":         `{"schema":1,"keys":{"aaaaaaaa":{"day":"yesterday","prints":1}}}`,
		"less than none": `{"schema":1,"keys":{"aaaaaaaa":{"day":"2026-11-26","prints":-1}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, usageFile), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			u := LoadUsage(dir, slog.New(slog.NewTextHandler(&log, nil)))
			if !strings.Contains(log.String(), "level=WARN") {
				t.Errorf("the log says %q", log.String())
			}
			if err := u.Take(&Key{ID: "aaaaaaaa", Quotas: Quotas{PrintsPerDay: 1}}, Prints, 1, noon); err != nil {
				t.Error(err)
			}
			if err := u.Close(); err != nil {
				t.Error(err)
			}
			if _, err := readTallies(u.path); err != nil {
				t.Errorf("what was written: %v", err)
			}
		})
	}
}

// The list tells the day of a key's last use.
func TestLastUsed(t *testing.T) {
	dir := t.TempDir()
	r, _ := openRing(t, dir)
	_, one := create(t, r, Params{Name: "used"})
	_, two := create(t, r, Params{Name: "touched"})
	create(t, r, Params{Name: "new"})
	u := LoadUsage(dir, nil)
	if err := u.Take(&one, Mails, 1, noon); err != nil {
		t.Fatal(err)
	}
	u.Touch(&two, noon.Add(24*time.Hour))
	if err := u.Close(); err != nil {
		t.Fatal(err)
	}
	list, err := r.List()
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	for i, want := range []string{"2026-11-26", "2026-11-27", "0001-01-01"} {
		if got := list[i].LastUsed.Format(time.DateOnly); got != want {
			t.Errorf("%s was last used on %s, want %s", list[i].Name, got, want)
		}
	}
}
