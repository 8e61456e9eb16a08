// Package linebreak sets a block's text as lines of the measure: it decides
// where a line may end, what that costs, and how the slack is shared.
//
// In comes a [typeset.Block] with its Spans and Style; out come its Items (box,
// glue, penalty) and its Lines. Nothing is read or written, and the same block
// gives the same lines to the last unit: all sums are integers.
//
//	Spans → Prepare → Items → Break → Lines
//
// Every rule of composition is a file of its own with a RuleID, a source and
// cases in testdata/rules; rules.go is the table of them all. Each white that
// justification may change is glue with a rank; glue at either edge of a line
// is dropped, so that marks are trimmed there and no gap or space is seen.
//
// The package must not know what a page is, and must not draw.
package linebreak
