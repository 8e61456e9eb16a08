package block

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
)

// Setting is how a paragraph is set as far as its mark-up says so.
type Setting struct {
	centred bool
	size    string // "" is the page's own
}

const (
	// settingLevels is how many elements, a paragraph's own among them, are asked how
	// it is set.
	settingLevels = 5
	// maxChildren is how many nodes a box may have, and its only child say how it is
	// set.
	maxChildren = 40
	// minUsual is the length, in characters, from which a paragraph shows how the
	// article is set.
	minUsual = 60
)

// settingOf looks at an element and those round it, up to the article.
func settingOf(n *html.Node) Setting {
	var s Setting
	aligned := false
	for up := 0; n != nil && up < settingLevels && !dom.Is(n, "body", "article", "main", "table"); up++ {
		css := dom.ParseStyle(dom.Attr(n, "style"))
		align := strings.ToLower(dom.Attr(n, "align"))
		if css["text-align"] != "" {
			align = css["text-align"]
		}
		if n.Data == "center" {
			align = "center"
		}
		if align != "" && !aligned {
			s.centred, aligned = align == "center", true
		}
		if s.size == "" {
			s.size = sizeOf(n, css)
		}
		n = n.Parent
	}
	return s
}

func sizeOf(n *html.Node, css map[string]string) string {
	switch {
	case n.Data == "small":
		return "small"
	case n.Data == "font" && dom.Attr(n, "size") != "":
		return "font " + dom.Attr(n, "size")
	case css["font-size"] != "":
		return css["font-size"]
	}
	return ""
}

// innerSetting adds what a paragraph's only child says: <p><font size="1">….
func innerSetting(p *html.Node) Setting {
	s := settingOf(p)
	for p != nil {
		var only *html.Node
		seen := 0
		for c := p.FirstChild; c != nil; c = c.NextSibling {
			if seen++; seen > maxChildren {
				return s
			}
			if c.Type == html.TextNode && dom.TrimEdges(c.Data) != "" {
				return s
			}
			if c.Type == html.ElementNode && !dom.Is(c, "br", "img", "picture") {
				if only != nil {
					return s
				}
				only = c
			}
		}
		if only == nil {
			return s
		}
		if size := sizeOf(only, dom.ParseStyle(dom.Attr(only, "style"))); size != "" {
			s.size = size
		}
		if only.Data == "center" {
			s.centred = true
		}
		p = only
	}
	return s
}

// usualSetting is the setting of most of the long paragraphs.
func usualSetting(pieces []Piece) Setting {
	counts := map[Setting]int{}
	var best Setting
	for _, p := range pieces {
		if p.Kind == article.Paragraph && dom.LetterCount(p.Text) > minUsual {
			s := innerSetting(p.Node)
			counts[s]++
			if counts[s] > counts[best] {
				best = s
			}
		}
	}
	return best
}

// setOff reports whether a paragraph is set smaller than the article, or centred
// where the article is not.
func setOff(n *html.Node, usual Setting) bool {
	s := innerSetting(n)
	return s.centred && !usual.centred || smaller(s.size, usual.size)
}

// smaller compares two sizes of one kind; a size where the article names none
// counts as smaller when it is below the browser's own.
func smaller(a, b string) bool {
	if a == "" || a == b {
		return false
	}
	x, okx := points(a)
	y, oky := points(b)
	return okx && oky && x < y
}

// points are CSS pixels.
func points(size string) (float64, bool) {
	switch size {
	case "":
		return 16, true
	case "small", "smaller":
		return 13, true
	case "x-small", "xx-small":
		return 10, true
	}
	if n, ok := strings.CutPrefix(size, "font "); ok {
		html := []float64{10, 10, 13, 16, 18, 24, 32, 48} // HTML standard, 15.3.1
		v, err := strconv.Atoi(n)
		if err != nil {
			return 0, false
		}
		if strings.HasPrefix(n, "+") || strings.HasPrefix(n, "-") {
			v += 3
		}
		return html[min(max(v, 1), 7)], true
	}
	for unit, factor := range map[string]float64{"px": 1, "pt": 4.0 / 3, "em": 16, "rem": 16, "%": 0.16} {
		if n, ok := strings.CutSuffix(size, unit); ok {
			if v, err := strconv.ParseFloat(n, 64); err == nil {
				return v * factor, true
			}
		}
	}
	return 0, false
}
