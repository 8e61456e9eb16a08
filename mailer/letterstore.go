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

	"offprint/internal/durable"
)

// letterStore is the folder beside a journal that keeps the bytes of each letter that
// was begun, until its fate is settled. A further try sends these bytes and no others,
// also when another process makes it. A file is named by the SHA-256 of what it stands
// for. It is written to another name first, so a file that is there is whole.
//
//	HASH.letter  a line of JSON that says where the attachment goes, and the rest
//	HASH.part    an attachment as it travels, once for all letters that hold it
//
// The folder is made with the first letter and goes with the last.
type letterStore struct {
	path  string
	files map[string]bool // the names that are there
	ours  bool            // the folder is there and may go when it is empty
}

const (
	letterEnding = ".letter"
	partEnding   = ".part"
	tempSuffix   = ".half" // of a file that is being written
)

// letterHeader is the first line of a kept letter.
type letterHeader struct {
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
// what was half written. Files of others are left alone.
func (ls *letterStore) open(used map[string]bool) error {
	ls.files = map[string]bool{}
	listed, err := os.ReadDir(ls.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read kept letters: %w", err)
	}
	ls.ours = true
	for _, file := range listed {
		hash, ending := strings.TrimSuffix(file.Name(), filepath.Ext(file.Name())), filepath.Ext(file.Name())
		if !isHash(hash) || !file.Type().IsRegular() {
			continue
		}
		switch {
		case ending == letterEnding && used[hash], ending == partEnding && len(used) > 0:
			ls.files[file.Name()] = true
		case ending == letterEnding, ending == partEnding, ending == tempSuffix:
			if err := os.Remove(filepath.Join(ls.path, file.Name())); err != nil {
				return fmt.Errorf("tidy kept letters: %w", err)
			}
		}
	}
	ls.leave()
	return nil
}

// keep puts a message's bytes into the folder, safe from a power cut, and gives
// their hash.
func (ls *letterStore) keep(m *Message) (hash string, err error) {
	hash = hashOf(m.Bytes)
	if ls.files[hash+letterEnding] {
		return hash, nil
	}
	if len(ls.files) == 0 {
		if err := ls.make(); err != nil {
			return "", fmt.Errorf("keep letter: %w", err)
		}
		ls.ours = true
	}
	part := m.Bytes[m.file.from:m.file.to]
	var header letterHeader
	if len(part) > 0 {
		header = letterHeader{Part: hashOf(part), At: m.file.from}
		if err := ls.write(header.Part+partEnding, part); err != nil {
			return "", fmt.Errorf("keep attachment: %w", err)
		}
	}
	line, err := json.Marshal(header)
	if err != nil {
		return "", fmt.Errorf("keep letter: %w", err)
	}
	data := append(line, '\n')
	data = append(data, m.Bytes[:m.file.from]...)
	data = append(data, m.Bytes[m.file.to:]...)
	if err := ls.write(hash+letterEnding, data); err != nil {
		return "", fmt.Errorf("keep letter: %w", err)
	}
	return hash, nil
}

// make makes the folder, for its owner's eyes alone: letters are private.
func (ls *letterStore) make() error {
	err := os.Mkdir(ls.path, 0o700)
	if errors.Is(err, fs.ErrExist) {
		info, err := os.Lstat(ls.path)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is not a folder", ls.path)
		}
		return os.Chmod(ls.path, 0o700)
	}
	if err != nil {
		return err
	}
	return durable.SyncFolder(filepath.Dir(ls.path))
}

// write makes a file that is safe from a power cut, unless it is there.
func (ls *letterStore) write(name string, data []byte) error {
	if ls.files[name] {
		return nil
	}
	path := filepath.Join(ls.path, name)
	temp := strings.TrimSuffix(path, filepath.Ext(path)) + tempSuffix
	if err := durable.WriteTemp(temp, data, 0o600); err != nil {
		return err
	}
	if err := durable.Rename(temp, path); err != nil {
		return err
	}
	ls.files[name] = true
	return nil
}

// errNotKept says that a letter which was kept cannot be had as it was.
var errNotKept = errors.New("its bytes are gone from beside the journal, or were changed")

// take gives a letter's bytes, which must have that hash. What is damaged is
// taken away, so that it can be kept anew.
func (ls *letterStore) take(hash string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(ls.path, hash+letterEnding))
	if err == nil {
		data, err = ls.join(data)
	}
	if err == nil && hashOf(data) == hash {
		return data, nil
	}
	ls.drop(hash + letterEnding)
	return nil, errNotKept
}

// join puts the attachment back into a letter as it was kept.
func (ls *letterStore) join(data []byte) ([]byte, error) {
	line, rest, _ := bytes.Cut(data, []byte("\n"))
	var header letterHeader
	if err := json.Unmarshal(line, &header); err != nil {
		return nil, err
	}
	if header.At < 0 || header.At > len(rest) || !isHash(header.Part) && header.Part != "" {
		return nil, errNotKept
	}
	if header.Part == "" {
		return rest, nil
	}
	part, err := os.ReadFile(filepath.Join(ls.path, header.Part+partEnding))
	if err != nil || hashOf(part) != header.Part {
		ls.drop(header.Part + partEnding)
		return nil, errNotKept
	}
	return slices.Concat(rest[:header.At], part, rest[header.At:]), nil
}

// drop takes a file away. That it could not be is no harm: the next run of the
// journal tries again.
func (ls *letterStore) drop(name string) {
	os.Remove(filepath.Join(ls.path, name))
	delete(ls.files, name)
}

// leave takes the attachments away when no letter needs them, and the folder
// when it is empty.
func (ls *letterStore) leave() {
	for name := range ls.files {
		if strings.HasSuffix(name, letterEnding) {
			return
		}
	}
	for name := range ls.files {
		os.Remove(filepath.Join(ls.path, name))
	}
	clear(ls.files)
	if ls.ours {
		os.Remove(ls.path) // fails when somebody else's file lies there
		ls.ours = false
	}
}
