package extract

import (
	"regexp"
	"slices"
	"strings"

	"offprint/article"
)

// body fills Blocks and Disclaimer from the chosen blocks: one step a line.
func (b *builder) body(s *story, seen headlineFinding) {
	pieces, after := b.cut(s, seen)
	pieces = bindCaptions(b.d, pieces)
	pieces = cutComments(pieces, s.certain())
	pieces, b.a.Disclaimer = takeDisclaimer(pieces, after)
	pieces = dropNoise(b.d, pieces, s.certain())
	pieces = b.dropKnown(pieces, s.certain())
	pieces = findHeadings(pieces, prose)
	raiseHeadings(pieces)
	pieces = dropCopies(b.d, pieces)
	pieces = trimRules(pieces, s.source == "contract")
	b.a.Blocks = bare(pieces)
	if len(b.a.Blocks) == 0 {
		b.a.Blocks = []article.Block{}
	}
	b.setProvenance("body", article.Provenance{Source: s.source, Rule: s.rule, Confidence: s.confidence})
}

// cut parts the page into the article's blocks and those after it. A picture or
// an abstract between headline and text belongs to the article wherever it stands.
func (b *builder) cut(s *story, seen headlineFinding) (pieces, after []piece) {
	from, to, ok := s.span()
	if !ok {
		return nil, nil
	}
	head := headlineIndex(s.pieces, seen)
	_, last := s.proseSpan()
	comments := s.comments()
	for i, p := range s.pieces {
		lead := !s.certain() && head >= 0 && i > head && i < from && (p.Kind == article.Figure && p.Image.Width != 1 || leadCaption(s, i) || isAbstract(p))
		switch {
		case i >= comments:
			after = append(after, p)
		case s.inside[i], lead:
			pieces = append(pieces, p)
		case i > to, last >= 0 && i > last:
			after = append(after, p)
		}
	}
	return pieces, after
}

// comments is where the readers' comments begin, though their heading was not
// taken into the body: behind most of the text. It is past the end when there
// are none.
func (s *story) comments() int {
	passed, total := 0, s.prose()
	for i, p := range s.pieces {
		if !s.certain() && !s.inside[i] && passed*3 >= total*2 && total > 0 && commentMarkers.MatchString(squeeze(plain(p.Block))) {
			return i
		}
		if s.inside[i] && prose(p) {
			passed += letterCount(plain(p.Block))
		}
	}
	return len(s.pieces)
}

// abstractWords are what an abstract between headline and text is called, and
// abstractLabel how it begins: 摘要：, 【導讀】.
const abstractWords = `(?:(?:内容|內容|文章)?(?:摘要|提要)|导读|導讀|导语|導語|核心提示|编者按|編者按|编按|編按)`

var abstractLabel = regexp.MustCompile(`^(?:[【\[〔]` + abstractWords + `[】\]〕]|` + abstractWords + `\s*[:：丨｜])`)

// isAbstract: a paragraph that says so.
func isAbstract(p piece) bool {
	return prose(p) && abstractLabel.MatchString(p.Text)
}

// leadCaption: the line under a lead picture goes with it.
func leadCaption(s *story, i int) bool {
	p := s.pieces[i]
	return i > 0 && s.pieces[i-1].Kind == article.Figure && p.Kind == article.Paragraph && isCaption(p, s.pieces[i-1], setting{})
}

// tailBlocks is how many blocks behind the text, and at the end, are read for
// what a page prints under an article.
const tailBlocks = 50

// maxLabelled is how many lines with a label are read. No article has more; what
// is over stays in the text.
const maxLabelled = 1000

// dropKnown takes out what is printed from the fields: headline, subtitle,
// byline, date, section; and short lines above the text that stand apart from
// it.
func (b *builder) dropKnown(pieces []piece, certain bool) []piece {
	opening, last := pastStandfirst(pieces, firstProse(pieces)), lastProse(pieces)
	asked := 0
	fields := func(p piece) []labelled {
		if asked >= maxLabelled {
			return nil
		}
		f := fieldsOf(p)
		if len(f) > 0 {
			asked++
		}
		return f
	}
	var out []piece
	for i, p := range pieces {
		if p.role.isField() {
			continue
		}
		if p.Kind == article.Figure || p.Kind == article.Table || p.Kind == article.Pre {
			out = append(out, p)
			continue
		}
		text := plain(p.Block)
		switch {
		case matchKey(text) != "" && (matchKey(text) == matchKey(b.a.Title) || i < opening && matchKey(text) == matchKey(b.a.Subtitle)):
		case isRecord(p) && (datesItself(fields(p)) || (i <= opening || i > last) && b.isRecord(text)):
		case i < opening && prose(p):
			out = append(out, p)
		case i < opening && b.isMeta(text):
		case i > opening && letterCount(text) <= maxByline && (b.saysKnown(text, fields(p)) || i > last && (i-last <= tailBlocks || len(pieces)-i <= tailBlocks) && (b.isTailMeta(text, fields(p)) || b.isSignature(text))):
		case i < opening && !certain && p.Kind == article.Paragraph && letterCount(text) < 30 && !beside(p, pieces[opening]):
		case i < opening && !certain && p.Kind == article.List && !prose(p):
		default:
			out = append(out, p)
		}
	}
	return out
}

// beside reports whether two blocks stand in one element, one beside the other.
func beside(p, other piece) bool {
	return p.node != nil && other.node != nil && (p.node == other.node || p.node.Parent == other.node.Parent)
}

// isRecord reports whether a record line is the article's date.
func (b *builder) isRecord(text string) bool {
	return b.a.Published != nil && (strings.Contains(text, b.a.Published.Raw) || strings.Contains(b.a.Published.Raw, squeeze(text)))
}

// isMeta reports whether a line above the text only says what the fields say.
func (b *builder) isMeta(text string) bool {
	text = squeeze(text)
	if letterCount(text) > maxMetaLine {
		return false
	}
	if len(labelledFields(text)) > 0 && !endsSentence(text) {
		return true
	}
	if isRecordLine(text) || datedLine(text) && letterCount(text) <= maxByline && !endsSentence(text) {
		return true
	}
	k := matchKey(text)
	for _, a := range b.a.Authors {
		name := matchKey(a.Name)
		if name != "" && (k == name || strings.Contains(k, name) && letterCount(text) <= letterCount(a.Name)+letterCount(a.Role)+12 && !endsSentence(text)) {
			return true
		}
	}
	known := append(slices.Clone(b.a.Section), b.a.Column, b.a.Site.Name, b.a.Source)
	if slices.ContainsFunc(known, func(s string) bool { return s != "" && matchKey(s) == k }) {
		return true
	}
	return len(splitTrail(text)) > 1 && letterCount(text) <= 40 && strings.ContainsAny(text, ">›»＞")
}

// saysKnown reports whether a line within the text says what the fields say: it
// may be a byline, or when and where the concert is.
func (b *builder) saysKnown(text string, fields []labelled) bool {
	text = squeeze(text)
	if len(fields) == 0 {
		by := bracketed.MatchString(text) || bareByline.MatchString(text) && !endsSentence(text)
		return by && slices.ContainsFunc(b.a.Authors, func(a article.Author) bool { return strings.Contains(matchKey(text), matchKey(a.Name)) })
	}
	known := false
	for _, f := range fields {
		switch f.kind {
		case labelAuthor:
			if named := matchKey(f.value); named != "" && !slices.ContainsFunc(b.a.Authors, func(a article.Author) bool { return strings.Contains(named, matchKey(a.Name)) }) {
				return false
			}
			for _, who := range parseByline(f.value) {
				if !slices.ContainsFunc(b.a.Authors, func(a article.Author) bool { return matchKey(a.Name) == matchKey(who.Name) }) {
					return false
				}
				known = true
			}
		case labelDate, labelEdit:
			if !b.isStamp(f.value) {
				return false
			}
			known = true
		case labelSource:
			if b.a.Source == "" || matchKey(firstName(f.value)) != matchKey(b.a.Source) {
				return false
			}
			known = true
		}
	}
	return known && strings.HasPrefix(text, fields[0].label) && !endsSentence(text)
}

// isStamp reports whether a value is one of the article's dates.
func (b *builder) isStamp(value string) bool {
	for _, s := range []*article.Stamp{b.a.Published, b.a.Modified} {
		if s != nil && s.Raw != "" && (strings.Contains(value, s.Raw) || strings.Contains(s.Raw, value) && datedLine(value)) {
			return true
		}
	}
	return false
}

// isTailMeta reports whether a line below the text is a byline or a date.
func (b *builder) isTailMeta(text string, fields []labelled) bool {
	text = squeeze(text)
	if len(fields) == 0 {
		return false
	}
	for _, f := range fields {
		if !strings.HasPrefix(text, f.label) && len(fields) == 1 {
			return false
		}
		if f.kind == labelAuthor && len(parseByline(f.value)) == 0 || f.kind == labelDate && !b.isStamp(f.value) {
			return false
		}
	}
	return !endsSentence(text)
}

// isSignature reports whether a line below the text is the author's name in
// brackets: （三崎灯子）.
func (b *builder) isSignature(text string) bool {
	text = squeeze(text)
	return strings.ContainsAny(text[:min(len(text), 3)], "（([【〔") && slices.ContainsFunc(b.a.Authors, func(a article.Author) bool { return matchKey(text) == matchKey(a.Name) })
}

// trimRules drops rules and headings that nothing follows, and rules that open
// the text or follow another. A heading that the publisher put into the marked
// body stays.
func trimRules(pieces []piece, marked bool) []piece {
	var out []piece
	for _, p := range pieces {
		if p.Kind == article.Rule && (len(out) == 0 || out[len(out)-1].Kind == article.Rule) {
			continue
		}
		out = append(out, p)
	}
	for len(out) > 0 && (out[len(out)-1].Kind == article.Rule || out[len(out)-1].Kind == article.Heading && !marked && !out[len(out)-1].last) {
		out = out[:len(out)-1]
	}
	return out
}
