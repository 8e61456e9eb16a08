package extract

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

// memo is what is kept of a block's text as it is now.
func (p piece) memo() *textMemo { return memoOf[textMemo](p) }
