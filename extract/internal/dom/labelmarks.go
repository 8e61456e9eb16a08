package dom

// Marks behind a label and between names.
const (
	// Solidi are the forms of the solidus in CJK encodings: 文／林海.
	Solidi = `／/∕⁄╱`
	// PairMarks stand between a role in brackets and its name: 文：, 文／.
	PairMarks = `:：` + Solidi
	// LabelMarks stand behind a label at large: 作者：, 圖／, 출처=, 来源｜.
	LabelMarks = PairMarks + `｜|＝=`
)
