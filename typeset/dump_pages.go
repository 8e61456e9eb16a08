package typeset

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// DumpPages writes the pages as text: a line for each page, then one for each of
// its items, with its place in points, its block's role, where in the article it
// comes from, and what it is. A star marks what reading machines pass over.
func DumpPages(w io.Writer, doc *Document) error {
	b := bufio.NewWriter(w)
	for i := range doc.Pages {
		page := &doc.Pages[i]
		fmt.Fprintf(b, "page %d  %s × %s pt  rows %d of %d  ended by %s\n",
			page.Folio, page.Size.W, page.Size.H, page.Used, page.Rows, page.Break)
		for k := range page.Items {
			dumpItem(b, &page.Items[k])
		}
	}
	return b.Flush()
}

func dumpItem(w io.Writer, item *Placed) {
	mark := " "
	if item.Artifact {
		mark = "*"
	}
	fmt.Fprintf(w, " %s x %8s y %8s  %-12s %-14s ", mark, item.At.X, item.At.Y, item.Role, item.Source)
	switch item.Kind {
	case PlacedRun:
		fmt.Fprintf(w, "run   %s %s  %s\n", item.Run.Face.Name(), item.Run.Size, item.Run.Text())
	case PlacedImage:
		fmt.Fprintf(w, "image %s × %s  %s\n", item.W, item.H, oneLine(item.Alt))
	case PlacedRule:
		fmt.Fprintf(w, "rule  %s × %s  #%02x%02x%02x\n", item.W, item.H, item.Colour.R, item.Colour.G, item.Colour.B)
	case PlacedLink:
		fmt.Fprintf(w, "link  %s × %s  %s\n", item.W, item.H, oneLine(item.Href))
	}
}

// Text is what the run's glyphs stand for.
func (r *Run) Text() string {
	var b strings.Builder
	for i := range r.Glyphs {
		b.WriteString(r.Glyphs[i].Text)
	}
	return b.String()
}

// String writes a source as "blocks[3]", "title", or "-" for furniture.
func (s Source) String() string {
	switch {
	case s.Field == "":
		return "-"
	case s.Field == "blocks" || s.Field == "disclaimer":
		return fmt.Sprintf("%s[%d]", s.Field, s.Index)
	}
	return s.Field
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
