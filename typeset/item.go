package typeset

import "math"

// ItemKind parts boxes, glue and penalties (Knuth & Plass, "Breaking
// Paragraphs into Lines", 1981).
type ItemKind uint8

// The kinds of item.
const (
	BoxItem ItemKind = iota
	GlueItem
	PenaltyItem
)

// Forced and Forbidden are the costs of a penalty that always or never breaks.
const (
	Forced    int32 = math.MinInt32
	Forbidden int32 = math.MaxInt32
)

// Rank orders what gives way first when a line is shrunk or stretched. All
// glue of the lowest rank is used up before the next is touched.
type Rank uint8

// Item is a box, a glue or a penalty. A line may end at a penalty only, never
// at a glue, and glue at either edge of a line is dropped.
type Item struct {
	Kind  ItemKind
	Width Length // of a box, or of glue at its natural size

	// Box: a glyph of Face, or nothing (a strut). A glue with a Face is a space,
	// whose glyph is placed so that it can be copied; a penalty with a Face is a
	// soft hyphen, drawn and Width wide where the line ends at it.
	Face  Face
	Glyph GlyphID
	Shift Length // of the glyph's origin to the right: −½ em for a mark that lost its left half
	Rise  Length // of the glyph over the baseline: a dash is raised to the middle of the Han beside it

	// Glue.
	Stretch, Shrink         Length
	StretchRank, ShrinkRank Rank

	// Penalty.
	Cost int32
	Rule RuleID // why a line may, must or must not end here

	Span       int32 // index into Block.Spans
	Start, End int32 // bytes of the block's text that the item stands for; equal for none
}

// RuleID names a typesetting rule: "kinsoku-start", "number-unit", …. docs/rules.md lists all.
type RuleID string
