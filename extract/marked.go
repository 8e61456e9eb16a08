package extract

import (
	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// readMarked is the witness of the marks: the publisher's data-offprint
// attributes (source "contract") or the site rule ("site-rule").
func readMarked(d *document, source string, confidence float64) claims {
	c := claims{source: source, confidence: confidence}
	text := func(r site.Role) string {
		for _, k := range d.marks.byRole[r] {
			if k.source != source {
				continue
			}
			if v := k.value(); v != "" {
				c.setRule(string(r), k.rule)
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
	for _, k := range d.marks.byRole[site.RoleAuthor] {
		if k.source == source && len(c.authors) < maxAuthors {
			c.authors = mergeAuthors(c.authors, parseByline(k.value()))
			c.setRule("author", k.rule)
		}
	}
	for _, k := range d.marks.byRole[site.RoleSection] {
		if k.source == source && len(c.section) < maxSections {
			c.section = append(c.section, splitTrail(k.value())...)
			c.setRule("section", k.rule)
		}
	}
	if source == "contract" {
		c.logo = markedLogo(d)
		c.isArticle = len(d.marks.byRole[site.RoleBody]) > 0
	} else if r := d.rule; r != nil {
		c.site, c.logo, c.lang = r.Site, r.Logo, r.LanguageAt(d.at.Path())
	}
	return c
}

var logoPicture = dom.MustCompile("img")

// markedLogo is the picture that the publisher marks as its logo.
func markedLogo(d *document) string {
	for _, n := range d.marks.nodes(site.RoleLogo) {
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
		known := false
		for i := range have {
			if dom.MatchKey(have[i].Name) == dom.MatchKey(a.Name) {
				known = true
				if have[i].Role == "" {
					have[i].Role = a.Role
				}
			}
		}
		if !known {
			have = append(have, a)
		}
	}
	return have
}
