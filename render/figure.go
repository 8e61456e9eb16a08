package render

import (
	"cmp"
	"fmt"
	"strings"

	"offprint/article"
	"offprint/typeset"
)

// figure sets a picture and the caption under it. A picture that failed leaves
// its caption, a visible box and a warning.
func (c *compositor) figure(img *article.Image, from typeset.Source) {
	if img == nil {
		return
	}
	if c.in.Options.Images != ImagesNone {
		c.add(c.picture(img, from))
	}
	st := c.sheet.style(typeset.RoleCaption)
	st.KeepTogether = true
	if c.in.Options.Images == ImagesNone {
		st.KeepTogether = false
	}
	caption := img.FullCaption()
	if caption == "" {
		return
	}
	c.addSpans(typeset.RoleCaption, st, c.text(caption, st, false), from)
	// A caption of one line is centred under its picture.
	last := &c.blocks[len(c.blocks)-1]
	if set := c.setBlock(*last); len(set.Lines) == 1 {
		last.Style.Align = typeset.Centre
	}
}

// failedPictureRows is the height of the box of a picture that failed, in lines of
// the grid: high enough to be seen, low enough not to be a hole in the page.
const failedPictureRows = 4

// addressShown is a picture's address as people are shown it: of one that holds the
// picture itself, what stands before that.
func addressShown(url string) string {
	if head, _, found := strings.Cut(url, ","); found && strings.HasPrefix(head, "data:") {
		return head + ",…"
	}
	return url
}

func (c *compositor) picture(img *article.Image, from typeset.Source) typeset.Block {
	st := c.sheet.style(typeset.RoleFigure)
	st.Measure = c.sheet.measure
	b := typeset.Block{Role: typeset.RoleFigure, Style: st, Source: from}
	got := c.in.Pictures[img.URL]
	if got.Picture == nil {
		why := "it was not fetched"
		if got.Err != nil {
			why = got.Err.Error()
		}
		c.warn("picture-failed", fmt.Sprintf("picture %s: %s", addressShown(img.URL), why), from)
		b.Style.Align = typeset.Centre
		b.Spans = c.text(c.sheet.words.NoPicture, st, false)
		b.Decor.Colour = c.sheet.colour("line")
		b.Figure = &typeset.Figure{Alt: img.Alt, W: c.sheet.measure, H: failedPictureRows * c.sheet.leading}
		return b
	}
	b.Figure = c.sheet.fitPicture(got.Picture, c.alternative(img, from))
	return b
}

// alternative is what those are told of a picture who do not see it: its alternative
// text, else its caption, else that it is a picture, of which a warning tells.
func (c *compositor) alternative(img *article.Image, from typeset.Source) string {
	for _, text := range []string{img.Alt, img.FullCaption()} {
		if text = strings.TrimSpace(text); text != "" {
			return text
		}
	}
	word := c.sheet.pictureWord()
	c.warn("picture-without-alt", fmt.Sprintf("picture %s has neither an alternative text nor a caption: "+
		"readers who do not see it are told %q", img.URL, word), from)
	return word
}

// pictureWord says that something is a picture. A design need not have it.
func (s *sheet) pictureWord() string { return cmp.Or(s.words.Picture, "Picture") }

// fitPicture gives a picture the whole measure, unless that would blow it up
// beyond the design's least resolution or make it higher than the design's
// share of the page.
func (s *sheet) fitPicture(p *typeset.Picture, alt string) *typeset.Figure {
	f := s.design.Furniture
	pw, ph := p.Upright()
	pw, ph = max(1, pw), max(1, ph)
	w := min(s.measure, typeset.Points(float64(pw)*72/f.FigureMinPPI))
	h := w.Scale(int64(ph), int64(pw))
	if most := s.height.Em(thousandths(f.FigureMaxHeight)); h > most {
		w, h = most.Scale(int64(pw), int64(ph)), most
	}
	// Even a picture of one row of pixels must be seen.
	w, h = max(w, typeset.Point), max(h, typeset.Point)
	return &typeset.Figure{Picture: p, Alt: alt, W: w, H: h, MinW: w.Em(thousandths(f.FigureMinScale))}
}
