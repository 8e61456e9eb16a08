package mailer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// shelved lists what lies beside a journal, by ending.
func shelved(t *testing.T, path string) (letters, parts, others int) {
	t.Helper()
	listed, err := os.ReadDir(path + ".letters")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, file := range listed {
		switch filepath.Ext(file.Name()) {
		case letterEnding:
			letters++
		case partEnding:
			parts++
		default:
			others++
		}
	}
	return letters, parts, others
}

// letterTo is a signed message to a recipient.
func letterTo(t *testing.T, keys Keys, to string) *Message {
	t.Helper()
	l := sampleLetter(t)
	l.To.Address = mustAddress(t, to)
	l.MessageID = NewMessageID(l.From.Address, to)
	m, err := sampleDesign(t).Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	if m, err = keys.Sign(m); err != nil {
		t.Fatal(err)
	}
	return m
}

// A crash at each step between two others leaves either nothing of a letter or
// all its bytes.
func TestJournalKeepsBytesThroughACrash(t *testing.T) {
	keys := sampleKeys(t)
	for _, c := range []struct {
		name  string
		crash func(t *testing.T, j *Journal, m *Message)
		kept  bool // the next run must send these bytes
	}{
		{"before anything", func(*testing.T, *Journal, *Message) {}, false},
		{"a letter half written", func(t *testing.T, j *Journal, m *Message) {
			mustDo(t, j.letters.make())
			mustDo(t, os.WriteFile(filepath.Join(j.letters.path, hashOf(m.Bytes)+tempSuffix), m.Bytes[:100], 0o600))
		}, false},
		{"the attachment kept, the letter not", func(t *testing.T, j *Journal, m *Message) {
			mustDo(t, j.letters.make())
			part := m.Bytes[m.file.from:m.file.to]
			mustDo(t, j.letters.write(hashOf(part)+partEnding, part))
		}, false},
		{"kept, not noted", func(t *testing.T, j *Journal, m *Message) {
			_, err := j.letters.keep(m)
			mustDo(t, err)
		}, false},
		{"begun", func(t *testing.T, j *Journal, m *Message) { mustDo(t, j.Begin(m)) }, true},
		{"refused for now", func(t *testing.T, j *Journal, m *Message) {
			mustDo(t, j.Begin(m))
			mustDo(t, j.End([]Result{{Recipient: m.To[0], State: Deferred, MessageID: m.ID}}))
		}, true},
		{"refused for now, and begun again", func(t *testing.T, j *Journal, m *Message) {
			mustDo(t, j.Begin(m))
			mustDo(t, j.End([]Result{{Recipient: m.To[0], State: Deferred, MessageID: m.ID}}))
			mustDo(t, j.Begin(m))
		}, true},
		{"settled, the letter still there", func(t *testing.T, j *Journal, m *Message) {
			mustDo(t, j.Begin(m))
			mustDo(t, j.put(entry{Result{Recipient: m.To[0], State: Sent, MessageID: m.ID}, hashOf(m.Bytes)}))
		}, false},
		{"settled", func(t *testing.T, j *Journal, m *Message) {
			mustDo(t, j.Begin(m))
			mustDo(t, j.End([]Result{{Recipient: m.To[0], State: Sent, MessageID: m.ID}}))
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "job.jsonl")
			m := letterTo(t, keys, "reader@example.com")
			j := openJournal(t, path, "job-1")
			c.crash(t, j, m)
			mustDo(t, j.file.Close()) // not j.Close: that would tidy up

			j = openJournal(t, path, "job-1")
			kept, err := j.Kept(m.To[0])
			if err != nil || (kept != nil) != c.kept || j.Keeps(m.To[0]) != c.kept {
				t.Fatalf("kept is %v (%v, %v), want %v", kept != nil, j.Keeps(m.To[0]), err, c.kept)
			}
			letters, parts, others := shelved(t, path)
			if !c.kept {
				if _, err := os.Stat(path + ".letters"); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("%d letters, %d attachments, %d others are left", letters, parts, others)
				}
				return
			}
			if !bytes.Equal(kept.Bytes, m.Bytes) || kept.ID != m.ID || !slices.Equal(kept.To, m.To) {
				t.Error("kept message is another")
			}
			if letters != 1 || parts != 1 || others != 0 {
				t.Errorf("%d letters, %d attachments, %d others", letters, parts, others)
			}
			mustDo(t, j.Begin(kept))
			mustDo(t, j.End([]Result{{Recipient: m.To[0], State: Sent, MessageID: m.ID}}))
			mustDo(t, j.Close())
			if _, err := os.Stat(path + ".letters"); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the folder stays: %v", err)
			}
		})
	}
}

func TestJournalKeepsAnAttachmentOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "job.jsonl")
	j := openJournal(t, path, "job-1")
	keys := sampleKeys(t)
	var all []*Message
	for _, to := range []string{"a@example.com", "b@example.com", "c@example.com"} {
		m := letterTo(t, keys, to)
		all = append(all, m)
		mustDo(t, j.Begin(m))
	}
	if letters, parts, _ := shelved(t, path); letters != 3 || parts != 1 {
		t.Errorf("%d letters and %d attachments are kept, want 3 and 1", letters, parts)
	}
	for _, name := range []string{path + ".letters", path} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v, %v", name, info.Mode(), err)
		}
	}
	mustDo(t, j.End([]Result{{Recipient: all[1].To[0], State: Bounced, MessageID: all[1].ID}}))
	mustDo(t, j.Close())
	if letters, parts, _ := shelved(t, path); letters != 2 || parts != 1 {
		t.Errorf("%d letters and %d attachments are left, want 2 and 1", letters, parts)
	}
	// A journal that begins anew has no use for them. What is not ours stays.
	mustDo(t, os.Remove(path))
	mustDo(t, os.WriteFile(filepath.Join(path+".letters", "mine.letter"), nil, 0o600))
	j = openJournal(t, path, "job-1")
	mustDo(t, j.Close())
	if letters, parts, _ := shelved(t, path); letters != 1 || parts != 0 {
		t.Errorf("%d letters and %d attachments are left, want the one that is not ours", letters, parts)
	}
}

// A refused journal leaves the letters of its job alone.
func TestRefusedJournalKeepsItsLetters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "job.jsonl")
	j := openJournal(t, path, "job-1")
	m := letterTo(t, sampleKeys(t), "a@example.com")
	mustDo(t, j.Begin(m))
	mustDo(t, j.Close())
	if _, err := OpenJournal(path, "job-2"); err == nil {
		t.Fatal("the journal opens for another job")
	}
	if kept, err := openJournal(t, path, "job-1").Kept(m.To[0]); err != nil || kept == nil {
		t.Errorf("the letter is gone: %v", err)
	}
}

func TestKeptLetterIsChecked(t *testing.T) {
	keys := sampleKeys(t)
	for _, c := range []struct {
		name string
		harm func(t *testing.T, folder, letter, part string)
	}{
		{"letter gone", func(t *testing.T, _, letter, _ string) { mustDo(t, os.Remove(letter)) }},
		{"attachment gone", func(t *testing.T, _, _, part string) { mustDo(t, os.Remove(part)) }},
		{"folder gone", func(t *testing.T, folder, _, _ string) { mustDo(t, os.RemoveAll(folder)) }},
		{"letter empty", func(t *testing.T, _, letter, _ string) { mustDo(t, os.Truncate(letter, 0)) }},
		{"attachment cut short", func(t *testing.T, _, _, part string) { mustDo(t, os.Truncate(part, 100)) }},
		{"letter changed", func(t *testing.T, _, letter, _ string) {
			data, err := os.ReadFile(letter)
			mustDo(t, err)
			data[len(data)-20] ^= 1
			mustDo(t, os.WriteFile(letter, data, 0o600))
		}},
		{"another file named", func(t *testing.T, _, letter, _ string) {
			mustDo(t, os.WriteFile(letter, []byte(`{"part":"../../etc/passwd","at":0}`+"\n"), 0o600))
		}},
		{"place beyond the end", func(t *testing.T, _, letter, _ string) {
			mustDo(t, os.WriteFile(letter, []byte(`{"at":99}`+"\nx"), 0o600))
		}},
		{"place before the start", func(t *testing.T, _, letter, _ string) {
			mustDo(t, os.WriteFile(letter, []byte(`{"at":-1}`+"\nx"), 0o600))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "job.jsonl")
			m := letterTo(t, keys, "a@example.com")
			j := openJournal(t, path, "job-1")
			mustDo(t, j.Begin(m))
			mustDo(t, j.Close())
			folder := path + ".letters"
			c.harm(t, folder, filepath.Join(folder, hashOf(m.Bytes)+letterEnding), filepath.Join(folder, hashOf(m.Bytes[m.file.from:m.file.to])+partEnding))
			j = openJournal(t, path, "job-1")
			if kept, err := j.Kept(m.To[0]); !errors.Is(err, errNotKept) {
				t.Errorf("kept %v, %v", kept != nil, err)
			}
			// It can be begun anew, and is kept again.
			mustDo(t, j.Begin(m))
			mustDo(t, j.Close())
			kept, err := openJournal(t, path, "job-1").Kept(m.To[0])
			if err != nil || !bytes.Equal(kept.Bytes, m.Bytes) {
				t.Errorf("after another begin: %v", err)
			}
		})
	}
}

// Nothing is noted, and so nothing sent, that could not be kept.
func TestJournalWantsItsFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "job.jsonl")
	j := openJournal(t, path, "job-1")
	mustDo(t, os.WriteFile(path+".letters", nil, 0o600))
	m := letterTo(t, sampleKeys(t), "a@example.com")
	if err := j.Begin(m); err == nil {
		t.Error("a letter is begun that was not kept")
	}
	if r, known := j.Last(m.To[0]); known {
		t.Errorf("it is noted: %v", r)
	}
	mustDo(t, j.Close())
	if _, err := os.Stat(path + ".letters"); err != nil {
		t.Errorf("a file that is not ours was removed: %v", err)
	}
}

func mustDo(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
