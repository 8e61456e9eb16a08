package site

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"offprint/extract/internal/dom"
)

// selector is one compiled entry of a list. The list is tried in order; a
// selector may end in "@name" to take an attribute instead of the element's text.
type selector struct {
	Text    string // as the rule has it
	Attr    string // "" is the element's text
	matcher goquery.Matcher
}

// Found is one selector's elements in a page.
type Found struct {
	selector
	Nodes []*html.Node // in reading order
}

func compileSelectors(list json.RawMessage) ([]selector, error) {
	var texts []string
	if err := json.Unmarshal(list, &texts); err != nil {
		return nil, err
	}
	var selectors []selector
	for _, text := range texts {
		s, err := compileSelector(text)
		if err != nil {
			return nil, fmt.Errorf("selector %q: %w", text, err)
		}
		selectors = append(selectors, s)
	}
	return selectors, nil
}

func compileSelector(text string) (selector, error) {
	s := selector{Text: text}
	css := text
	if at := strings.LastIndexByte(text, '@'); at >= 0 && !strings.ContainsAny(text[at:], "]\"' ") {
		css, s.Attr = text[:at], text[at+1:]
		if s.Attr == "" {
			return s, errors.New("nothing after @")
		}
	}
	var err error
	s.matcher, err = dom.Compile(css)
	return s, err
}

// Find looks the rule's selectors up, role by role in the order of the table. Of a
// role's list the first selector that matches counts, or all of them (every).
func (r *Rule) Find(page *goquery.Selection, wanted func(Role) bool, take func(Role, Found)) {
	for _, t := range roles {
		if !wanted(t.role) {
			continue
		}
		for _, s := range r.selectors[t.role] {
			nodes := page.FindMatcher(s.matcher).Nodes
			if len(nodes) == 0 {
				continue
			}
			take(t.role, Found{s, nodes})
			if !t.every {
				break
			}
		}
	}
}
