package extract

import (
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// role is what an element is said to be: a value of data-offprint.
type role string

const (
	roleTitle      role = "title"
	roleSubtitle   role = "subtitle"
	roleAuthor     role = "author"
	roleBio        role = "bio"
	rolePublished  role = "published"
	roleModified   role = "modified"
	roleBody       role = "body"
	roleHeading    role = "heading"
	roleFigure     role = "figure"
	roleCaption    role = "caption"
	roleCredit     role = "credit"
	roleDisclaimer role = "disclaimer"
	roleLogo       role = "logo"
	roleSection    role = "section"
	roleColumn     role = "column"
	roleSource     role = "source"
	roleExclude    role = "exclude"
	roleNext       role = "next"
)

// The roles of the publisher contract.
var contractRoles = []role{
	roleTitle, roleSubtitle, roleAuthor, roleBio, rolePublished, roleBody, roleHeading, roleFigure,
	roleCaption, roleCredit, roleDisclaimer, roleLogo, roleSection, roleExclude,
}

// The roles that a site rule can give, in the order in which they are looked up.
var ruleRoles = []role{
	roleTitle, roleSubtitle, roleAuthor, roleBio, rolePublished, roleModified, roleBody, roleHeading,
	roleCaption, roleCredit, roleDisclaimer, roleSection, roleColumn, roleSource, roleExclude, roleNext,
}

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
	byRole map[role][]mark
	of     map[*html.Node]role
	around map[*html.Node]role   // for elements without a role: that of the nearest one round them that has one
	tops   map[role][]*html.Node // see nodes
	sets   map[role]map[*html.Node]bool
}

func readMarks(d *document) marks {
	m := marks{byRole: map[role][]mark{}, of: map[*html.Node]role{}, around: map[*html.Node]role{}, tops: map[role][]*html.Node{}, sets: map[role]map[*html.Node]bool{}}
	m.readContract(d)
	if d.rule != nil {
		m.readRule(d.root, d.rule)
	}
	return m
}

// readContract honours data-offprint="…" (several words are allowed), .print-no
// and .print-only.
func (m *marks) readContract(d *document) {
	each(d.root, func(n *html.Node) bool {
		if v, ok := attrIf(n, "data-offprint"); ok {
			for _, word := range strings.Fields(strings.ToLower(v)) {
				if r := role(word); slices.Contains(contractRoles, r) {
					m.add(r, mark{node: n, source: "contract", rule: `data-offprint="` + word + `"`})
				} else {
					d.warn("contract-unknown", "data-offprint=\""+word+"\" has no meaning here", "page")
				}
			}
		}
		if slices.Contains(strings.Fields(attr(n, "class")), "print-no") {
			m.add(roleExclude, mark{node: n, source: "contract", rule: ".print-no"})
		}
		return true
	})
}

func (m *marks) readRule(root *html.Node, rule *Rule) {
	for _, r := range ruleRoles {
		if len(m.byRole[r]) > 0 && r != roleExclude {
			continue // the publisher has spoken
		}
		for _, s := range rule.selectors[string(r)] {
			found := cascadia.QueryAll(root, s.matcher)
			for _, n := range found {
				m.add(r, mark{node: n, attr: s.attr, source: "site-rule", rule: rule.Name + ": " + s.text})
			}
			if len(found) > 0 && !everyMatch(r) {
				break
			}
		}
	}
}

// everyMatch: of these roles all selectors of the list count, not the first
// that matches.
func everyMatch(r role) bool {
	return r == roleExclude || r == roleCaption || r == roleCredit || r == roleHeading || r == roleDisclaimer
}

func (m *marks) add(r role, k mark) {
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
		return squeeze(attr(k.node, k.attr))
	}
	if k.node.Data == "time" {
		if v := attr(k.node, "datetime"); v != "" {
			return squeeze(v)
		}
	}
	if k.node.Data == "meta" {
		return squeeze(attr(k.node, "content"))
	}
	text, _ := shortText(k.node, maxField)
	return squeeze(text)
}

// maxField is the longest field, in characters, that is read from one element.
const maxField = 2000

// nodes are the elements of a role that stand by themselves, not inside
// another of the same role.
func (m *marks) nodes(r role) []*html.Node {
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
		if marked[k.node] && !done[k.node] && !standsIn(marked, k.node.Parent) {
			out = append(out, k.node)
			done[k.node] = true
		}
	}
	m.tops[r] = out
	return out
}

// set is nodes for whoever asks of many elements whether they are among them.
func (m *marks) set(r role) map[*html.Node]bool {
	set, known := m.sets[r]
	if !known {
		set = setOf(m.nodes(r))
		m.sets[r] = set
	}
	return set
}
