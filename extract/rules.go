package extract

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/cascadia"
)

//go:embed sites/*.json
var builtin embed.FS

// Rule is what is known of one site: the form of sites/NAME.json. Every
// selector list is tried in order and the first that matches wins; a selector
// may end in "@name" to take an attribute instead of the element's text.
// Unknown keys are refused.
type Rule struct {
	Name     string   `json:"name"`
	Note     string   `json:"note,omitempty"`     // where the selectors come from, and how sure they are
	Hosts    []string `json:"hosts"`              // "example.com" stands for its subdomains too
	Paths    []string `json:"paths,omitempty"`    // "/news/*": * is anything; none: every path
	Site     string   `json:"site,omitempty"`     // name of the publication
	Logo     string   `json:"logo,omitempty"`     // absolute URL
	Language string   `json:"language,omitempty"` // BCP 47, when the whole site has one
	Zone     string   `json:"zone,omitempty"`     // "+08:00": the zone of dates that name none
	Layouts  []string `json:"layouts,omitempty"`  // Go layouts of the site's dates, for those that would be ambiguous

	Title      []string `json:"title,omitempty"`
	Subtitle   []string `json:"subtitle,omitempty"`
	Author     []string `json:"author,omitempty"`
	Bio        []string `json:"bio,omitempty"`
	Published  []string `json:"published,omitempty"`
	Modified   []string `json:"modified,omitempty"`
	Section    []string `json:"section,omitempty"`
	Column     []string `json:"column,omitempty"`
	Source     []string `json:"source,omitempty"`
	Body       []string `json:"body,omitempty"`
	Heading    []string `json:"heading,omitempty"`
	Caption    []string `json:"caption,omitempty"`
	Credit     []string `json:"credit,omitempty"`
	Disclaimer []string `json:"disclaimer,omitempty"`
	Strip      []string `json:"strip,omitempty"` // elements that are no part of the article
	Next       []string `json:"next,omitempty"`  // links to the article's further pages

	Tests []RuleTest `json:"tests"` // at least one; run by this package's tests

	selectors map[string][]selector
}

// RuleTest is a page that shows that a rule works.
type RuleTest struct {
	Page      string `json:"page"` // file in testdata/sites
	URL       string `json:"url"`
	Title     string `json:"title"`
	Published string `json:"published,omitempty"` // RFC 3339
	Author    string `json:"author,omitempty"`
	Blocks    int    `json:"blocks"`
}

// selector is one compiled entry of a list.
type selector struct {
	text    string
	matcher cascadia.SelectorGroup
	attr    string
}

// BuiltinRules are the rules of sites/*.json, by name.
func BuiltinRules() ([]*Rule, error) { return builtinRules() }

var builtinRules = sync.OnceValues(func() ([]*Rule, error) {
	sub, err := fs.Sub(builtin, "sites")
	if err != nil {
		return nil, fmt.Errorf("open built-in site rules: %w", err)
	}
	return LoadRules(sub)
})

// LoadRules reads every *.json at the top of a folder, in order of file name.
func LoadRules(folder fs.FS) ([]*Rule, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("list site rules: %w", err)
	}
	var rules []*Rule
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read site rule %s: %w", name, err)
		}
		rule, err := ParseRule(data)
		if err != nil {
			return nil, fmt.Errorf("read site rule %s: %w", name, err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// ParseRule reads one rule and compiles its selectors.
func ParseRule(data []byte) (*Rule, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	r := new(Rule)
	if err := dec.Decode(r); err != nil {
		return nil, err
	}
	if r.Name == "" || len(r.Hosts) == 0 {
		return nil, fmt.Errorf("a rule needs name and hosts")
	}
	if r.Zone != "" {
		if _, err := parseZone(r.Zone); err != nil {
			return nil, fmt.Errorf("zone: %w", err)
		}
	}
	r.selectors = map[string][]selector{}
	for field, list := range r.lists() {
		for _, text := range list {
			s, err := compileSelector(text)
			if err != nil {
				return nil, fmt.Errorf("%s: selector %q: %w", field, text, err)
			}
			r.selectors[field] = append(r.selectors[field], s)
		}
	}
	return r, nil
}

func (r *Rule) lists() map[string][]string {
	return map[string][]string{
		"title": r.Title, "subtitle": r.Subtitle, "author": r.Author, "bio": r.Bio,
		"published": r.Published, "modified": r.Modified, "section": r.Section, "column": r.Column,
		"source": r.Source, "body": r.Body, "heading": r.Heading, "caption": r.Caption,
		"credit": r.Credit, "disclaimer": r.Disclaimer, "exclude": r.Strip, "next": r.Next,
	}
}

func compileSelector(text string) (selector, error) {
	s := selector{text: text}
	css := text
	if at := strings.LastIndexByte(text, '@'); at >= 0 && !strings.ContainsAny(text[at:], "]\"' ") {
		css, s.attr = text[:at], text[at+1:]
		if s.attr == "" {
			return s, fmt.Errorf("nothing after @")
		}
	}
	group, err := cascadia.ParseGroup(css)
	s.matcher = group
	return s, err
}

// loadRules puts the publisher's own rules before ours.
func loadRules(own []fs.FS) ([]*Rule, error) {
	var rules []*Rule
	for _, folder := range own {
		more, err := LoadRules(folder)
		if err != nil {
			return nil, err
		}
		rules = append(rules, more...)
	}
	more, err := BuiltinRules()
	return append(rules, more...), err
}

func matchRule(rules []*Rule, at pageAddress) *Rule {
	i := slices.IndexFunc(rules, func(r *Rule) bool { return r.matches(at.host(), at.path()) })
	if i < 0 {
		return nil
	}
	return rules[i]
}

func (r *Rule) matches(host, pagePath string) bool {
	if host == "" || !slices.ContainsFunc(r.Hosts, func(h string) bool {
		return host == h || strings.HasSuffix(host, "."+h)
	}) {
		return false
	}
	return len(r.Paths) == 0 || slices.ContainsFunc(r.Paths, func(p string) bool { return pathMatches(p, pagePath) })
}

// pathMatches is path.Match, but a * stands for slashes too.
func pathMatches(pattern, p string) bool {
	flat := func(s string) string { return strings.ReplaceAll(s, "/", "\x00") }
	ok, err := path.Match(flat(pattern), flat(p))
	return err == nil && ok
}
