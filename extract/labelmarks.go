package extract

// Marks behind a label and between names.
const (
	// solidi are the forms of the solidus in CJK encodings: 文／林海.
	solidi = `／/∕⁄╱`
	// pairMarks stand between a role in brackets and its name: 文：, 文／.
	pairMarks = `:：` + solidi
	// labelMarks stand behind a label at large: 作者：, 圖／, 출처=, 来源｜.
	labelMarks = pairMarks + `｜|＝=`
)
