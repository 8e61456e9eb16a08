package typeset

// Role is what a block is on the page. It names the style in the page design.
type Role string

// The roles. A publisher's page.json has a style for each.
const (
	RoleSection    Role = "section"     // section and column beside the logo
	RoleHeadline   Role = "headline"    //
	RoleStandfirst Role = "standfirst"  // the subtitle
	RoleByline     Role = "byline"      // author · date
	RoleBio        Role = "author-note" // 作者介绍, in a tinted box
	RoleBody       Role = "body"        //
	RoleHeading    Role = "heading"     //
	RoleListItem   Role = "list-item"   //
	RoleQuote      Role = "quote"       //
	RoleTable      Role = "table"       //
	RolePre        Role = "pre"         //
	RoleFigure     Role = "figure"      // the picture itself
	RoleCaption    Role = "caption"     //
	RoleDisclaimer Role = "disclaimer"  //
	RoleSource     Role = "source"      // the source URL beside its QR code
	RoleHead       Role = "running-head"
	RoleFolio      Role = "folio"
)

// Align is how the lines of a block use the measure.
type Align string

// The alignments.
const (
	Justify  Align = "justify"  // flush both sides, last line natural
	Left     Align = "left"     // ragged right
	Right    Align = "right"    //
	Centre   Align = "centre"   //
	Balanced Align = "balanced" // ragged right, lines of like length (headlines)
)

// Style is how a block is set. Lengths are final: nothing scales them later.
type Style struct {
	Size    Length // of the type
	Leading Length // baseline to baseline
	Measure Length // line length
	Indent  Length // of the first line
	Left    Length // from the left edge of the text block to the measure
	Align   Align
	Lang    string // BCP 47: which region's rules hold
	Colour  Colour

	// Strict is the level of the line-start prohibitions: "strict", "normal" or
	// "loose" (CSS Text 3 §5.2). Empty means strict.
	Strict string
	// Spacing bounds the white of mixed text, in thousandths of an em.
	Spacing Spacing

	Before, After Length // white above and below; paginate rounds it to the grid
	KeepWithNext  int    // lines of what follows that must stand on the same page
	KeepTogether  bool   // never parted over pages
	Widows        int    // fewest lines of the block at the top of a page
	Orphans       int    // fewest lines of the block at the foot of a page
}

// Spacing bounds the white that justification may change, in thousandths of an em.
type Spacing struct {
	HanLatin, HanLatinMin, HanLatinMax int // between Han and Latin or digits where the source has no space
	Space, SpaceMin, SpaceMax          int // a Western word space; Space 0 is the face's own
}

// Span is a stretch of a block's text that is set alike.
type Span struct {
	Text    string
	Chain   Chain
	Size    Length
	Rise    Length // of the baseline, upwards: superscripts are positive
	Colour  Colour
	Oblique bool   // slanted by the drawing back end: CJK faces have no italic
	Href    string // makes a live link
	Lang    string // where it differs from the block's

	Ruby     *Ruby // of a word with its reading
	RubyPart RubyPart
}

// Block is one paragraph, heading or picture on its way to the pages.
type Block struct {
	Role   Role
	Style  Style
	Spans  []Span
	Source Source
	Items  []Item  // what linebreak makes of Spans
	Figure *Figure // for RoleFigure: no Spans then
	Cells  []Cell  // for a row of a table: no Spans then
	Marker []Span  // of a list item: set in the indent before the first line
	Level  int     // of a heading: 2–6; of a list item: its depth, from 1
	Table  int     // number of the table that a row or a table's caption belongs to, from 1
	Head   bool    // of a row: it heads its table, and is set again where the table goes on

	Decor   Decor
	Drawing []Mark // drawn with the block
	Height  Length // the least height of the block, for a Drawing; 0 for none
	Across  bool   // over all columns of the page
}

// Cell is one cell of a table row. Left and Measure of its block's style are
// those of the cell's text within the row.
type Cell struct {
	Block
	Header        bool
	Columns, Rows int // that it stands over; 0 is 1
}

// Decor is what stands behind and round a block.
type Decor struct {
	// Box ties blocks into one tinted box: neighbours with the same number
	// share it. 0 is no box.
	Box    int
	Tint   Colour
	Pad    Length // from the box's edge to the text, on all sides; from a line to Below
	Bar    Length // thickness of a line down the left side; 0 for none
	Above  Length // thickness of a line over the block; 0 for none
	Below  Length // thickness of a line under the block; 0 for none
	Gaps   []Gap  // where that line is left out
	Colour Colour // of the lines
}

// Gap is a stretch of a line, from the left edge of the block's measure.
type Gap struct{ From, To Length }

// Mark is a filled box of a block's drawing, such as a module of a QR code.
type Mark struct {
	At     Position // from the top left corner of the block's column
	W, H   Length
	Colour Colour
}

// Source leads from anything on a page back to the article.
type Source struct {
	Field string // "title", "authors", "blocks", "disclaimer", …; "" for furniture
	Index int    // for "blocks" and "disclaimer"
}

// Text is the block's plain text: all spans joined.
func (b *Block) Text() string {
	if len(b.Spans) == 1 {
		return b.Spans[0].Text
	}
	n := 0
	for i := range b.Spans {
		n += len(b.Spans[i].Text)
	}
	text := make([]byte, 0, n)
	for i := range b.Spans {
		text = append(text, b.Spans[i].Text...)
	}
	return string(text)
}

// Figure is a picture with the size it would like to have.
type Figure struct {
	// Picture is nil when it could not be had: a box with the block's Spans in
	// it is drawn in its place.
	Picture *Picture
	Alt     string
	W, H    Length // as large as the measure and the resolution allow
	MinW    Length // as narrow as it may be made to fill a page; 0 is W
}
