package extract

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// maxNextPages bounds how many pages one article may have.
const maxNextPages = 10

var (
	nextWords = regexp.MustCompile(`(?i)^[\[【（(]?(?:下一?[页頁]|后一页|後一頁|次へ|次のページ|다음\s?페이지|next page|next)[\]】）)]?[\s>›»→]*$`)
	pageWords = regexp.MustCompile(`^[\[【（(第]?\s*([1-9]\d?)\s*[页頁ページ]?[\]】）)]?$`)
)

// outerLink matches links that stand in no other: the text of each is read once.
var outerLink = dom.MustCompile("a:not(a a)")

// nextPages finds the article's further pages: the site rule's links, or links
// that say 下一页 or a number and whose address is this page's with a number
// added. Only the same host counts.
func nextPages(d *block.Document) []string {
	var pages []string
	add := func(ref string) {
		u := d.Address.Link(ref)
		full := len(pages) >= maxNextPages
		if u == "" || full || slices.Contains(pages, u) || d.Address.URL == nil || samePage(u, d.Address.URL.String()) {
			return
		}
		pages = append(pages, u)
	}
	for _, k := range d.Marks.ByRole[site.RoleNext] {
		if k.Attr != "" {
			add(dom.Attr(k.Node, k.Attr))
		} else {
			add(dom.Attr(k.Node, "href"))
		}
	}
	if len(pages) > 0 || d.Address.URL == nil {
		return pages
	}
	for _, n := range dom.Find(d.Body, outerLink) {
		text := dom.Squeeze(dom.Text(n))
		if nextWords.MatchString(text) || pageWords.MatchString(text) {
			if u, err := url.Parse(d.Address.Link(dom.Attr(n, "href"))); err == nil && continues(d.Address.URL, u) {
				add(u.String())
			}
		}
	}
	return pages
}

// samePage reports whether two addresses differ in their fragment only.
func samePage(a, b string) bool {
	strip := func(s string) string { s, _, _ = strings.Cut(s, "#"); return s }
	return strip(a) == strip(b)
}

var pageNumber = regexp.MustCompile(`(?i)[_/-](?:p|page|pg)?[_-]?\d{1,2}$`)

// continues reports whether an address is another page of the same article:
// story.html → story_2.html, story/ → story/2, ?id=1 → ?id=1&page=2.
func continues(from, to *url.URL) bool {
	if !strings.EqualFold(from.Host, to.Host) {
		return false
	}
	if from.Path == to.Path {
		a, b := from.Query(), to.Query()
		for _, name := range []string{"page", "p", "pg", "pageno", "paged", "pn"} {
			if b.Get(name) != "" && b.Get(name) != a.Get(name) {
				a.Del(name)
				b.Del(name)
				return a.Encode() == b.Encode()
			}
		}
		return false
	}
	stem := func(p string) string { return strings.TrimSuffix(strings.TrimSuffix(p, path.Ext(p)), "/") }
	a, b := stem(from.Path), stem(to.Path)
	cut := strings.TrimSuffix(pageNumber.ReplaceAllString(b, ""), "/")
	return cut != b && cut != "" && (cut == a || cut == strings.TrimSuffix(pageNumber.ReplaceAllString(a, ""), "/"))
}
