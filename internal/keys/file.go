package keys

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"offprint/internal/durable"
	"offprint/internal/hint"
)

// schema is the form of keys.json and usage.json that this package reads and
// writes.
const schema = 1

// maxFile bounds what is read of either file, in bytes: far more than maxKeys.
const maxFile = 64 << 20

// keysJSON is keys.json.
type keysJSON struct {
	Schema int      `json:"schema"`
	Keys   []stored `json:"keys"`
}

// stored is a key as keys.json keeps it.
type stored struct {
	Key
	SHA256 hash `json:"sha256"` // of the whole text
}

type hash [32]byte

func (h hash) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(h[:])), nil }

func (h *hash) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(h)) {
		return fmt.Errorf("sha256: want %d hexadecimal digits", hex.EncodedLen(len(h)))
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// load reads the file, whatever was read before.
func (r *Ring) load() {
	file, err := os.Open(r.path())
	if errors.Is(err, fs.ErrNotExist) && r.seen == nil {
		r.keys, r.err = nil, nil
		r.index()
		return
	}
	if err != nil {
		r.fail(hint.Reason(err), accessHint)
		return
	}
	defer file.Close()
	// The open file's own: another may have its name by now.
	info, err := file.Stat()
	if err != nil {
		r.fail(hint.Reason(err), accessHint)
		return
	}
	r.seen = info
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		r.fail(hint.Reason(err), accessHint)
		return
	}
	list, err := decodeKeys(data)
	if err != nil {
		r.fail(fmt.Errorf("it is damaged: %w", err), damagedHint)
		return
	}
	r.keys, r.err = list, nil
	r.index()
}

// decodeKeys reads keys.json. It refuses what it does not know: a field that is
// passed over could be the one that bounds a key.
func decodeKeys(data []byte) ([]stored, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("it has more than %d bytes", maxFile)
	}
	var head struct {
		Schema int `json:"schema"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, err
	}
	if head.Schema != schema {
		return nil, fmt.Errorf("its schema is %d, and this offprint reads %d", head.Schema, schema)
	}
	var whole keysJSON
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&whole); err != nil {
		return nil, err
	}
	if whole.Keys == nil {
		return nil, errors.New("it has no list of keys")
	}
	seen := map[string]bool{}
	for i := range whole.Keys {
		if err := whole.Keys[i].check(); err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		if id := whole.Keys[i].ID; seen[id] {
			return nil, fmt.Errorf("key %d: ID %s is there twice", i+1, id)
		}
		seen[whole.Keys[i].ID] = true
	}
	return whole.Keys, nil
}

// check refuses a key that Create does not make.
func (s *stored) check() error {
	switch {
	case !isID(s.ID):
		return fmt.Errorf("%.40q is not an ID", s.ID)
	case s.SHA256 == hash{}:
		return errors.New("sha256 is missing")
	case len(s.Scopes) == 0:
		return errors.New("scopes are missing")
	case s.Created.IsZero():
		return errors.New("created is missing")
	case s.Quotas.PrintsPerDay < 0 || s.Quotas.MailsPerDay < 0 || s.RatePerMinute < 0:
		return errors.New("a bound is less than none")
	}
	for _, scope := range s.Scopes {
		if !slices.Contains(Scopes, scope) {
			return fmt.Errorf("scope %.40q is not known", scope)
		}
	}
	// A host or origin in another form would never match, or match too much.
	for _, list := range []struct {
		of    []string
		plain func(string) (string, error)
	}{{s.Hosts, plainHost}, {s.Origins, plainOrigin}} {
		for _, one := range list.of {
			if plain, err := list.plain(one); err != nil || plain != one {
				return fmt.Errorf("%.200q is not written as a key has it", one)
			}
		}
	}
	return checkName(s.Name)
}

// write replaces the file by the ring's keys.
func (r *Ring) write() error {
	data, err := json.MarshalIndent(keysJSON{schema, r.keys}, "", "  ")
	if err == nil {
		_, err = decodeKeys(data) // what could not be read again would shut all out
	}
	if err == nil {
		err = durable.WriteFile(r.path(), append(data, '\n'), 0o600)
	}
	if err != nil {
		return &FileError{r.path(), hint.Reason(err), accessHint}
	}
	return nil
}
