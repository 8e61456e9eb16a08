package extract

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// trailHints are the class words of a breadcrumb trail. The last two stand on
// other boxes too, so that prune does not go by them.
var trailHints = slices.Concat(crumbHints, []string{"bread", "mianbao"})

// maxTrail is the longest breadcrumb trail, in characters.
const maxTrail = 120

// maxHomes is how many links to the home page are looked at for a trail.
const maxHomes = 50

// trailText is how a trail reads when no class says so: 首页 > 理财 > 管理.
var trailText = regexp.MustCompile(`(?i)^` + anyOf(trailLabels) + `?[\s:：]*` +
	anyOf(homeNames) + `\s*(?:[>›»＞→/／]\s*)+\S`)

// readTrail reads a breadcrumb trail from the page itself.
func readTrail(d *block.Document) claims {
	c := claims{source: "pattern", confidence: confidenceTrail}
	homes := 0
	dom.Walk(d.Body, func(n *html.Node) bool {
		if len(c.section) > 0 {
			return false
		}
		if dom.Hinted(n, trailHints...) || strings.EqualFold(dom.Attr(n, "aria-label"), "breadcrumb") {
			c.section = trailNames(n)
			c.setRule("section", "breadcrumb")
			return false
		}
		if n.Data == "a" && homes < maxHomes && isHome(linkText(n)) {
			homes++
			for up := n.Parent; up != nil && up != d.Body; up = up.Parent {
				text, short := dom.ShortText(up, maxTrail)
				if !short {
					break
				}
				if trailText.MatchString(dom.Squeeze(text)) {
					c.section = trailNames(up)
					c.setRule("section", "trail of links from the home page")
					return false
				}
			}
		}
		return n.Data != "a"
	})
	return c
}

// linkText is the text of a link that is short enough to be a word.
func linkText(a *html.Node) string {
	text, _ := dom.ShortText(a, maxTrail)
	return dom.Squeeze(text)
}

// trailNames are the names in a trail: its links and what follows them.
func trailNames(n *html.Node) []string {
	text, short := dom.ShortText(n, maxTrail)
	if text = dom.Squeeze(text); !short {
		return nil
	}
	for _, label := range trailLabels {
		if rest, ok := strings.CutPrefix(text, label); ok {
			text = strings.TrimLeft(rest, ":： ")
		}
	}
	if strings.ContainsAny(text, ">›»＞→|｜") {
		return splitTrail(text)
	}
	if strings.Contains(text, " / ") {
		return splitTrail(strings.ReplaceAll(text, " / ", ">"))
	}
	var names []string
	dom.Walk(n, func(e *html.Node) bool {
		if e.Data == "a" {
			if s := dom.Squeeze(dom.Text(e)); s != "" && !isHome(s) {
				names = append(names, s)
			}
		}
		return e.Data != "a"
	})
	return names
}

// splitTrail parts a breadcrumb trail, "理财 > 管理". A solidus does not part:
// 理财/管理 is the name of one section.
func splitTrail(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(">›»＞→|｜", r) }) {
		if w = dom.Squeeze(w); w != "" && !isHome(w) {
			out = append(out, w)
		}
	}
	return out
}

// notSections are parts of a trail that name no section: the home page by any
// name, the label before the trail, and 正文 for the page itself.
var notSections = slices.Concat(homeNames, trailLabels, []string{"正文", "top"})

// isHome reports whether a part of a trail names no section.
func isHome(s string) bool { return slices.Contains(notSections, strings.ToLower(s)) }

// withoutEnds takes the home page, by whatever name, and the article itself off
// a trail.
func withoutEnds(trail []string, title, site string) []string {
	var out []string
	for i, w := range trail {
		if i == 0 && len(trail) > 1 && site != "" && dom.MatchKey(w) == dom.MatchKey(site) {
			continue
		}
		if !isHome(w) && (title == "" || dom.MatchKey(w) != dom.MatchKey(title)) {
			out = append(out, w)
		}
	}
	return out
}
