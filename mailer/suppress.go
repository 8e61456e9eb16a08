package mailer

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
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
