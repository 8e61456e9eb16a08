package mailer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shelf is the folder beside a journal that keeps the bytes of each letter that
// was begun, until its fate is settled: a further try, also one by another
// process, sends these and no others. A file is named by the SHA-256 of what it
// stands for, and written to another name first, so that one which is there is
// whole.
//
//	HASH.letter  a line of JSON that says where the attachment goes, and the rest
//	HASH.part    an attachment as it travels, once for all letters that hold it
//
// The folder is made with the first letter and goes with the last.
type shelf struct {
	path  string
	files map[string]bool // the names that are there
	ours  bool            // the folder is there and may go when it is empty
}

const (
	letterEnding = ".letter"
	partEnding   = ".part"
	halfEnding   = ".half" // of a file that is being written
)

// cover is the first line of a kept letter.
type cover struct {
	Part string `json:"part,omitempty"` // the attachment's hash
	At   int    `json:"at,omitempty"`   // where in the rest it stood, in bytes
}

// hashOf names bytes.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// isHash keeps what hashOf has not made from being taken for a file's name.
func isHash(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha256.Size
}

// open reads what is there and takes away what no letter in use needs: of a
// journal that is gone, of letters that were settled when the crash came, and
// what was half written. Files that are not a shelf's are left alone.
func (s *shelf) open(used map[string]bool) error {
	s.files = map[string]bool{}
	listed, err := os.ReadDir(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read kept letters: %w", err)
	}
	s.ours = true
	for _, file := range listed {
		hash, ending := strings.TrimSuffix(file.Name(), filepath.Ext(file.Name())), filepath.Ext(file.Name())
		if !isHash(hash) || !file.Type().IsRegular() {
			continue
		}
		switch {
		case ending == letterEnding && used[hash], ending == partEnding && len(used) > 0:
			s.files[file.Name()] = true
		case ending == letterEnding, ending == partEnding, ending == halfEnding:
			if err := os.Remove(filepath.Join(s.path, file.Name())); err != nil {
				return fmt.Errorf("tidy kept letters: %w", err)
			}
		}
	}
	s.leave()
	return nil
}

// keep puts a message's bytes on the shelf, safe from a power cut, and gives
// their hash.
func (s *shelf) keep(m *Message) (hash string, err error) {
	hash = hashOf(m.Bytes)
	if s.files[hash+letterEnding] {
		return hash, nil
	}
	if len(s.files) == 0 {
		if err := s.make(); err != nil {
			return "", fmt.Errorf("keep letter: %w", err)
		}
		s.ours = true
	}
	part := m.Bytes[m.file.from:m.file.to]
	var c cover
	if len(part) > 0 {
		c = cover{Part: hashOf(part), At: m.file.from}
		if err := s.write(c.Part+partEnding, part); err != nil {
			return "", fmt.Errorf("keep attachment: %w", err)
		}
	}
	line, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("keep letter: %w", err)
	}
	data := append(line, '\n')
	data = append(data, m.Bytes[:m.file.from]...)
	data = append(data, m.Bytes[m.file.to:]...)
	if err := s.write(hash+letterEnding, data); err != nil {
		return "", fmt.Errorf("keep letter: %w", err)
	}
	if err := syncFolder(s.path); err != nil {
		return "", fmt.Errorf("keep letter: %w", err)
	}
	return hash, nil
}

// make makes the folder, for its owner's eyes alone: letters are private.
func (s *shelf) make() error {
	err := os.Mkdir(s.path, 0o700)
	if errors.Is(err, fs.ErrExist) {
		info, err := os.Lstat(s.path)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is not a folder", s.path)
		}
		return os.Chmod(s.path, 0o700)
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(s.path))
}

// write makes a file, unless it is there.
func (s *shelf) write(name string, data []byte) (err error) {
	if s.files[name] {
		return nil
	}
	path := filepath.Join(s.path, name)
	half := strings.TrimSuffix(path, filepath.Ext(path)) + halfEnding
	file, err := os.OpenFile(half, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(half, path)
	}
	if err != nil {
		os.Remove(half)
		return err
	}
	s.files[name] = true
	return nil
}

// errNotKept says that a letter which was kept cannot be had as it was.
var errNotKept = errors.New("its bytes are gone from beside the journal, or were changed")

// take gives a letter's bytes, which must have that hash. What is damaged is
// taken away, so that it can be kept anew.
func (s *shelf) take(hash string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(s.path, hash+letterEnding))
	if err == nil {
		data, err = s.join(data)
	}
	if err == nil && hashOf(data) == hash {
		return data, nil
	}
	s.drop(hash + letterEnding)
	return nil, errNotKept
}

// join puts the attachment back into a letter as it was kept.
func (s *shelf) join(data []byte) ([]byte, error) {
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	var c cover
	if err := json.Unmarshal(line, &c); err != nil {
		return nil, err
	}
	if c.At < 0 || c.At > len(rest) || !isHash(c.Part) && c.Part != "" {
		return nil, errNotKept
	}
	if c.Part == "" {
		return rest, nil
	}
	part, err := os.ReadFile(filepath.Join(s.path, c.Part+partEnding))
	if err != nil || hashOf(part) != c.Part {
		s.drop(c.Part + partEnding)
		return nil, errNotKept
	}
	return slices.Concat(rest[:c.At], part, rest[c.At:]), nil
}

// drop takes a file away. That it could not be is no harm: the next run of the
// journal tries again.
func (s *shelf) drop(name string) {
	os.Remove(filepath.Join(s.path, name))
	delete(s.files, name)
}

// leave takes the attachments away when no letter needs them, and the folder
// when it is empty.
func (s *shelf) leave() {
	for name := range s.files {
		if strings.HasSuffix(name, letterEnding) {
			return
		}
	}
	for name := range s.files {
		os.Remove(filepath.Join(s.path, name))
	}
	clear(s.files)
	if s.ours {
		os.Remove(s.path) // fails when somebody else's file lies there
		s.ours = false
	}
}
