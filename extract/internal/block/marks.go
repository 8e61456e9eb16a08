package block

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// Mark is one element that has a role, or one attribute of it.
type Mark struct {
	Node   *html.Node
	Attr   string // take this attribute, not the text
	Source string // contract or site-rule
	Rule   string // what matched: the attribute, or the selector
}

// Marks are the elements whose role is known for certain, from the publisher's
// own data-offprint attributes first and the site rule where those are silent.
type Marks struct {
	ByRole map[site.Role][]Mark
	Of     map[*html.Node]site.Role
	around map[*html.Node]site.Role   // of elements without a role: that of the nearest one round them
	tops   map[site.Role][]*html.Node // see Nodes
	sets   map[site.Role]map[*html.Node]bool
}

func readMarks(d *Document) Marks {
	m := Marks{
		ByRole: map[site.Role][]Mark{},
		Of:     map[*html.Node]site.Role{},
		around: map[*html.Node]site.Role{},
		tops:   map[site.Role][]*html.Node{},
		sets:   map[site.Role]map[*html.Node]bool{},
	}
	page := goquery.NewDocumentFromNode(d.Root)
	m.readContract(d, page.Selection)
	if d.Rule != nil {
		m.readRule(d.Rule, page.Selection)
	}
	return m
}

var (
	contractMarks = dom.MustCompile("[data-offprint], .print-no")
	unprinted     = dom.MustCompile(".print-no")
)

// readContract honours data-offprint="…" (several words are allowed), .print-no
// and .print-only.
func (m *Marks) readContract(d *Document, page *goquery.Selection) {
	for _, n := range page.FindMatcher(contractMarks).Nodes {
		for _, word := range strings.Fields(strings.ToLower(dom.Attr(n, "data-offprint"))) {
			if r, ok := site.ContractRole(word); ok {
				m.add(r, Mark{Node: n, Source: "contract", Rule: `data-offprint="` + word + `"`})
			} else {
				d.Warn("contract-unknown", `data-offprint="`+word+`" has no meaning here`, "page")
			}
		}
		if unprinted.Match(n) {
			m.add(site.RoleExclude, Mark{Node: n, Source: "contract", Rule: ".print-no"})
		}
	}
}

// readRule adds what the site's rule names, where the publisher has not spoken.
func (m *Marks) readRule(rule *site.Rule, page *goquery.Selection) {
	silent := func(r site.Role) bool { return len(m.ByRole[r]) == 0 || r == site.RoleExclude }
	rule.Find(page, silent, func(r site.Role, f site.Found) {
		for _, n := range f.Nodes {
			m.add(r, Mark{Node: n, Attr: f.Attr, Source: "site-rule", Rule: rule.Name + ": " + f.Text})
		}
	})
}

func (m *Marks) add(r site.Role, k Mark) {
	m.ByRole[r] = append(m.ByRole[r], k)
	if k.Attr != "" {
		return
	}
	if _, taken := m.Of[k.Node]; !taken {
		m.Of[k.Node] = r
	}
}

// Value is the text that a mark stands for.
func (k Mark) Value() string {
	if k.Attr != "" {
		return dom.Squeeze(dom.Attr(k.Node, k.Attr))
	}
	if k.Node.Data == "time" {
		if v := dom.Attr(k.Node, "datetime"); v != "" {
			return dom.Squeeze(v)
		}
	}
	if k.Node.Data == "meta" {
		return dom.Squeeze(dom.Attr(k.Node, "content"))
	}
	text, _ := dom.ShortText(k.Node, MaxField)
	return dom.Squeeze(text)
}

// MaxField is the longest field, in characters, that is read from one element.
const MaxField = 2000

// Nodes are the elements of a role that stand by themselves, not inside
// another of the same role.
func (m *Marks) Nodes(r site.Role) []*html.Node {
	if out, remembered := m.tops[r]; remembered {
		return out
	}
	marked, done := map[*html.Node]bool{}, map[*html.Node]bool{}
	for _, k := range m.ByRole[r] {
		if k.Attr == "" {
			marked[k.Node] = true
		}
	}
	var out []*html.Node
	for _, k := range m.ByRole[r] {
		if marked[k.Node] && !done[k.Node] && !dom.StandsIn(marked, k.Node.Parent) {
			out = append(out, k.Node)
			done[k.Node] = true
		}
	}
	m.tops[r] = out
	return out
}

// Set is Nodes for whoever asks of many elements whether they are among them.
func (m *Marks) Set(r site.Role) map[*html.Node]bool {
	set, remembered := m.sets[r]
	if !remembered {
		set = dom.SetOf(m.Nodes(r))
		m.sets[r] = set
	}
	return set
}
