package typeset

import (
	"encoding/json"
	"io"
)

// The stages as JSON, for programs: the same as the text dumps say, one object on
// one line. Lengths are points with at most three decimals; a ratio is in
// thousandths. What is zero, empty or false is left out, except for a line's
// widths and ratio and an item's place.

// MarshalJSON writes the length in points, like String.
func (l Length) MarshalJSON() ([]byte, error) { return []byte(l.String()), nil }

// DumpBlocksJSON writes {"blocks":[…]}.
func DumpBlocksJSON(w io.Writer, blocks []Block) error {
	list := make([]blockJSON, len(blocks))
	for i := range blocks {
		list[i] = newBlockJSON(&blocks[i])
	}
	return encode(w, struct {
		Blocks []blockJSON `json:"blocks"`
	}{list})
}

type blockJSON struct {
	Role    Role        `json:"role"`
	Source  string      `json:"source"`
	Size    Length      `json:"size"`
	Leading Length      `json:"leading"`
	Measure Length      `json:"measure"`
	Indent  Length      `json:"indent,omitempty"`
	Left    Length      `json:"left,omitempty"`
	Align   Align       `json:"align"`
	Lang    string      `json:"lang"`
	Text    string      `json:"text,omitempty"`
	Items   []itemJSON  `json:"items,omitempty"`
	Cells   []blockJSON `json:"cells,omitempty"`
}

func newBlockJSON(b *Block) blockJSON {
	s := &b.Style
	out := blockJSON{
		Role: b.Role, Source: b.Source.String(), Size: s.Size, Leading: s.Leading, Measure: s.Measure,
		Indent: s.Indent, Left: s.Left, Align: s.Align, Lang: s.Lang, Text: b.Text(),
	}
	for i := range b.Items {
		out.Items = append(out.Items, newItemJSON(&b.Items[i], out.Text))
	}
	for i := range b.Cells {
		out.Cells = append(out.Cells, newBlockJSON(&b.Cells[i].Block))
	}
	return out
}

// itemJSON is a box, a glue or a penalty. Cost is a number, "forbidden" or "forced".
type itemJSON struct {
	Kind        string `json:"kind"`
	Width       Length `json:"width,omitempty"`
	Shift       Length `json:"shift,omitempty"`
	Stretch     Length `json:"stretch,omitempty"`
	StretchRank Rank   `json:"stretch_rank,omitempty"`
	Shrink      Length `json:"shrink,omitempty"`
	ShrinkRank  Rank   `json:"shrink_rank,omitempty"`
	Cost        any    `json:"cost,omitempty"`
	Rule        RuleID `json:"rule,omitempty"`
	Text        string `json:"text,omitempty"`
}

func newItemJSON(item *Item, text string) itemJSON {
	out := itemJSON{
		Kind:  [...]string{BoxItem: "box", GlueItem: "glue", PenaltyItem: "penalty"}[item.Kind],
		Width: item.Width, Shift: item.Shift,
		Stretch: item.Stretch, StretchRank: item.StretchRank, Shrink: item.Shrink, ShrinkRank: item.ShrinkRank,
		Rule: item.Rule, Text: text[item.Start:item.End],
	}
	switch {
	case item.Kind != PenaltyItem:
	case item.Cost == Forced, item.Cost == Forbidden:
		out.Cost = costName(item.Cost)
	default:
		out.Cost = item.Cost
	}
	return out
}

// DumpLinesJSON writes {"lines":[…]}.
func DumpLinesJSON(w io.Writer, g Galley) error {
	list := []lineJSON{}
	for i := range g.Blocks {
		set := &g.Blocks[i]
		list = appendLines(list, &set.Block, set.MarkerLines, "marker", 0)
		list = appendLines(list, &set.Block, set.Lines, "", 0)
		for k := range set.CellLines {
			list = appendLines(list, &set.Block, set.CellLines[k], "cell", k+1)
		}
	}
	return encode(w, struct {
		Lines []lineJSON `json:"lines"`
	}{list})
}

// lineJSON is a line. Number counts the lines of its block, or of its marker or
// cell, from 1.
type lineJSON struct {
	Source    string `json:"source"`
	Role      Role   `json:"role"`
	Part      string `json:"part,omitempty"` // marker or cell
	Cell      int    `json:"cell,omitempty"` // from 1
	Number    int    `json:"number"`
	Text      string `json:"text"`
	Size      Length `json:"size"`
	Natural   Length `json:"natural"`
	Set       Length `json:"set"`
	Ratio     int32  `json:"ratio"`
	HanGap    Length `json:"han_gap,omitempty"`
	Rule      RuleID `json:"rule,omitempty"`
	First     bool   `json:"first,omitempty"`
	Last      bool   `json:"last,omitempty"`
	Overfull  bool   `json:"overfull,omitempty"`
	Underfull bool   `json:"underfull,omitempty"`

	Readings []string `json:"readings,omitempty"` // that stand over it
}

func appendLines(list []lineJSON, b *Block, lines []Line, part string, cell int) []lineJSON {
	size := b.Style.Size
	if cell > 0 && cell <= len(b.Cells) {
		size = b.Cells[cell-1].Style.Size
	}
	for i := range lines {
		l := &lines[i]
		list = append(list, lineJSON{
			Source: b.Source.String(), Role: b.Role, Part: part, Cell: cell, Number: i + 1, Text: l.Text(), Size: size,
			Natural: l.Natural, Set: l.Set, Ratio: l.Ratio, HanGap: l.HanGap, Rule: l.Break,
			First: l.First, Last: l.Last, Overfull: l.Overfull, Underfull: l.Underfull,
			Readings: l.readings(),
		})
	}
	return list
}

// DumpPagesJSON writes {"pages":[…]}.
func DumpPagesJSON(w io.Writer, doc *Document) error {
	list := make([]pageJSON, len(doc.Pages))
	for i := range doc.Pages {
		page := &doc.Pages[i]
		list[i] = pageJSON{
			Folio: page.Folio, W: page.Size.W, H: page.Size.H,
			Rows: page.Rows, Used: page.Used, Rule: page.Break, Items: []placedJSON{},
		}
		for k := range page.Items {
			list[i].Items = append(list[i].Items, newPlacedJSON(&page.Items[k]))
		}
	}
	return encode(w, struct {
		Pages []pageJSON `json:"pages"`
	}{list})
}

type pageJSON struct {
	Folio int          `json:"folio"`
	W     Length       `json:"width"`
	H     Length       `json:"height"`
	Rows  int          `json:"rows"`
	Used  int          `json:"used"`
	Rule  RuleID       `json:"rule"` // why it ends
	Items []placedJSON `json:"items"`
}

// placedJSON is a thing on a page. A run's place is the left end of its baseline,
// that of the others their top left corner, from that of the page.
type placedJSON struct {
	Kind      string `json:"kind"`
	X         Length `json:"x"`
	Y         Length `json:"y"`
	W         Length `json:"width"`
	H         Length `json:"height,omitempty"`
	Role      Role   `json:"role"`
	Source    string `json:"source"`
	Furniture bool   `json:"furniture,omitempty"`
	Face      string `json:"face,omitempty"`
	Size      Length `json:"size,omitempty"`
	Text      string `json:"text,omitempty"`
	Alt       string `json:"alt,omitempty"`
	Href      string `json:"href,omitempty"`
}

func newPlacedJSON(item *Placed) placedJSON {
	out := placedJSON{
		Kind: [...]string{PlacedRun: "run", PlacedImage: "image", PlacedRule: "rule", PlacedLink: "link"}[item.Kind],
		X:    item.At.X, Y: item.At.Y, W: item.W, H: item.H, Role: item.Role, Source: item.Source.String(),
		Furniture: item.Artifact, Alt: item.Alt, Href: item.Href,
	}
	if item.Kind == PlacedRun {
		out.Face, out.Size, out.Text, out.Href = item.Run.Face.Name(), item.Run.Size, item.Run.Text(), item.Run.Href
	}
	return out
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
