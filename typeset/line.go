package typeset

// Glyph is one drawn character.
type Glyph struct {
	ID GlyphID
	// Text is what the glyph stands for: a character of the source with what
	// combines with it. It is what is copied from the PDF. Never empty.
	Text string
	X    Length // of the glyph's origin, from the run's
	// Advance is the width of the slot the glyph has in the line: its own
	// advance, less what was trimmed, plus what justification added after it.
	Advance Length
}

// Run is consecutive glyphs of a line that are set alike.
type Run struct {
	Face    Face
	Size    Length
	Colour  Colour
	Oblique bool
	Href    string
	Lang    string // where it differs from the block's
	Ruby    *Ruby  // of a word with its reading
	Part    RubyPart
	X, Y    Length // of the run's origin from the line's; Y downwards
	Width   Length
	Glyphs  []Glyph
}

// Line is one line of a block. Its origin is the left end of the baseline of
// the block's measure.
type Line struct {
	Runs       []Run
	Readings   []Run  // over the runs: no part of the line's text
	Start, End int    // bytes of the block's text; the space it broke at is within
	Natural    Length // width before justification, indent included
	Set        Length // width as set, indent included; a trimmed mark counts to its trimmed edge
	Ratio      int32  // thousandths of the stretch (> 0) or shrink (< 0) that was used
	HanGap     Length // what was added between two Han characters
	Break      RuleID // the rule that ended the line
	First      bool   // of its block
	Last       bool   // of its block, or before a forced break: not justified
	Overfull   bool   // wider than the measure: nothing in it may be broken
	Underfull  bool   // opened wider than the design allows
}

// SetBlock is a block with its lines.
type SetBlock struct {
	Block
	Lines       []Line
	CellLines   [][]Line // the lines of each of Block.Cells
	MarkerLines []Line   // of a list item: one line, set flush right against the text
}

// Galley is a column of set blocks that has not been parted into pages.
type Galley struct{ Blocks []SetBlock }
