package typeset

// PlacedKind says which fields of a [Placed] are filled.
type PlacedKind uint8

// The kinds of thing on a page.
const (
	PlacedRun   PlacedKind = iota // Run, At the left end of its baseline
	PlacedImage                   // Image, At its top left corner, W × H
	PlacedRule                    // a filled box of Colour, At its top left corner, W × H
	PlacedLink                    // a live area, At its top left corner, W × H, to Href
)

// Placed is one thing at its place on a page. Items are drawn in their order.
type Placed struct {
	Kind   PlacedKind
	At     Position
	W, H   Length
	Run    *Run
	Image  *Picture
	Alt    string
	Colour Colour
	Href   string

	Role     Role   // of the block it belongs to
	Block    int    // index of the block in Document.Blocks; −1 for furniture
	Source   Source // back to the article
	Line     int    // index of the line in its block
	Artifact bool   // furniture that a reading machine passes over
}

// Page is one page of a document.
type Page struct {
	Size  PaperSize
	Folio int // page number, from 1
	Items []Placed
	Rows  int    // of the baseline grid that the page has
	Used  int    // rows that are filled; the rest stays white
	Break RuleID // why the page ends where it does
}

// OutlineEntry is a bookmark of the document.
type OutlineEntry struct {
	Level int // 1 is the headline
	Title string
	Page  int // from 0
	Y     Length
}

// Document is laid out and ready to be drawn. Back ends decide nothing more.
type Document struct {
	Pages   []Page
	Outline []OutlineEntry
	Blocks  []SetBlock // in reading order; Placed.Block points here

	Lang     string
	Title    string
	Authors  []string
	Subject  string
	Keywords []string
	// Created and Modified are RFC 3339; "" is unknown and is left out.
	Created, Modified string
	Producer          string // "offprint" and the engine's version
	Warnings          []Warning

	Profile  Profile      // what a PDF of the document claims to be
	Attached []Attachment // files that it carries, under ProfileA3a
}

// Warning is something that the reader of the result should know.
type Warning struct {
	Code    string // kebab-case: missing-glyph, overfull-line, …
	Message string
	Where   Source
}
