package proof

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// The kinds of block that are judged. Blocks of other kinds are looked for in
// the text and not judged.
const (
	Title  = "title"
	Author = "author"
	Date   = "date"
	Intro  = "intro" // the author note
	Head   = "h2"
	Para   = "p"
	Figure = "fig" // a caption with its credit
	Notice = "disc"
)

// Block is one block of the text that the pages should carry.
type Block struct {
	Kind string
	Text string
}

// ReadExpected reads blocks in reading order, one a line: KIND, a tab, TEXT. Lines
// without text are passed over.
func ReadExpected(r io.Reader) ([]Block, error) {
	var blocks []Block
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		kind, text, ok := strings.Cut(lines.Text(), "\t")
		if !ok || kind == "" || text == "" {
			return nil, fmt.Errorf("read expected text: line %d: want KIND, a tab and TEXT, got %q", n, lines.Text())
		}
		blocks = append(blocks, Block{Kind: kind, Text: text})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read expected text: %w", err)
	}
	return blocks, nil
}

// running reports whether blocks of the kind are running text, set justified.
func running(kind string) bool { return kind == Para || kind == Intro || kind == Notice }

// composed reports whether the rules of line composition hold in the kind.
func composed(kind string) bool {
	return running(kind) || kind == Figure || kind == Title || kind == Head
}
