package typeset

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// DumpLines writes the galley as text, a line for each set line: where in the
// article it comes from, its block's role, its number, natural and set width in
// em and points, the part of its stretch or shrink that was used in thousandths,
// the Han gap in thousandths of an em, the rule that ended it, flags, and its
// text.
//
//	blocks[3]  body   2  natural 36.250em 380.625pt  set 36.000em 378pt  ratio -120  gap 0  uax14  ----  它…
//
// The flags are F first, L last, O overfull, U underfull. Readings that stand over the
// line follow its text, after "ruby".
func DumpLines(w io.Writer, g Galley) error {
	b := bufio.NewWriter(w)
	for i := range g.Blocks {
		set := &g.Blocks[i]
		dumpSetLines(b, &set.Block, set.MarkerLines, "marker")
		dumpSetLines(b, &set.Block, set.Lines, "")
		for k := range set.CellLines {
			cell := &set.Block
			if k < len(set.Block.Cells) {
				cell = &set.Block.Cells[k].Block
			}
			dumpSetLines(b, cell, set.CellLines[k], fmt.Sprintf("cell %d", k+1))
		}
	}
	return b.Flush()
}

func dumpSetLines(w io.Writer, b *Block, lines []Line, part string) {
	em := max(b.Style.Size, 1)
	for i := range lines {
		l := &lines[i]
		fmt.Fprintf(w, "%-14s %-12s %s%3d  natural %sem %spt  set %sem %spt  ratio %4d  gap %3d  %-14s %s  %s%s\n",
			b.Source, b.Role, part, i+1, ems(l.Natural, em), l.Natural, ems(l.Set, em), l.Set,
			l.Ratio, l.HanGap.Scale(1000, int64(em)), l.Break, l.flags(), oneLine(l.Text()), l.dumpReadings())
	}
}

// ems writes a length in ems with three decimals.
func ems(l, em Length) string {
	thousandths := int64(l.Scale(1000, int64(em)))
	sign := ""
	if thousandths < 0 {
		sign, thousandths = "-", -thousandths
	}
	return fmt.Sprintf("%s%d.%03d", sign, thousandths/1000, thousandths%1000)
}

func (l *Line) flags() string {
	flags := []byte("----")
	for i, on := range []bool{l.First, l.Last, l.Overfull, l.Underfull} {
		if on {
			flags[i] = "FLOU"[i]
		}
	}
	return string(flags)
}

func (l *Line) dumpReadings() string {
	var b strings.Builder
	for i, reading := range l.readings() {
		b.WriteString([]string{"  ruby ", "│"}[min(i, 1)] + reading)
	}
	return b.String()
}

// readings gives the text of each reading over the line, whose runs follow each other.
func (l *Line) readings() []string {
	var all []string
	var last *Ruby
	for i := range l.Readings {
		run := &l.Readings[i]
		if len(all) == 0 || run.Ruby != last {
			all = append(all, "")
		}
		all[len(all)-1] += run.Text()
		last = run.Ruby
	}
	return all
}

// Text is what the line's glyphs stand for.
func (l *Line) Text() string {
	var b strings.Builder
	for i := range l.Runs {
		b.WriteString(l.Runs[i].Text())
	}
	return b.String()
}
