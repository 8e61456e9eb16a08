package mailer

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"

	"offprint/internal/livefile"
)

// Suppressions is the list of people who asked for no mail. It keeps hashes
// only. The nil list is empty.
type Suppressions struct {
	hashes map[string]bool
}

// hashMark begins a line of a suppression file that names an address by its
// hash, as [SuppressionLine] writes it.
const hashMark = "sha256:"

// LoadSuppressions reads a suppression file.
func LoadSuppressions(file string) (*Suppressions, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read suppression file: %w", err)
	}
	defer f.Close()
	list, err := ReadSuppressions(f)
	if err != nil {
		return nil, fmt.Errorf("read suppression file %s: %w", file, err)
	}
	return list, nil
}

// ReadSuppressions reads a list: on each line an address or a hash of one,
// empty lines and lines that begin with # aside.
func ReadSuppressions(r io.Reader) (*Suppressions, error) {
	list := &Suppressions{hashes: map[string]bool{}}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if sum, ok := strings.CutPrefix(line, hashMark); ok {
			if raw, err := hex.DecodeString(sum); err != nil || len(raw) != sha256.Size {
				return nil, fmt.Errorf("line %d: want %s and 64 hexadecimal digits", n, hashMark)
			}
			list.hashes[strings.ToLower(sum)] = true
			continue
		}
		address, err := ParseAddress(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		list.hashes[addressHash(address)] = true
	}
	return list, lines.Err()
}

// SuppressionList says who asked for no mail. Its methods may be called from several
// goroutines.
type SuppressionList interface {
	Has(a Address) bool
}

// SuppressionFile is a suppression file that is read again when it changes. While it
// cannot be read, it is as it was.
type SuppressionFile struct {
	file *livefile.File[*Suppressions]
}

// OpenSuppressionFile reads a suppression file. told, which may be nil, is told of each
// later reading: nil, or why the list stays as it was.
func OpenSuppressionFile(path string, told func(error)) (*SuppressionFile, error) {
	read := func() (*Suppressions, error) { return LoadSuppressions(path) }
	file, err := livefile.Open([]string{path}, read, told)
	if err != nil {
		return nil, err
	}
	return &SuppressionFile{file}, nil
}

// Has reports whether the address is on the list, whatever its case.
func (f *SuppressionFile) Has(a Address) bool { return f.file.Get().Has(a) }

// Look reads the file now.
func (f *SuppressionFile) Look() { f.file.Look() }

// Has reports whether the address is on the list, whatever its case.
func (l *Suppressions) Has(a Address) bool {
	return l != nil && len(l.hashes) > 0 && l.hashes[addressHash(a)]
}

// SuppressionLine is the line to append to a suppression file for an address,
// with its line break. It does not show the address.
func SuppressionLine(a Address) string { return hashMark + addressHash(a) + "\n" }

func addressHash(a Address) string {
	sum := sha256.Sum256([]byte(a.Key()))
	return hex.EncodeToString(sum[:])
}
