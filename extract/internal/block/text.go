package block

import (
	"regexp"
	"strings"

	"offprint/article"
	"offprint/extract/internal/dom"
)

// Text is all the text in a block, its items and cells.
func Text(b article.Block) string {
	if len(b.Items) == 0 && len(b.Rows) == 0 && b.Image == nil {
		return b.Text
	}
	var s strings.Builder
	writePlain(&s, b)
	return s.String()
}

func writePlain(s *strings.Builder, b article.Block) {
	s.WriteString(b.Text)
	for _, item := range b.Items {
		for _, inner := range item {
			writePlain(s, inner)
			s.WriteByte('\n')
		}
	}
	for _, row := range b.Rows {
		for _, c := range row {
			s.WriteString(c.Text)
			s.WriteByte('\t')
		}
	}
	if b.Image != nil {
		s.WriteString(b.Image.FullCaption())
	}
}

// LinkedLength counts the characters of a block's text that are links to something
// else: an address that the text gives in full is said for its own sake.
func LinkedLength(b article.Block) int {
	n := 0
	for _, in := range b.Inlines {
		if in.Href != "" && !bareAddress.MatchString(in.Text) {
			n += dom.LetterCount(in.Text)
		}
	}
	for _, item := range b.Items {
		for _, inner := range item {
			n += LinkedLength(inner)
		}
	}
	return n
}

var bareAddress = regexp.MustCompile(`^\s*(?:https?://|www\.)\S+\s*$`)

// SettleLinks makes text again of the links that have no address to print.
func SettleLinks(blocks []article.Block) {
	for i := range blocks {
		b := &blocks[i]
		local := false
		for j := range b.Inlines {
			if b.Inlines[j].Href == dom.LocalLink {
				b.Inlines[j].Href, local = "", true
			}
		}
		if local {
			b.Inlines = tidy(b.Inlines)
		}
		for _, item := range b.Items {
			SettleLinks(item)
		}
	}
}

// EndsSentence reports whether a text ends as a sentence does.
func EndsSentence(s string) bool {
	s = strings.TrimRight(s, "」』”’）)\"'　 ")
	for _, end := range []string{"。", "！", "？", "!", "?", ".", "…", "；", "：", ":"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// FirstLine is a text up to its first line break.
func FirstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func splitLines(inlines []article.Inline) [][]article.Inline {
	var lines [][]article.Inline
	var line []article.Inline
	for _, in := range inlines {
		for i, part := range strings.Split(in.Text, "\n") {
			if i > 0 {
				if line = tidy(line); len(line) > 0 {
					lines = append(lines, line)
				}
				line = nil
			}
			in.Text = part
			line = append(line, in)
		}
	}
	if line = tidy(line); len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// tidy joins neighbours of one style and takes the space off both ends.
func tidy(line []article.Inline) []article.Inline {
	var out []article.Inline
	for i := 0; i < len(line); {
		end := i + 1
		for end < len(line) && sameStyle(line[i], line[end]) {
			end++
		}
		in := line[i]
		if end > i+1 {
			in.Text = article.JoinText(line[i:end])
		}
		if in.Text != "" {
			out = append(out, in)
		}
		i = end
	}
	for len(out) > 0 {
		if out[0].Text = strings.TrimLeftFunc(out[0].Text, dom.IsEdge); out[0].Text != "" {
			break
		}
		out = out[1:]
	}
	for len(out) > 0 {
		k := len(out) - 1
		if out[k].Text = strings.TrimRightFunc(out[k].Text, dom.IsEdge); out[k].Text != "" {
			break
		}
		out = out[:k]
	}
	return out
}

// sameStyle reports whether two runs of text may be one: they are set alike, and
// neither has readings beside it.
func sameStyle(a, b article.Inline) bool {
	if a.Ruby != "" || b.Ruby != "" {
		return false
	}
	a.Text, b.Text = "", ""
	return a == b
}
