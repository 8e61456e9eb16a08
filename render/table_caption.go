package render

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"offprint/article"
	"offprint/typeset"
)

// longestTableCaption is the longest paragraph, in characters, that is taken for
// the caption of the table under it.
const longestTableCaption = 60

// tableLabel begins a caption, whatever it ends with: 表一, 附表 2, Table 3.
var tableLabel = regexp.MustCompile(`^(附?表|[图圖]表|Table|TABLE)[ 　]*[0-9０-９一二三四五六七八九十]`)

// namesTable reports whether a paragraph right over a table is its caption: a
// short one that is no sentence, or has a table's label. (An HTML <caption> is
// read as the paragraph over its table.)
func namesTable(b, next *article.Block) bool {
	if b.Kind != article.Paragraph || next.Kind != article.Table || len(next.Rows) == 0 {
		return false
	}
	text := strings.TrimSpace(b.Text)
	if text == "" || utf8.RuneCountInString(text) > longestTableCaption {
		return false
	}
	if tableLabel.MatchString(text) {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "」』”’）)"))
	return !strings.ContainsRune("。．.！!？?…；;，,：:、", last)
}

// tableCaption sets a table's caption over it, bold and in the table's size. It
// is never parted from the table's first rows.
func (c *compositor) tableCaption(b *article.Block, from typeset.Source) *typeset.Block {
	st := c.sheet.style(typeset.RoleTable)
	st.KeepTogether, st.KeepWithNext = true, 2
	st.After = c.rowPad(st)
	return &typeset.Block{Role: typeset.RoleTable, Style: st, Spans: c.spans(b, st, true), Source: from}
}
