package linebreak

import (
	"context"
	"unicode/utf8"

	"offprint/typeset"
)

// fitter looks for the best way to part a block's items into lines.
type fitter struct {
	ctx     context.Context
	block   *typeset.Block
	text    string
	sites   []site
	measure typeset.Length
	indent  typeset.Length
	em      typeset.Length
	justify bool
	looked  int // lines that were summed, for the tests
}

// sums is what a line from one site to another is made of.
type sums struct {
	natural        typeset.Length // indent included
	slack          typeset.Length // of the measure; negative when the line is too wide
	stretch        [stretchRanks]typeset.Length
	shrink         [shrinkRanks]typeset.Length
	stretchable    typeset.Length
	shrinkable     typeset.Length
	boxes, weighty int32
	first, last    bool
	indented       bool // it begins the block, or follows a newline
}

func (f *fitter) sums(from, to int) sums {
	f.looked++
	a, b := &f.sites[from], &f.sites[to]
	s := sums{first: from == 0, last: b.forced, indented: a.forced}
	if s.indented {
		s.natural = f.indent
	}
	if b.end > a.start {
		s.natural += b.atEnd.width - a.atStart.width + b.hyphen
		s.boxes, s.weighty = b.atEnd.boxes-a.atStart.boxes, b.atEnd.weighty-a.atStart.weighty
		for r := range s.stretch {
			s.stretch[r] = b.atEnd.stretch[r] - a.atStart.stretch[r]
			s.stretchable += s.stretch[r]
		}
		for r := range s.shrink {
			s.shrink[r] = b.atEnd.shrink[r] - a.atStart.shrink[r]
			s.shrinkable += s.shrink[r]
		}
	}
	s.slack = f.measure - s.natural
	return s
}

// fits reports whether the line can be made as narrow as the measure.
func (s *sums) fits() bool { return s.slack+s.shrinkable >= 0 }

func classAt(text string, at int32) class {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return classOf(r)
}

// mostSites bounds the places where one line may end, from its start on: a line
// of the largest paper holds a third of them. More have nothing but characters
// without width between them.
const mostSites = 1024

// greedy gives the sites at which first-fit lines end.
func (f *fitter) greedy() []int { return f.greedyFrom(0, len(f.sites)-1) }

func (f *fitter) greedyFrom(from, end int) []int {
	var ends []int
	for from < end {
		if f.ctx.Err() != nil {
			return ends
		}
		to := from + 1
		for next := to; ; next++ {
			s := f.sums(from, next)
			if next > to && (!s.fits() || next-from > mostSites) {
				break
			}
			if f.sites[next].cost < firstFitLimit || next == to {
				to = next
			}
			if f.sites[next].forced {
				to = next
				break
			}
		}
		ends = append(ends, to)
		from = to
	}
	return ends
}

// firstFitLimit bounds the price of a break at which first fit ends a line; it
// takes a dearer one only where the line has no other.
const firstFitLimit = 1000
