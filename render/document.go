package render

import (
	"cmp"
	"strings"

	"offprint/article"
	"offprint/typeset"
)

// document joins pages, outline and metadata.
func (c *compositor) document(a *article.Article, g *typeset.Galley, pages []typeset.Page) *typeset.Document {
	doc := &typeset.Document{
		Pages:    pages,
		Blocks:   g.Blocks,
		Outline:  outline(g, pages),
		Lang:     cmp.Or(c.sheet.lang, undetermined),
		Title:    c.title(a),
		Subject:  strings.Join(a.Trail(), article.TrailMark),
		Keywords: a.Tags,
		Created:  stampTime(a.Published),
		Modified: stampTime(a.Modified),
		Producer: c.in.Options.Producer,
		Warnings: append(c.sheet.notes, c.warnings...),
	}
	for _, author := range a.Authors {
		doc.Authors = append(doc.Authors, author.Name)
	}
	if doc.Created == "" {
		doc.Created = c.in.Options.Created
	}
	return doc
}

// undetermined is the tag of a language that nobody knows (RFC 5646 §4.1).
const undetermined = "und"

// longestTitle is the length of a title that is made of the article's text.
const longestTitle = 80

// title names the document where readers and programs look for its name: by the
// article's headline, else the beginning of its text, else where it is from.
func (c *compositor) title(a *article.Article) string {
	if title := strings.TrimSpace(a.Title); title != "" {
		return title
	}
	for i := range c.blocks {
		text := strings.Join(strings.Fields(c.blocks[i].Text()), " ")
		if text == "" {
			continue
		}
		if runes := []rune(text); len(runes) > longestTitle {
			text = string(runes[:longestTitle]) + "…"
		}
		return text
	}
	return cmp.Or(wordmark(a), c.sheet.words.Source)
}

// outline gives the headline and the section heads as bookmarks.
func outline(g *typeset.Galley, pages []typeset.Page) []typeset.OutlineEntry {
	var entries []typeset.OutlineEntry
	done := map[int]bool{}
	for p := range pages {
		for _, item := range pages[p].Items {
			if item.Block < 0 || done[item.Block] || item.Kind != typeset.PlacedRun {
				continue
			}
			level := 0
			switch item.Role {
			case typeset.RoleHeadline:
				level = 1
			case typeset.RoleHeading:
				level = g.Blocks[item.Block].Level
			}
			if level == 0 {
				continue
			}
			done[item.Block] = true
			entries = append(entries, typeset.OutlineEntry{
				Level: level, Title: g.Blocks[item.Block].Text(), Page: p,
				Y: max(0, item.At.Y-2*item.Run.Size),
			})
		}
	}
	return entries
}
