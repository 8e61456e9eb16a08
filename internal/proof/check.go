package proof

import "offprint/typeset"

// Kind names a fault.
type Kind string

// The faults.
const (
	Lost  Kind = "lost"       // expected text that is not printed in its order
	Stray Kind = "stray"      // article text that nobody expected
	Code  Kind = "code-point" // a character printed as one that only looks like it
	Tofu  Kind = "tofu"       // a character that no face has

	LineStart  Kind = "line-start" // a mark that may not begin a line
	LineEnd    Kind = "line-end"   // a mark that may not end a line
	WordSplit  Kind = "word-split"
	DashSplit  Kind = "dash-split"    // —— or …… on two lines
	UnitSplit  Kind = "unit-split"    // a number and its unit on two lines
	AddrSplit  Kind = "address-split" // an address broken elsewhere than at its joints
	Ragged     Kind = "ragged"        // a full line that is not flush
	Overfull   Kind = "overfull"      // a line that is wider than its measure
	Loose      Kind = "loose"         // Han gaps wider than 0.10 em
	Uneven     Kind = "uneven"        // Han gaps that differ within a line
	Spread     Kind = "spread"        // white inside ——, ……, a number or number and unit
	HanLatin   Kind = "han-latin"     // a gap between Han and Latin that is too narrow or too wide
	GapMedian  Kind = "gap-median"    // those gaps as a whole
	Unsqueezed Kind = "unsqueezed"    // neighbouring full-width marks with two whites
	Indent     Kind = "indent"

	Stranded  Kind = "stranded"    // a heading without two lines of what it heads
	Orphan    Kind = "orphan"      // a paragraph's first line alone at the foot
	Widow     Kind = "widow"       // its last line alone at the top
	Runt      Kind = "runt"        // a last line of one character
	Caption   Kind = "caption-off" // a caption parted from its picture
	PicLost   Kind = "picture-lost"
	PicSplit  Kind = "picture-split" // cut by the page's edge or drawn twice
	Distorted Kind = "distorted"     // a picture whose proportions were changed
	Overlap   Kind = "overlap"
	Outside   Kind = "outside" // beyond the page or its margins

	Measure Kind = "measure" // no whole number of ems, or out of bounds
	Leading Kind = "leading" // out of proportion to the type, or not constant
	OffGrid Kind = "off-grid"
)

// checks is the one table of what is looked for, in the order of the report.
var checks = []struct {
	kinds []Kind
	find  func(*proof)
}{
	{[]Kind{Lost}, (*proof).lost},
	{[]Kind{Stray, Code}, (*proof).stray},
	{[]Kind{Tofu}, (*proof).tofu},
	{[]Kind{LineStart, LineEnd}, (*proof).kinsoku},
	{[]Kind{WordSplit, DashSplit, UnitSplit, AddrSplit}, (*proof).splits},
	{[]Kind{Ragged}, (*proof).ragged},
	{[]Kind{Overfull}, (*proof).overfull},
	{[]Kind{Loose, Uneven}, (*proof).pitch},
	{[]Kind{Spread}, (*proof).spread},
	{[]Kind{HanLatin, GapMedian}, (*proof).gaps},
	{[]Kind{Unsqueezed}, (*proof).marks},
	{[]Kind{Indent}, (*proof).indents},
	{[]Kind{Stranded}, (*proof).headings},
	{[]Kind{Orphan, Widow, Runt}, (*proof).paragraphs},
	{[]Kind{Caption}, (*proof).captions},
	{[]Kind{PicLost, PicSplit, Distorted}, (*proof).pictures},
	{[]Kind{Overlap}, (*proof).overlaps},
	{[]Kind{Outside}, (*proof).outside},
	{[]Kind{Measure, Leading}, (*proof).measures},
	{[]Kind{OffGrid}, (*proof).grid},
}

// Kinds lists all faults in the order of the report.
func Kinds() []Kind {
	var kinds []Kind
	for _, c := range checks {
		kinds = append(kinds, c.kinds...)
	}
	return kinds
}

// Check reads the pages of doc, which should carry the expected text in the
// language lang (BCP 47). An empty or wrong document gives faults, never a panic.
func Check(doc *typeset.Document, expected []Block, lang string) *Report {
	p := &proof{doc: doc, expected: expected, region: regionOf(lang), report: &Report{Pages: len(doc.Pages)}}

	// What stands where: lines of characters, in reading order.
	p.lines = readLines(doc)

	// Which expected character each printed one is.
	p.match()

	// Which column each line stands in, and which lines make up a block.
	p.findColumns()
	p.gather()

	for _, c := range checks {
		c.find(p)
	}
	return p.report
}

// proof is one reading of one document.
type proof struct {
	doc      *typeset.Document
	expected []Block
	region   region
	report   *Report

	lines   []*line
	source  []source         // the expected text, without spaces
	found   []bool           // which of it is printed
	starts  []int            // where each expected block begins in source; the last is its length
	columns []typeset.Length // left edges of the columns, from the left
	byBlock [][]*line        // the lines of each expected block
}

func (p *proof) fault(k Kind, l *line, note string) {
	p.report.Faults = append(p.report.Faults, Fault{Kind: k, Page: l.page, Y: l.y, Text: l.around(), Note: note})
}

// kind is the kind of the expected block that the line belongs to; "" for none.
func (p *proof) kind(l *line) string {
	if l.block < 0 {
		return ""
	}
	return p.expected[l.block].Kind
}

// justified reports whether the line has to fill its measure.
func (p *proof) justified(l *line) bool {
	return running(p.kind(l)) && !l.last && (l.style.Align == typeset.Justify || l.style.Align == "")
}
