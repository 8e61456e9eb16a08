package extract

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// mark is one element that has a role, or one attribute of it.
type mark struct {
	node   *html.Node
	attr   string // take this attribute, not the text
	source string // contract or site-rule
	rule   string // what matched: the attribute, or the selector
}

// marks are the elements whose role is known for certain, from the publisher's
// own data-offprint attributes first and the site rule where those are silent.
type marks struct {
	byRole map[site.Role][]mark
	of     map[*html.Node]site.Role
	around map[*html.Node]site.Role   // for elements without a role: that of the nearest one round them that has one
	tops   map[site.Role][]*html.Node // see nodes
	sets   map[site.Role]map[*html.Node]bool
}

func readMarks(d *document) marks {
	m := marks{
		byRole: map[site.Role][]mark{},
		of:     map[*html.Node]site.Role{},
		around: map[*html.Node]site.Role{},
		tops:   map[site.Role][]*html.Node{},
		sets:   map[site.Role]map[*html.Node]bool{},
	}
	page := goquery.NewDocumentFromNode(d.root)
	m.readContract(d, page.Selection)
	if d.rule != nil {
		m.readRule(d.rule, page.Selection)
	}
	return m
}

var (
	contractMarks = dom.MustCompile("[data-offprint], .print-no")
	unprinted     = dom.MustCompile(".print-no")
)

// readContract honours data-offprint="…" (several words are allowed), .print-no
// and .print-only.
func (m *marks) readContract(d *document, page *goquery.Selection) {
	for _, n := range page.FindMatcher(contractMarks).Nodes {
		for _, word := range strings.Fields(strings.ToLower(dom.Attr(n, "data-offprint"))) {
			if r, ok := site.ContractRole(word); ok {
				m.add(r, mark{node: n, source: "contract", rule: `data-offprint="` + word + `"`})
			} else {
				d.warn("contract-unknown", `data-offprint="`+word+`" has no meaning here`, "page")
			}
		}
		if unprinted.Match(n) {
			m.add(site.RoleExclude, mark{node: n, source: "contract", rule: ".print-no"})
		}
	}
}

// readRule adds what the site's rule names, where the publisher has not spoken.
func (m *marks) readRule(rule *site.Rule, page *goquery.Selection) {
	silent := func(r site.Role) bool { return len(m.byRole[r]) == 0 || r == site.RoleExclude }
	rule.Find(page, silent, func(r site.Role, f site.Found) {
		for _, n := range f.Nodes {
			m.add(r, mark{node: n, attr: f.Attr, source: "site-rule", rule: rule.Name + ": " + f.Text})
		}
	})
}

func (m *marks) add(r site.Role, k mark) {
	m.byRole[r] = append(m.byRole[r], k)
	if k.attr != "" {
		return
	}
	if _, taken := m.of[k.node]; !taken {
		m.of[k.node] = r
	}
}

// value is the text that a mark stands for.
func (k mark) value() string {
	if k.attr != "" {
		return dom.Squeeze(dom.Attr(k.node, k.attr))
	}
	if k.node.Data == "time" {
		if v := dom.Attr(k.node, "datetime"); v != "" {
			return dom.Squeeze(v)
		}
	}
	if k.node.Data == "meta" {
		return dom.Squeeze(dom.Attr(k.node, "content"))
	}
	text, _ := dom.ShortText(k.node, maxField)
	return dom.Squeeze(text)
}

// maxField is the longest field, in characters, that is read from one element.
const maxField = 2000

// nodes are the elements of a role that stand by themselves, not inside
// another of the same role.
func (m *marks) nodes(r site.Role) []*html.Node {
	if out, known := m.tops[r]; known {
		return out
	}
	marked, done := map[*html.Node]bool{}, map[*html.Node]bool{}
	for _, k := range m.byRole[r] {
		if k.attr == "" {
			marked[k.node] = true
		}
	}
	var out []*html.Node
	for _, k := range m.byRole[r] {
		if marked[k.node] && !done[k.node] && !dom.StandsIn(marked, k.node.Parent) {
			out = append(out, k.node)
			done[k.node] = true
		}
	}
	m.tops[r] = out
	return out
}

// set is nodes for whoever asks of many elements whether they are among them.
func (m *marks) set(r site.Role) map[*html.Node]bool {
	set, known := m.sets[r]
	if !known {
		set = dom.SetOf(m.nodes(r))
		m.sets[r] = set
	}
	return set
}
