package mailer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Recipient is one line of a recipients file. Only Address is always there.
type Recipient struct {
	Address  Address
	Name     string
	Lang     string // BCP 47, unchecked
	FontSize string // a step or points, unchecked
	Line     int    // where it stands in the file, from 1
}

// RefusedLine is a line of a recipients file that names nobody we can write to.
type RefusedLine struct {
	Line int
	Err  error
}

// ErrDuplicate marks a line whose address came before; its first line counts.
var ErrDuplicate = errors.New("address came before")

// recipientColumns are the columns that a recipients file may have.
var recipientColumns = []string{"email", "name", "lang", "font_size"}

// maxRecipients bounds a recipients file.
const maxRecipients = 1_000_000

// ReadRecipients reads a recipients file: CSV (RFC 4180) in UTF-8, its first
// line naming the columns email, name, lang and font_size in any order, email
// at least. Lines that cannot be used are given back beside the good ones; an
// error means that the file as a whole is not such a list.
func ReadRecipients(r io.Reader) ([]Recipient, []RefusedLine, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord = -1
	in.TrimLeadingSpace = true
	columns, err := readColumns(in)
	if err != nil {
		return nil, nil, fmt.Errorf("read recipients: %w", err)
	}
	var list []Recipient
	var refused []RefusedLine
	seen := map[string]bool{}
	for len(list)+len(refused) < maxRecipients {
		record, err := in.Read()
		if err == io.EOF {
			return list, refused, nil
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read recipients: %w", err)
		}
		line, _ := in.FieldPos(0)
		one, err := newRecipient(columns, record)
		if err == nil && seen[one.Address.Key()] {
			err = fmt.Errorf("%s: %w", one.Address, ErrDuplicate)
		}
		if err != nil {
			refused = append(refused, RefusedLine{line, err})
			continue
		}
		one.Line = line
		seen[one.Address.Key()] = true
		list = append(list, one)
	}
	return nil, nil, fmt.Errorf("read recipients: more than %d lines: split the file", maxRecipients)
}

// readColumns reads the first line.
func readColumns(in *csv.Reader) ([]string, error) {
	columns, err := in.Read()
	if err == io.EOF {
		return nil, errors.New("file is empty: its first line names the columns, email,name,lang,font_size")
	}
	if err != nil {
		return nil, err
	}
	columns[0] = strings.TrimPrefix(columns[0], "\uFEFF") // a byte order mark, as Excel writes it
	for i, c := range columns {
		columns[i] = strings.ToLower(strings.TrimSpace(c))
		if !slices.Contains(recipientColumns, columns[i]) {
			return nil, fmt.Errorf("column %q: want %s in the first line", c, strings.Join(recipientColumns, ","))
		}
		if slices.Contains(columns[:i], columns[i]) {
			return nil, fmt.Errorf("column %q stands there twice", c)
		}
	}
	if !slices.Contains(columns, "email") {
		return nil, errors.New("no column email in the first line")
	}
	return columns, nil
}

func newRecipient(columns, record []string) (Recipient, error) {
	if len(record) > len(columns) {
		return Recipient{}, fmt.Errorf("line has %d fields, the first line %d", len(record), len(columns))
	}
	var one Recipient
	for i, value := range record {
		value = strings.TrimSpace(value)
		if err := checkLine(columns[i], value, maxLine); err != nil {
			return Recipient{}, err
		}
		switch columns[i] {
		case "email":
			address, err := ParseAddress(value)
			if err != nil {
				return Recipient{}, err
			}
			one.Address = address
		case "name":
			if err := checkLine("name", value, maxName); err != nil {
				return Recipient{}, err
			}
			one.Name = value
		case "lang":
			one.Lang = value
		case "font_size":
			one.FontSize = value
		}
	}
	if one.Address.IsZero() {
		return Recipient{}, errors.New("line has no address")
	}
	return one, nil
}
