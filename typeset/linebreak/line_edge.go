package linebreak

import (
	"context"

	"offprint/typeset"
)

// At either edge of a line all white goes: the right half of a closing mark or
// stop at its end, the left half of an opening mark at its start, also at the
// start of an indented paragraph, so that the ink stands at the indent; and
// gaps and spaces. CN, HK, TW, JP, KR, each with the marks that have such white.
//
// CLREQ "Compression of punctuation marks at line start or line end"; GB/T 15834-2011
// 5.1.10: a full-width mark at a line end SHALL be trimmed.
// https://www.w3.org/TR/clreq/#h-compression_of_punctuation_marks_at_line_start
const ruleLineEdge typeset.RuleID = "line-edge"

// site is a place where a line may end, or the start of the text.
type site struct {
	item   int32 // index of its penalty; −1 for the start
	cost   int32
	forced bool
	hyphen typeset.Length // what ending here adds

	// What is before the site ends after its last box; what is after it begins
	// with its first box.
	end, start     int32
	atEnd, atStart totals
}

// totals are sums over all items before a place.
type totals struct {
	width   typeset.Length
	stretch [stretchRanks]typeset.Length
	shrink  [shrinkRanks]typeset.Length
	boxes   int32 // that are drawn
	weighty int32 // boxes that are no closing marks
}

// newFitter finds the sites of b.Items and sums what lies before each.
func newFitter(ctx context.Context, b *typeset.Block) *fitter {
	f := &fitter{
		ctx: ctx, block: b, text: b.Text(), measure: b.Style.Measure, indent: indentOf(&b.Style), em: max(b.Style.Size, 1),
		justify: b.Style.Align == typeset.Justify || b.Style.Align == "",
	}
	f.sites = make([]site, 1, len(b.Items)/2+2)
	f.sites[0] = site{item: -1, forced: true}
	var sum, atBox totals // atBox: just after the last box
	lastBox, open := int32(0), 0
	for i := range b.Items {
		item := &b.Items[i]
		switch item.Kind {
		case typeset.BoxItem:
			for ; open < len(f.sites); open++ {
				f.sites[open].start, f.sites[open].atStart = int32(i), sum
			}
			sum.addBox(item, f.text)
			atBox, lastBox = sum, int32(i)+1
		case typeset.GlueItem:
			sum.width += item.Width
			if f.justify {
				sum.stretch[item.StretchRank] += item.Stretch
				sum.shrink[item.ShrinkRank] += item.Shrink
			}
		case typeset.PenaltyItem:
			if item.Cost != typeset.Forbidden && !f.alike(item, &atBox) {
				f.sites = append(f.sites, site{
					item: int32(i), cost: max(item.Cost, 0), forced: item.Cost == typeset.Forced,
					hyphen: item.Width, end: lastBox, atEnd: atBox,
				})
			}
		}
	}
	for ; open < len(f.sites); open++ {
		f.sites[open].start, f.sites[open].atStart = int32(len(b.Items)), sum
	}
	return f
}

// mostAlike is the most places that are sites though nothing with a width stands
// between them: spaces, soft hyphens, marks parted by ZERO WIDTH SPACE. Lines that
// end at any of them are alike, and a text may have many thousands.
const mostAlike = 16

// alike reports whether item, behind the last box at, is one place too many.
func (f *fitter) alike(item *typeset.Item, at *totals) bool {
	n := len(f.sites)
	return item.Cost != typeset.Forced && n > mostAlike && f.sites[n-mostAlike].atEnd.width == at.width
}

func (t *totals) addBox(item *typeset.Item, text string) {
	t.width += item.Width
	if item.Start == item.End { // a strut
		return
	}
	t.boxes++
	if c := classAt(text, item.Start); !c.closes() && c != closing {
		t.weighty++
	}
}
