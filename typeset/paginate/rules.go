package paginate

import "offprint/typeset"

// The rules that say where a page may end. docs/rules.md tells each with its source.
const (
	RuleFull        typeset.RuleID = "page-full"     // the page is filled
	RuleEnd         typeset.RuleID = "article-end"   // nothing is left
	RuleLastPage    typeset.RuleID = "last-page"     // lines are left for a last page that would be nearly empty
	RuleOrphan      typeset.RuleID = "orphan"        // fewest lines of a paragraph at the foot
	RuleWidow       typeset.RuleID = "widow"         // fewest lines of a paragraph at the top
	RuleHeadingKeep typeset.RuleID = "heading-keep"  // a heading keeps two lines with it
	RuleCaptionKeep typeset.RuleID = "caption-keep"  // a caption stays with its picture
	RuleFigureWhole typeset.RuleID = "figure-whole"  // a picture is never parted
	RuleTogether    typeset.RuleID = "keep-together" // a block that is never parted
	RuleTall        typeset.RuleID = "tall-block"    // what no page can hold is parted between lines
	RuleTableHead   typeset.RuleID = "table-head"    // a table's head is set again where the table goes on
	RuleBalance     typeset.RuleID = "balance"       // the columns of the last page are of like height
	RuleGrid        typeset.RuleID = "baseline-grid" // blocks take whole lines of the grid
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
