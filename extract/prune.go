package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// prune takes out of the tree what no reader sees as text: scripts, controls,
// hidden elements, and boxes whose class says that they are furniture. It runs
// after the metadata were read. Elements that hold a marked part stay.
func prune(d *block.Document) {
	settleNoscript(d.Body)
	settleDrawings(d.Body)
	sizes := block.MeasureAll(d, d.Root)
	total := 0
	if m := sizes[d.Body]; m != nil {
		total = m.Text
	}
	var gone []*html.Node
	dom.Walk(d.Root, func(n *html.Node) bool {
		if d.Marks.Of[n] == site.RoleExclude || unseen(n) && !printOnly(n) || furniture(sizes[n], n, total) {
			gone = append(gone, n)
			return false
		}
		return true
	})
	dom.Remove(gone...)
	removeComments(d.Root)
	d.Holds = block.MeasureAll(d, d.Root)
}

var printOnlyClass = dom.MustCompile(".print-only")

// printOnly reports whether the publisher shows an element in print alone.
func printOnly(n *html.Node) bool {
	return printOnlyClass.Match(n)
}

// unseen reports whether a reader sees nothing of an element as text.
func unseen(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "template", "button", "input", "select", "textarea", "option", "canvas", "svg", "math",
		"link", "map", "object", "applet", "noframes", "datalist", "dialog", "ins":
		return n.Data != "ins" || dom.Hinted(n, "adsbygoogle")
	case "meta":
		return true
	}
	if _, ok := dom.LookupAttr(n, "hidden"); ok && n.Data != "body" {
		return true
	}
	css := dom.ParseStyle(dom.Attr(n, "style"))
	return n.Data != "body" && n.Data != "html" && (css["display"] == "none" || css["visibility"] == "hidden")
}

// Class and id words of boxes that are no part of an article.
var furnitureHints = slices.Concat(crumbHints, []string{
	"share", "sharing", "sharebar", "sns", "social", "socials", "bdsharebuttonbox", "jiathis", "addthis", "addtoany",
	"comment", "comments", "disqus", "respond", "pinglun",
	"related", "relate", "relates", "xiangguan",
	"recommend", "recommended", "recommendation", "recommendations", "tuijian",
	"pagination", "pager", "paging",
	"advert", "adverts", "advertisement", "ads", "adv", "adsense", "gg", "guanggao",
	"sponsor", "sponsored", "promo", "banner", "newsletter", "subscribe", "subscription",
	"toolbar", "toolbox", "fontsize", "printbtn", "hotnews", "ranking", "popular",
	"taboola", "outbrain", "cookie", "popup", "modal", "tooltip", "skip", "qrcode", "erweima",
})

var furnitureTags = []string{"nav", "menu"}

// neverFurniture are elements that hold a page or a part of the text, whatever
// their class.
var neverFurniture = []string{
	"html", "head", "body", "main", "article", "h1", "p", "figure", "figcaption", "img", "picture", "table", "tbody",
}

// wrapperHints are class words of what stands round a whole page.
var wrapperHints = []string{"page", "wrapper", "main"}

// furniture reports whether a box is one of these and small beside the page: a
// class such as "has-comments" stands on articles too.
func furniture(m *block.Contents, n *html.Node, total int) bool {
	if dom.Is(n, neverFurniture...) {
		return false
	}
	if !slices.Contains(furnitureTags, n.Data) {
		words := dom.Hints(n)
		switch {
		case !dom.SharesWord(words, furnitureHints):
			return dom.Attr(n, "role") == "navigation"
		case dom.SharesWord(words, wrapperHints):
			return false
		}
	}
	small := m.Text*furnitureParts < total || m.Text < smallBox
	return small && !m.Marked && !m.Headed
}

// A box that is called furniture is, when it is small. With one in six, the
// readers' comments of one page of the benchmark are taken for its article; with one in
// two nothing changes, nor with boxes of 50 or 800 characters.
const (
	furnitureParts = 3   // it holds less than one in so many characters of the page
	smallBox       = 200 // or less than so many: on a short page anything is a third
)

func removeComments(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode {
			n.RemoveChild(c)
		} else {
			removeComments(c)
		}
		c = next
	}
}

var (
	outerNoscript   = dom.MustCompile("noscript:not(noscript *)")
	noscriptPicture = dom.MustCompile("img")
)

// settleNoscript puts the picture of a <noscript> in the place of the one that
// a script would load, and drops every other <noscript>.
func settleNoscript(body *html.Node) {
	for _, ns := range dom.Find(body, outerNoscript) {
		if ns.Parent == nil { // it held the other form of the picture before it
			continue
		}
		img := dom.FindFirst(ns, noscriptPicture)
		text, short := dom.ShortText(ns, block.MaxCaption)
		if img == nil || !short || dom.LetterCount(text) > block.MaxCaption {
			dom.Remove(ns)
			continue
		}
		if lazy := pictureBeside(ns); lazy != nil {
			dom.Remove(lazy)
		}
		removePreviews(ns, img)
		img.Parent.RemoveChild(img)
		ns.Parent.InsertBefore(img, ns)
		dom.Remove(ns)
	}
}

// previewSteps bounds how far back previews are looked for; white and comments count, too.
const previewSteps = 16

// removePreviews removes what stands before a <noscript> in the place of its picture:
// some pages have a small picture first, then an empty one.
func removePreviews(ns, img *html.Node) {
	n := ns.PrevSibling
	for range previewSteps {
		if n == nil || !isBlank(n) && (!dom.Is(n, "img") || !standsFor(n, img)) {
			return
		}
		before := n.PrevSibling
		if !isBlank(n) {
			dom.Remove(n)
		}
		n = before
	}
}

// standsFor reports whether a picture is the preview of another: it has no address, its
// data within the page, or an address that is one of the other's.
func standsFor(preview, img *html.Node) bool {
	src := strings.TrimSpace(dom.Attr(preview, "src"))
	if src == "" || strings.HasPrefix(src, "data:") {
		return true
	}
	addresses := strings.Fields(dom.Attr(img, "src") + " " + dom.Attr(img, "srcset"))
	return slices.ContainsFunc(addresses, func(one string) bool { return strings.Trim(one, ",") == src })
}

// isBlank reports whether a node is a comment, or text that is white alone.
func isBlank(n *html.Node) bool {
	return n.Type == html.TextNode && dom.TrimEdges(n.Data) == "" || n.Type == html.CommentNode
}

// pictureBeside is the picture just before or after a <noscript>.
func pictureBeside(ns *html.Node) *html.Node {
	for _, step := range []func(*html.Node) *html.Node{
		func(n *html.Node) *html.Node { return n.PrevSibling },
		func(n *html.Node) *html.Node { return n.NextSibling },
	} {
		for n := step(ns); n != nil; n = step(n) {
			if isBlank(n) {
				continue
			}
			if dom.Is(n, "img", "picture") {
				return n
			}
			if imgs := block.Pictures(n); n.Type == html.ElementNode && len(imgs) == 1 {
				if text, short := dom.ShortText(n, block.MaxCaption); short && dom.TrimEdges(text) == "" {
					return n
				}
			}
			break
		}
	}
	return nil
}
