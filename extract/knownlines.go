package extract

import (
	"slices"
	"strings"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// Whether a line says what a field says. The lines are short: whoever asks has
// looked at their length.

// isRecord reports whether a record line is the article's date.
func (b *builder) isRecord(text string) bool {
	if b.a.Published == nil {
		return false
	}
	date := b.a.Published.Raw
	return strings.Contains(text, date) || strings.Contains(date, dom.Squeeze(text))
}

// maxTrailLine is the longest line above the text, in characters, that marks alone
// show to be a breadcrumb trail.
const maxTrailLine = 40

// isMeta reports whether a line above the text only says what the fields say.
func (b *builder) isMeta(text string) bool {
	text = dom.Squeeze(text)
	if dom.LetterCount(text) > maxMetaLine {
		return false
	}
	sentence := block.EndsSentence(text)
	switch {
	case !sentence && len(labelledFields(text)) > 0:
		return true
	case isRecordLine(text), !sentence && dom.LetterCount(text) <= maxByline && datedLine(text):
		return true
	case b.namesAuthor(text), b.namesPlace(text):
		return true
	}
	return dom.LetterCount(text) <= maxTrailLine && strings.ContainsAny(text, ">›»＞") && len(splitTrail(text)) > 1
}

// maxBesideName is how many characters a line may have beside an author's name and
// role and be a byline still.
const maxBesideName = 12

// namesAuthor reports whether a line is an author's name, or hardly more.
func (b *builder) namesAuthor(text string) bool {
	k := dom.MatchKey(text)
	for _, a := range b.a.Authors {
		name := dom.MatchKey(a.Name)
		if name == "" || !strings.Contains(k, name) {
			continue
		}
		hardlyMore := dom.LetterCount(text) <= dom.LetterCount(a.Name)+dom.LetterCount(a.Role)+maxBesideName
		if k == name || hardlyMore && !block.EndsSentence(text) {
			return true
		}
	}
	return false
}

// namesPlace reports whether a line is the section, the column, the site or the
// source.
func (b *builder) namesPlace(text string) bool {
	k := dom.MatchKey(text)
	places := append(slices.Clone(b.a.Section), b.a.Column, b.a.Site.Name, b.a.Source)
	return slices.ContainsFunc(places, func(name string) bool { return name != "" && dom.MatchKey(name) == k })
}

// isAuthor reports whether a text is the name of one of the authors.
func (b *builder) isAuthor(text string) bool {
	k := dom.MatchKey(text)
	return slices.ContainsFunc(b.a.Authors, func(a article.Author) bool { return dom.MatchKey(a.Name) == k })
}

// holdsAuthor reports whether a text has the name of one of the authors in it.
func (b *builder) holdsAuthor(text string) bool {
	k := dom.MatchKey(text)
	isIn := func(a article.Author) bool { return strings.Contains(k, dom.MatchKey(a.Name)) }
	return slices.ContainsFunc(b.a.Authors, isIn)
}

// saysKnown reports whether a line within the text says what the fields say: it
// may be a byline, or when and where the concert is.
func (b *builder) saysKnown(text string, fields []labelled) bool {
	text = dom.Squeeze(text)
	if len(fields) == 0 {
		byline := bracketed.MatchString(text) || bareByline.MatchString(text) && !block.EndsSentence(text)
		return byline && b.holdsAuthor(text)
	}
	agrees := false
	for _, f := range fields {
		switch f.kind {
		case labelAuthor:
			people := parseByline(f.value)
			if !b.knowsAll(f.value, people) {
				return false
			}
			agrees = agrees || len(people) > 0
		case labelDate, labelEdit:
			if !b.isStamp(f.value) {
				return false
			}
			agrees = true
		case labelSource:
			if b.a.Source == "" || dom.MatchKey(firstName(f.value)) != dom.MatchKey(b.a.Source) {
				return false
			}
			agrees = true
		}
	}
	return agrees && strings.HasPrefix(text, fields[0].label) && !block.EndsSentence(text)
}

// knowsAll reports whether the people in a value are all authors, and the value
// says something of them, if anything.
func (b *builder) knowsAll(value string, people []article.Author) bool {
	if dom.MatchKey(value) != "" && !b.holdsAuthor(value) {
		return false
	}
	return !slices.ContainsFunc(people, func(who article.Author) bool { return !b.isAuthor(who.Name) })
}

// isStamp reports whether a value is one of the article's dates.
func (b *builder) isStamp(value string) bool {
	for _, s := range []*article.Stamp{b.a.Published, b.a.Modified} {
		if s == nil || s.Raw == "" {
			continue
		}
		if strings.Contains(value, s.Raw) || strings.Contains(s.Raw, value) && datedLine(value) {
			return true
		}
	}
	return false
}

// isTailMeta reports whether a line below the text is a byline or a date.
func (b *builder) isTailMeta(text string, fields []labelled) bool {
	text = dom.Squeeze(text)
	if len(fields) == 0 {
		return false
	}
	for _, f := range fields {
		labelInside := len(fields) == 1 && !strings.HasPrefix(text, f.label)
		namesNobody := f.kind == labelAuthor && len(parseByline(f.value)) == 0
		anotherDate := f.kind == labelDate && !b.isStamp(f.value)
		if labelInside || namesNobody || anotherDate {
			return false
		}
	}
	return !block.EndsSentence(text)
}

// bracketWithin is how far, in bytes, the bracket of a signature is looked for: a
// full-width one at the start, or a narrow one behind a hyphen and a space.
const bracketWithin = 3

// isSignature reports whether a line below the text is the author's name in
// brackets: （三崎灯子）.
func (b *builder) isSignature(text string) bool {
	text = dom.Squeeze(text)
	opening := text[:min(len(text), bracketWithin)]
	return strings.ContainsAny(opening, "（([【〔") && b.isAuthor(text)
}
