package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"offprint/extract/internal/dates"
)

// Rule is what is known of one site: the form of sites/NAME.json. Beside the keys
// below it has a list of selectors for each role that a rule can give (roles.go).
// Unknown keys are refused.
type Rule struct {
	Name      string            `json:"name"`
	Note      string            `json:"note,omitempty"`      // where the selectors come from, and how sure they are
	Hosts     []string          `json:"hosts"`               // "example.com" stands for its subdomains too
	Paths     []string          `json:"paths,omitempty"`     // "/news/*": * is anything; none: every path
	Site      string            `json:"site,omitempty"`      // name of the publication
	Logo      string            `json:"logo,omitempty"`      // absolute URL
	Language  string            `json:"language,omitempty"`  // BCP 47, when the whole site has one
	Languages map[string]string `json:"languages,omitempty"` // BCP 47 by path, as in paths; goes before language
	Zone      string            `json:"zone,omitempty"`      // "+08:00": the zone of dates that name none
	Layouts   []string          `json:"layouts,omitempty"`   // Go layouts of dates that would be ambiguous
	Tests     []Test            `json:"tests"`               // at least one; run by package extract's tests

	selectors map[Role][]selector
}

// Test is a page that shows that a rule works.
type Test struct {
	Page      string `json:"page"` // file in testdata/sites
	URL       string `json:"url"`
	Title     string `json:"title"`
	Published string `json:"published,omitempty"` // RFC 3339
	Author    string `json:"author,omitempty"`
	Blocks    int    `json:"blocks"`
}

// Load reads every *.json at the top of a folder, in order of file name.
func Load(folder fs.FS) ([]*Rule, error) {
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
		rule, err := Parse(data)
		if err != nil {
			return nil, fmt.Errorf("read site rule %s: %w", name, err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// Parse reads one rule and compiles its selectors. A selector that cannot be
// compiled is an error here, not when a page is read.
func Parse(data []byte) (*Rule, error) {
	fields := map[string]json.RawMessage{}
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&fields); err != nil {
		return nil, err
	}
	r := &Rule{selectors: map[Role][]selector{}}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		role, ok := selectorKey(key)
		if !ok {
			continue
		}
		list, err := compileSelectors(fields[key])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		r.selectors[role] = list
		delete(fields, key)
	}
	rest, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(rest))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil {
		return nil, err
	}
	return r, r.check()
}

// check reports what the rule's keys lack.
func (r *Rule) check() error {
	if r.Name == "" || len(r.Hosts) == 0 {
		return errors.New("a rule needs name and hosts")
	}
	if r.Zone != "" {
		if _, err := dates.ParseZone(r.Zone); err != nil {
			return fmt.Errorf("zone: %w", err)
		}
	}
	return nil
}

// Match is the first rule for a page of the host and path; nil is none.
func Match(rules []*Rule, host, pagePath string) *Rule {
	i := slices.IndexFunc(rules, func(r *Rule) bool { return r.matches(host, pagePath) })
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

// LanguageAt is the language that the rule names for a page at the path; "" is
// none. Of several patterns that match, the longest counts.
func (r *Rule) LanguageAt(pagePath string) string {
	language, longest := r.Language, -1
	for pattern, l := range r.Languages {
		longer := len(pattern) > longest || len(pattern) == longest && l < language
		if longer && pathMatches(pattern, pagePath) {
			language, longest = l, len(pattern)
		}
	}
	return language
}

// pathMatches is path.Match, but a * stands for slashes too.
func pathMatches(pattern, p string) bool {
	flat := func(s string) string { return strings.ReplaceAll(s, "/", "\x00") }
	ok, err := path.Match(flat(pattern), flat(p))
	return err == nil && ok
}
