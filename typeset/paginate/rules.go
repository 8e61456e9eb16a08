package paginate

import "offprint/typeset"

// The rules that say where a page may end. The rows of docs/rules.md are made from
// their comments.
const (
	// The page is filled.
	//
	// JLREQ, type area. https://www.w3.org/TR/jlreq/#basics_of_japanese_composition
	RuleFull typeset.RuleID = "page-full"

	// Nothing is left.
	RuleEnd typeset.RuleID = "article-end"

	// Lines are left for a last page that would else be nearly empty.
	//
	// JLREQ, Paragraph Adjustment Rules. https://www.w3.org/TR/jlreq/#paragraph_adjustment_rules
	RuleLastPage typeset.RuleID = "last-page"

	// At the foot of a page stand at least as many lines of a paragraph as the design
	// says: two in the default one.
	//
	// CSS Fragmentation 3, orphans. https://www.w3.org/TR/css-break-3/#widows-orphans
	RuleOrphan typeset.RuleID = "orphan"

	// At the top of a page stand at least as many lines of a paragraph as the design
	// says: two in the default one.
	//
	// CSS Fragmentation 3, widows. https://www.w3.org/TR/css-break-3/#widows-orphans
	RuleWidow typeset.RuleID = "widow"

	// A heading keeps two lines of what follows with it; a table's caption and its
	// head, two lines of the table.
	//
	// CLREQ, headings and page breaks. https://www.w3.org/TR/clreq/#handling_of_new_retros
	RuleHeadingKeep typeset.RuleID = "heading-keep"

	// A caption stays with its picture; one that is too long for that, its first two
	// lines.
	//
	// CSS Fragmentation 3. https://www.w3.org/TR/css-break-3/#possible-breaks
	RuleCaptionKeep typeset.RuleID = "caption-keep"

	// A picture is never parted.
	//
	// CSS Fragmentation 3. https://www.w3.org/TR/css-break-3/#possible-breaks
	RuleFigureWhole typeset.RuleID = "figure-whole"

	// A block is not parted: a row of a table, the source beside its QR code.
	//
	// CSS Fragmentation 3. https://www.w3.org/TR/css-break-3/#break-within
	RuleTogether typeset.RuleID = "keep-together"

	// What no page can hold whole is parted between lines, two at least on either
	// side: a row of a table, a long headline.
	//
	// CSS Fragmentation 3, unforced breaks. https://www.w3.org/TR/css-break-3/#unforced-breaks
	RuleTall typeset.RuleID = "tall-block"

	// The rows that head a table are set again where it goes on in another column, if
	// they take four lines at the most; they are furniture there, and no text of the
	// article is doubled.
	//
	// CSS 2, table-header-group. https://www.w3.org/TR/CSS2/tables.html#table-display
	RuleTableHead typeset.RuleID = "table-head"

	// The columns of the last page are of like height, as far as no other rule has to
	// give way.
	//
	// CSS Multi-column 1, column-fill. https://www.w3.org/TR/css-multicol-1/#cf
	RuleBalance typeset.RuleID = "balance"

	// Blocks take whole lines of the grid.
	//
	// CSS Rhythmic Sizing 1. https://www.w3.org/TR/css-rhythm-1/
	RuleGrid typeset.RuleID = "baseline-grid"
)

// forbidden is the cost of ending a page where a rule says no. It is a cost
// and not a wall, so that a page which can't keep every rule still comes out,
// with the least harm.
const forbidden = 1_000_000_000

// keepRule prices a page's end behind slugs[i]; 0 is free.
type keepRule struct {
	id   typeset.RuleID
	cost func(slugs []slug, i int) int64
}

// keepRules is the one table of them, dearest first: the first that objects
// gives the reason.
var keepRules = []keepRule{
	{RuleCaptionKeep, captionCost},
	{RuleTogether, togetherCost},
	{RuleHeadingKeep, headingCost},
	{RuleOrphan, orphanCost},
	{RuleWidow, widowCost},
}

// breakCost is the price of ending a page behind slugs[i], and the rule that
// asks most.
func breakCost(slugs []slug, i int) (int64, typeset.RuleID) {
	if i == len(slugs)-1 {
		return 0, RuleEnd
	}
	for _, rule := range keepRules {
		if cost := rule.cost(slugs, i); cost > 0 {
			return cost, rule.id
		}
	}
	return 0, RuleFull
}
