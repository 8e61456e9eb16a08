package pdf

import (
	"net/url"
	"strings"

	"offprint/typeset"
)

// linkIn gives the Link at the end of an element, or makes one.
func (t *tree) linkIn(parent int, item *typeset.Placed, address string) int {
	if kids := t.elements[parent].kids; len(kids) > 0 {
		if k := kids[len(kids)-1]; k.kind == kidElement && t.elements[k.number].href == address {
			return k.number
		}
	}
	n := t.add(parent, "Link")
	t.elements[n].href = address
	t.elements[n].words = t.linkWords(parent, item, address)
	return n
}

// linkOf gives the Link that a live area belongs to, whose text has been drawn just
// before it.
func (t *tree) linkOf(item *typeset.Placed, address string) int {
	parent := 0
	if item.Block >= 0 {
		if parent = t.blocks[item.Block]; parent == none {
			parent = t.block(item)
		}
	}
	if t.last != nil && t.last.Block == item.Block {
		parent = t.loose
	}
	return t.linkIn(parent, item, address)
}

// hold has a Link hold a live area.
func (t *tree) hold(link, number int) {
	e := &t.elements[link]
	e.kids = append(e.kids, kid{kind: kidLink, number: number, page: len(t.pages) - 1})
}

// linkWords is what a link says: the words of its block that lead to the address, of
// which item is a part, or the address itself. The links of an element stand in the
// order of its words, and each is looked for behind the one before.
func (t *tree) linkWords(parent int, item *typeset.Placed, address string) string {
	drawn := ""
	if item.Run != nil {
		drawn = textOf(item.Run)
	}
	if item.Block >= 0 {
		e := &t.elements[parent]
		for n, words := range wordsOf(t.spans(item), address) {
			if n >= e.links && strings.Contains(words, strings.TrimSpace(drawn)) {
				e.links = n + 1
				return spoken(words, address)
			}
		}
	}
	return spoken(drawn, address)
}

// spoken gives the words of a link. Where they are an address, or where there are
// none, it is the address as people read it.
func spoken(words, address string) string {
	words = squeeze(words)
	if words == "" {
		words = address
	}
	if _, live := liveAddress(words); live {
		return inOwnCharacters(words)
	}
	return words
}

// spans gives the text that an item is a part of.
func (t *tree) spans(item *typeset.Placed) []typeset.Span {
	block := &t.doc.Blocks[item.Block]
	if cell, ok := t.cells[item.Run]; ok && cell < len(block.Cells) {
		return block.Cells[cell].Spans
	}
	return block.Spans
}

// wordsOf lists the stretches of text that lead to an address.
func wordsOf(spans []typeset.Span, address string) []string {
	var words []string
	open := false
	for i := range spans {
		to, live := liveAddress(spans[i].Href)
		if !live || to != address {
			open = false
			continue
		}
		if !open {
			words, open = append(words, ""), true
		}
		words[len(words)-1] += spans[i].Text
	}
	return words
}

// squeeze makes one space of each stretch of white, and drops it at the ends. A soft
// hyphen is no part of the words.
func squeeze(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\u00AD", "")), " ")
}

// inOwnCharacters writes an address as people read it, without percent-escapes.
func inOwnCharacters(address string) string {
	own, err := url.PathUnescape(address)
	if err != nil || strings.ToValidUTF8(own, "") != own {
		return address
	}
	return own
}
