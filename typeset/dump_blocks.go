package typeset

import (
	"bufio"
	"fmt"
	"io"
)

// DumpBlocks writes the blocks as text: a line for each block with its style,
// then a line for each of its items with widths in thousandths of an em.
//
//	block body blocks[3]  size 10.5  leading 18.4  measure 378  indent 21  left 0  justify zh-Hans strict
//	  box       1000  国
//	  glue         0 +100/3 -0/0
//	  penalty 3000000 interpunct
//
// Stretch and shrink are written with their ranks; a forbidden or forced
// penalty by name.
func DumpBlocks(w io.Writer, blocks []Block) error {
	b := bufio.NewWriter(w)
	for i := range blocks {
		dumpBlock(b, &blocks[i])
	}
	return b.Flush()
}

func dumpBlock(w io.Writer, b *Block) {
	s := &b.Style
	level := s.Strict
	if level == "" {
		level = "strict"
	}
	fmt.Fprintf(w, "block %s %s  size %s  leading %s  measure %s  indent %s  left %s  %s %s %s\n",
		b.Role, b.Source, s.Size, s.Leading, s.Measure, s.Indent, s.Left, s.Align, s.Lang, level)
	text := b.Text()
	for i := range b.Items {
		dumpBlockItem(w, &b.Items[i], text, max(s.Size, 1))
	}
	for i := range b.Cells {
		dumpBlock(w, &b.Cells[i].Block)
	}
}

func dumpBlockItem(w io.Writer, item *Item, text string, em Length) {
	thousandths := func(l Length) Length { return l.Scale(1000, int64(em)) }
	switch item.Kind {
	case BoxItem:
		fmt.Fprintf(w, "  box     %6d", thousandths(item.Width))
		if item.Shift != 0 {
			fmt.Fprintf(w, " shift %d", thousandths(item.Shift))
		}
	case GlueItem:
		fmt.Fprintf(w, "  glue    %6d +%d/%d -%d/%d", thousandths(item.Width),
			thousandths(item.Stretch), item.StretchRank, thousandths(item.Shrink), item.ShrinkRank)
	case PenaltyItem:
		fmt.Fprintf(w, "  penalty %s %s", costName(item.Cost), item.Rule)
	}
	if item.Start < item.End {
		fmt.Fprintf(w, "  %s", oneLine(text[item.Start:item.End]))
	}
	fmt.Fprintln(w)
}

func costName(cost int32) string {
	switch cost {
	case Forced:
		return "forced"
	case Forbidden:
		return "forbidden"
	}
	return fmt.Sprint(cost)
}
