package proof

import (
	"fmt"
	"strings"

	"offprint/typeset"
)

// Fault is one thing that is wrong on a page.
type Fault struct {
	Kind Kind
	Page int            // from 1; 0 when it is on none
	Y    typeset.Length // of the baseline or the top edge
	Text string         // around it
	Note string         // how much: "0.31 em"
}

// Report is what was found.
type Report struct {
	Faults []Fault // by kind in the order of Kinds, then in reading order

	Pages      int
	Characters int // of the expected text, without spaces
	Lines      int // that carry expected text
	Full       int // lines that must be flush: justified and not the last of their block
	Open       int // full lines whose Han gaps are wider than 0.05 em
	Wide       int // full lines whose Han gaps are wider than 0.10 em: loose, when the measure is full
	Marks      int // neighbouring full-width marks that must be squeezed
	Gaps       int // between Han and Latin where the source has no space
	GapMedian  int // of those, in thousandths of an em
	Paragraphs int // whose indent was looked at
}

// Count gives how many faults of a kind there are.
func (r *Report) Count(k Kind) int { return len(r.Of(k)) }

// Of lists the faults of a kind in reading order.
func (r *Report) Of(k Kind) []Fault {
	var faults []Fault
	for _, f := range r.Faults {
		if f.Kind == k {
			faults = append(faults, f)
		}
	}
	return faults
}

// String is a table: what was looked at, each kind of fault that there is with
// its count, and each fault.
func (r *Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "pages %d  characters %d  lines %d  full %d  open %d  wide %d  ",
		r.Pages, r.Characters, r.Lines, r.Full, r.Open, r.Wide)
	fmt.Fprintf(&b, "marks %d  gaps %d (median %.3f em)  paragraphs %d  faults %d\n",
		r.Marks, r.Gaps, float64(r.GapMedian)/1000, r.Paragraphs, len(r.Faults))
	for _, k := range Kinds() {
		faults := r.Of(k)
		if len(faults) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%-13s %d\n", k, len(faults))
		for _, f := range faults {
			fmt.Fprintf(&b, "  p%-3d y %7s  %s  %s\n", f.Page, f.Y, f.Text, f.Note)
		}
	}
	return b.String()
}
