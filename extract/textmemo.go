package extract

import (
	"offprint/extract/internal/block"
)

// textMemo are answers that every step asks for and that take a regular expression
// to give.
type textMemo struct {
	prose, record answer
	fields        []labelled // nil when there are none, or not yet asked
	read          bool
}

// answer is yes, no, or not yet asked.
type answer int8

const (
	yes answer = iota + 1
	no
)

// ask gives the answer that is kept, or finds it.
func (a *answer) ask(find func() bool) bool {
	if *a == 0 {
		*a = no
		if find() {
			*a = yes
		}
	}
	return *a == yes
}

// memoOfText is what is kept of a block's text as it is now.
func memoOfText(p block.Piece) *textMemo { return block.MemoOf[textMemo](p) }
