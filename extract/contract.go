package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
)

// readMarked is the witness of the marks: the publisher's data-offprint
// attributes (source "contract") or the site rule ("site-rule").
func readMarked(d *document, source string, confidence float64) claims {
	c := claims{source: source, confidence: confidence}
	text := func(r role) string {
		for _, k := range d.marks.byRole[r] {
			if v := k.value(); k.source == source && v != "" {
				c.because(string(r), k.rule)
				return v
			}
		}
		return ""
	}
	c.title = text(roleTitle)
	c.subtitle = text(roleSubtitle)
	c.published = text(rolePublished)
	c.modified = text(roleModified)
	c.column = text(roleColumn)
	c.agency = text(roleSource)
	for _, k := range d.marks.byRole[roleAuthor] {
		if k.source == source {
			c.authors = mergeAuthors(c.authors, parseByline(k.value()))
			c.because("author", k.rule)
		}
	}
	for _, k := range d.marks.byRole[roleSection] {
		if k.source == source {
			c.section = append(c.section, splitTrail(k.value())...)
			c.because("section", k.rule)
		}
	}
	if source == "contract" {
		c.logo = markedLogo(d)
		c.isArticle = len(d.marks.byRole[roleBody]) > 0
	} else if r := d.rule; r != nil {
		c.site, c.logo, c.lang = r.Site, r.Logo, r.Language
	}
	return c
}

// markedLogo is the picture that the publisher marks as its logo.
func markedLogo(d *document) string {
	for _, n := range d.marks.nodes(roleLogo) {
		img := n
		if n.Data != "img" {
			img = first(n, "img")
		}
		if src := attr(img, "src"); src != "" {
			return src
		}
		if v := attr(n, "content") + attr(n, "href"); v != "" && n.Data != "a" {
			return v
		}
	}
	return ""
}

// splitTrail parts a breadcrumb trail, "理财 > 管理". A solidus does not part:
// 理财/管理 is the name of one section.
func splitTrail(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(">›»＞→|｜", r) }) {
		if w = squeeze(w); w != "" && !isHome(w) {
			out = append(out, w)
		}
	}
	return out
}

func isHome(s string) bool {
	switch strings.ToLower(s) {
	case "首页", "首頁", "主页", "主頁", "home", "ホーム", "トップ", "홈", "正文", "top", "您的位置", "当前位置", "現在位置", "目前位置", "你在這裡":
		return true
	}
	return false
}

// withoutEnds takes the home page and the article itself off a trail.
func withoutEnds(trail []string, title string) []string {
	var out []string
	for _, w := range trail {
		if !isHome(w) && (title == "" || key(w) != key(title)) {
			out = append(out, w)
		}
	}
	return out
}

// trailHints are the class words of a breadcrumb trail.
var trailHints = []string{"breadcrumb", "breadcrumbs", "crumb", "crumbs", "bread", "mianbao", "position"}

// readTrail reads a breadcrumb trail from the page itself.
func readTrail(d *document) claims {
	c := claims{source: "pattern", confidence: 0.7}
	each(d.body, func(n *html.Node) bool {
		if len(c.section) > 0 {
			return false
		}
		if hinted(n, trailHints...) || strings.EqualFold(attr(n, "aria-label"), "breadcrumb") {
			c.section = trailNames(n)
			c.because("section", "breadcrumb")
			return false
		}
		return true
	})
	return c
}

func trailNames(n *html.Node) []string {
	text := squeeze(textOf(n))
	if utf8.RuneCountInString(text) > 120 {
		return nil
	}
	for _, label := range []string{"您的位置", "当前位置", "現在位置", "目前位置", "你在這裡"} {
		if rest, ok := strings.CutPrefix(text, label); ok {
			text = strings.TrimLeft(rest, ":： ")
		}
	}
	if names := splitTrail(text); len(names) > 1 || strings.ContainsAny(text, ">›»＞→|｜") {
		return names
	}
	var names []string
	each(n, func(e *html.Node) bool {
		if e.Data == "a" {
			if s := squeeze(textOf(e)); s != "" && !isHome(s) {
				names = append(names, s)
			}
		}
		return e.Data != "a"
	})
	return names
}

// mergeAuthors adds those whose names are new.
func mergeAuthors(have, more []article.Author) []article.Author {
	for _, a := range more {
		known := false
		for i := range have {
			if key(have[i].Name) == key(a.Name) {
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
