package extract

import (
	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// readMarked is the witness of the marks: the publisher's data-offprint
// attributes (source "contract") or the site rule ("site-rule").
func readMarked(d *block.Document, source string, confidence float64) claims {
	c := claims{source: source, confidence: confidence}
	text := func(r site.Role) string {
		for _, k := range d.Marks.ByRole[r] {
			if k.Source != source {
				continue
			}
			if v := k.Value(); v != "" {
				c.setRule(string(r), k.Rule)
				return v
			}
		}
		return ""
	}
	c.title = text(site.RoleTitle)
	c.subtitle = text(site.RoleSubtitle)
	c.published = text(site.RolePublished)
	c.modified = text(site.RoleModified)
	c.column = text(site.RoleColumn)
	c.agency = text(site.RoleSource)
	for _, k := range d.Marks.ByRole[site.RoleAuthor] {
		if k.Source == source && len(c.authors) < maxAuthors {
			c.authors = mergeAuthors(c.authors, parseByline(k.Value()))
			c.setRule("author", k.Rule)
		}
	}
	for _, k := range d.Marks.ByRole[site.RoleSection] {
		if k.Source == source && len(c.section) < maxSections {
			c.section = append(c.section, splitTrail(k.Value())...)
			c.setRule("section", k.Rule)
		}
	}
	if source == "contract" {
		c.logo = markedLogo(d)
		c.isArticle = len(d.Marks.ByRole[site.RoleBody]) > 0
	} else if r := d.Rule; r != nil {
		c.site, c.logo, c.lang = r.Site, r.Logo, r.LanguageAt(d.Address.Path())
	}
	return c
}

var logoPicture = dom.MustCompile("img")

// markedLogo is the picture that the publisher marks as its logo.
func markedLogo(d *block.Document) string {
	for _, n := range d.Marks.Nodes(site.RoleLogo) {
		img := n
		if n.Data != "img" {
			img = dom.FindFirst(n, logoPicture)
		}
		if src := dom.Attr(img, "src"); src != "" {
			return src
		}
		if v := dom.Attr(n, "content") + dom.Attr(n, "href"); v != "" && n.Data != "a" {
			return v
		}
	}
	return ""
}

// More authors or sections than these, no article has.
const (
	maxAuthors  = 100
	maxSections = 20
)

// mergeAuthors adds those whose names are new.
func mergeAuthors(have, more []article.Author) []article.Author {
	for _, a := range more {
		if len(have) >= maxAuthors {
			break
		}
		listed := false
		for i := range have {
			if dom.MatchKey(have[i].Name) == dom.MatchKey(a.Name) {
				listed = true
				if have[i].Role == "" {
					have[i].Role = a.Role
				}
			}
		}
		if !listed {
			have = append(have, a)
		}
	}
	return have
}
