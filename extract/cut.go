package extract

import (
	"regexp"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// cut parts the page into the article's blocks and those after it. A picture or
// an abstract between headline and text belongs to the article wherever it stands.
func (b *builder) cut(s *story, seen headlineFinding) (pieces, after []block.Piece) {
	from, to, ok := s.span()
	if !ok {
		return nil, nil
	}
	head := headlineIndex(s.pieces, seen)
	_, last := s.proseSpan()
	comments := s.comments()
	for i, p := range s.pieces {
		underHeadline := !s.certain() && head >= 0 && i > head && i < from
		switch {
		case i >= comments:
			after = append(after, p)
		case s.inside[i], underHeadline && s.isLead(i):
			pieces = append(pieces, p)
		case i > to, last >= 0 && i > last:
			after = append(after, p)
		}
	}
	return pieces, after
}

// isLead reports whether a block under the headline is the article's though it is
// not in the body: a picture (one pixel wide, it counts readers), the line under
// one, an abstract.
func (s *story) isLead(i int) bool {
	p := s.pieces[i]
	isPicture := p.Kind == article.Figure && p.Image.Width != 1
	return isPicture || leadCaption(s, i) || isAbstract(p)
}

// comments is where the readers' comments begin, though their heading was not
// taken into the body: behind most of the text. It is past the end when there
// are none.
func (s *story) comments() int {
	total := s.prose()
	if s.certain() || total == 0 {
		return len(s.pieces)
	}
	passed := 0
	for i, p := range s.pieces {
		behindText := !s.inside[i] && mostPassed(passed, total)
		if behindText && commentMarkers.MatchString(dom.Squeeze(block.Text(p.Block))) {
			return i
		}
		if s.isProse(i) {
			passed += dom.LetterCount(block.Text(p.Block))
		}
	}
	return len(s.pieces)
}

// abstractWords are what an abstract between headline and text is called, and
// abstractLabel how it begins: 摘要：, 【導讀】.
const abstractWords = `(?:(?:内容|內容|文章)?(?:摘要|提要)|导读|導讀|导语|導語|核心提示|编者按|編者按|编按|編按)`

var abstractLabel = regexp.MustCompile(`^(?:[【\[〔]` + abstractWords + `[】\]〕]|` + abstractWords +
	`\s*[` + headingMarks + `])`)

// isAbstract reports whether a paragraph calls itself one.
func isAbstract(p block.Piece) bool {
	return prose(p) && abstractLabel.MatchString(p.Text)
}

// leadCaption reports whether a block is the line under a lead picture, which goes
// with it.
func leadCaption(s *story, i int) bool {
	if i == 0 || s.pieces[i].Kind != article.Paragraph {
		return false
	}
	p, before := s.pieces[i], s.pieces[i-1]
	return before.Kind == article.Figure && block.IsCaption(p, before, block.Setting{})
}
