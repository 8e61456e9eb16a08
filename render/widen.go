package render

import "offprint/article"

// widener copies an article with its folded marks in full width.
type widener struct{ changed int }

func (w *widener) article(a *article.Article) *article.Article {
	art := *a
	art.Title, art.Subtitle = w.text(a.Title), w.text(a.Subtitle)
	art.Disclaimer = nil
	for _, d := range a.Disclaimer {
		art.Disclaimer = append(art.Disclaimer, w.text(d))
	}
	art.Authors = append([]article.Author(nil), a.Authors...)
	for i := range art.Authors {
		art.Authors[i].Bio = w.text(art.Authors[i].Bio)
	}
	art.Blocks = w.blocks(a.Blocks)
	return &art
}

func (w *widener) blocks(blocks []article.Block) []article.Block {
	out := append([]article.Block(nil), blocks...)
	for i := range out {
		b := &out[i]
		if b.Kind == article.Pre || b.Kind == article.Embed {
			continue
		}
		b.Inlines = w.inlines(b.Text, b.Inlines)
		b.Text = w.text(b.Text)
		if b.Image != nil {
			img := *b.Image
			img.Caption, img.Credit, img.CreditLine = w.text(img.Caption), w.text(img.Credit), w.text(img.CreditLine)
			b.Image = &img
		}
		b.Items = append([][]article.Block(nil), b.Items...)
		for k := range b.Items {
			b.Items[k] = w.blocks(b.Items[k])
		}
		b.Rows = append([][]article.Cell(nil), b.Rows...)
		for k := range b.Rows {
			b.Rows[k] = append([]article.Cell(nil), b.Rows[k]...)
			for n := range b.Rows[k] {
				b.Rows[k][n].Text = w.text(b.Rows[k][n].Text)
			}
		}
	}
	return out
}

// inlines widens marks with the whole block's text in view: the Han that
// touches a mark may stand in the inline before or after. A mark and its
// full-width form are one rune each, so that places stay the same.
func (w *widener) inlines(text string, inlines []article.Inline) []article.Inline {
	out := append([]article.Inline(nil), inlines...)
	whole := widened([]rune(text))
	at := 0
	for i := range out {
		n := len([]rune(out[i].Text))
		if at+n > len(whole) {
			return out // the inlines aren't the text: leave them alone
		}
		if !out[i].Code {
			out[i].Text = string(whole[at : at+n])
		}
		at += n
	}
	return out
}

// text widens the marks of a text and counts them.
func (w *widener) text(s string) string {
	runes := []rune(s)
	out := widened(runes)
	for i := range out {
		if out[i] != runes[i] {
			w.changed++
		}
	}
	return string(out)
}

func widened(runes []rune) []rune {
	out := append([]rune(nil), runes...)
	for k := range runes {
		if foldedMark(runes, k) {
			out[k] = wide[runes[k]]
		}
	}
	return out
}
