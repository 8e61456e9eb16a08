package extract

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"offprint/extract/internal/site"
)

// Rule is what is known of one site: the form of sites/NAME.json.
type Rule = site.Rule

//go:embed sites/*.json
var builtin embed.FS

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
func LoadRules(folder fs.FS) ([]*Rule, error) { return site.Load(folder) }

// ParseRule reads one rule and compiles its selectors. The error names the key
// that is unknown, or the selector that is none.
func ParseRule(data []byte) (*Rule, error) { return site.Parse(data) }

// allRules puts the publisher's own rules before ours.
func allRules(own []fs.FS) ([]*Rule, error) {
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
