package extract

import (
	"offprint/article"
	"slices"
	"strings"
)

// tailBlocks is how many blocks behind the text, and at the end, are read for
// what a page prints under an article.
const tailBlocks = 50

// maxLabelled is how many lines with a label are read. No article has more; what
// is over stays in the text.
const maxLabelled = 1000

// maxKicker is the length, in characters, below which a line that stands apart
// above the text is the page's and not the article's: a kicker, a date in words.
const maxKicker = 30

// dropKnown takes out what is printed from the fields: headline, subtitle,
// byline, date, section; and short lines above the text that stand apart from
// it.
func (b *builder) dropKnown(pieces []piece, certain bool) []piece {
	k := knownLines{builder: b, pieces: pieces, certain: certain}
	k.opening, k.last = pastStandfirst(pieces, firstProse(pieces)), lastProse(pieces)
	var out []piece
	for i, p := range pieces {
		switch {
		case isFieldRole(p.role):
		case p.Kind == article.Figure, p.Kind == article.Table, p.Kind == article.Pre, !k.drops(i):
			out = append(out, p)
		}
	}
	return out
}

// isFieldRole reports whether what has the role is read into a field.
func isFieldRole(r role) bool {
	switch r {
	case roleTitle, roleSubtitle, roleAuthor, rolePublished, roleModified, roleSection, roleColumn, roleSource,
		roleLogo, roleBio, roleNext:
		return true
	}
	return false
}

// knownLines looks for the lines that say what the fields say.
type knownLines struct {
	*builder
	pieces   []piece
	opening  int // the first paragraph behind the byline, or -1
	last     int // the last paragraph, or -1
	certain  bool
	labelled int // lines with a label that were read
}

// fields are those of a line with labels, as long as not too many were read.
func (k *knownLines) fields(p piece) []labelled {
	if k.labelled >= maxLabelled {
		return nil
	}
	fields := fieldsOf(p)
	if len(fields) > 0 {
		k.labelled++
	}
	return fields
}

// drops reports whether a block only says what a field says.
func (k *knownLines) drops(i int) bool {
	p := k.pieces[i]
	text := plain(p.Block)
	above, below := i < k.opening, i > k.opening
	switch {
	case k.isTitle(text), above && k.isSubtitle(text):
		return true
	case isRecord(p) && (datesItself(k.fields(p)) || k.aroundText(i) && k.isRecord(text)):
		return true
	case above:
		return !prose(p) && (k.isMeta(text) || !k.certain && k.standsApart(p))
	case below && letterCount(text) <= maxByline:
		return k.saysKnown(text, k.fields(p)) || k.inTail(i) && k.closes(p, text)
	}
	return false
}

// aroundText reports whether a block stands before the text or behind it.
func (k *knownLines) aroundText(i int) bool { return i <= k.opening || i > k.last }

// inTail reports whether a block stands just behind the text, or at the page's end.
func (k *knownLines) inTail(i int) bool {
	justBehind, nearEnd := i-k.last <= tailBlocks, len(k.pieces)-i <= tailBlocks
	return i > k.last && (justBehind || nearEnd)
}

// closes reports whether a line below the text is a byline, a date or a signature.
func (k *knownLines) closes(p piece, text string) bool {
	return k.isTailMeta(text, k.fields(p)) || k.isSignature(text)
}

// standsApart reports whether a line or a list above the text is none of its own.
func (k *knownLines) standsApart(p piece) bool {
	switch p.Kind {
	case article.Paragraph:
		return letterCount(plain(p.Block)) < maxKicker && !beside(p, k.pieces[k.opening])
	case article.List:
		return true
	}
	return false
}

// isTitle reports whether a text is the headline.
func (b *builder) isTitle(text string) bool {
	k := matchKey(text)
	return k != "" && k == matchKey(b.a.Title)
}

// isSubtitle reports whether a text is the subtitle.
func (b *builder) isSubtitle(text string) bool {
	k := matchKey(text)
	return k != "" && k == matchKey(b.a.Subtitle)
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
