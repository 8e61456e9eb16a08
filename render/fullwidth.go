package render

import "offprint/article"

// fullwidth copies an article with its folded marks in their full-width forms,
// and counts the marks that it changed.
type fullwidth struct{ changed int }

func (f *fullwidth) article(a *article.Article) *article.Article {
	art := *a
	art.Title, art.Subtitle = f.text(a.Title), f.text(a.Subtitle)
	art.Disclaimer = nil
	for _, d := range a.Disclaimer {
		art.Disclaimer = append(art.Disclaimer, f.text(d))
	}
	art.Authors = append([]article.Author(nil), a.Authors...)
	for i := range art.Authors {
		art.Authors[i].Bio = f.text(art.Authors[i].Bio)
	}
	art.Blocks = f.blocks(a.Blocks)
	return &art
}

func (f *fullwidth) blocks(blocks []article.Block) []article.Block {
	out := append([]article.Block(nil), blocks...)
	for i := range out {
		b := &out[i]
		if b.Kind == article.Pre || b.Kind == article.Embed {
			continue
		}
		b.Inlines = f.inlines(b.Text, b.Inlines)
		b.Text = f.text(b.Text)
		if b.Image != nil {
			img := *b.Image
			img.Caption, img.Credit, img.CreditLine = f.text(img.Caption), f.text(img.Credit), f.text(img.CreditLine)
			b.Image = &img
		}
		b.Items = append([][]article.Block(nil), b.Items...)
		for k := range b.Items {
			b.Items[k] = f.blocks(b.Items[k])
		}
		b.Rows = append([][]article.Cell(nil), b.Rows...)
		for k := range b.Rows {
			b.Rows[k] = append([]article.Cell(nil), b.Rows[k]...)
			for n := range b.Rows[k] {
				b.Rows[k][n].Text = f.text(b.Rows[k][n].Text)
			}
		}
	}
	return out
}

// inlines changes marks with the whole block's text in view: the Han that
// touches a mark may stand in the inline before or after. A mark and its
// full-width form are one rune each, so that places stay the same.
func (f *fullwidth) inlines(text string, inlines []article.Inline) []article.Inline {
	out := append([]article.Inline(nil), inlines...)
	whole := toFullwidth([]rune(text))
	at := 0
	for i := range out {
		n := len([]rune(out[i].Text))
		if at+n > len(whole) {
			return out // the inlines are not the text: they stay as they are
		}
		if !out[i].Code {
			out[i].Text = string(whole[at : at+n])
		}
		at += n
	}
	return out
}

// text changes the marks of a text and counts them.
func (f *fullwidth) text(s string) string {
	runes := []rune(s)
	out := toFullwidth(runes)
	for i := range out {
		if out[i] != runes[i] {
			f.changed++
		}
	}
	return string(out)
}

// toFullwidth gives the runes with each folded mark in its full-width form.
func toFullwidth(runes []rune) []rune {
	out := append([]rune(nil), runes...)
	opened := -1
	for k, r := range runes {
		if foldedMark(runes, k, opened) {
			out[k] = fullwidthOf[r]
		}
		if opensBracket(r) {
			opened = k
		}
	}
	return out
}
