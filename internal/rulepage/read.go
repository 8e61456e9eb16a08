package rulepage

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Rule is what the comment of a rule says.
type Rule struct {
	ID      string
	What    string
	Regions string // empty where the comment names none
	Source  string // empty where the rule has none
	Address string // of the source
}

// regionSentence is the last sentence of what a rule of lines says: "All regions."
// or "CN, HK, TW, JP."
var regionSentence = regexp.MustCompile(`^(.*[.)]) ((?:All regions|CN|HK|TW|JP|KR)\b[^.]*)\.$`)

// Read gives the rules of the Go files in a folder, in the order of the files and
// their lines. A rule is a constant of type typeset.RuleID.
func Read(tree fs.FS, folder string) ([]Rule, error) {
	names, err := fs.Glob(tree, path.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var rules []Rule
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		found, err := rulesOf(file)
		if err != nil {
			return nil, fmt.Errorf("read rules of %s: %w", name, err)
		}
		rules = append(rules, found...)
	}
	return rules, nil
}

func rulesOf(file *ast.File) ([]Rule, error) {
	var rules []Rule
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			value := spec.(*ast.ValueSpec)
			kind, ok := value.Type.(*ast.SelectorExpr)
			if !ok || kind.Sel.Name != "RuleID" || len(value.Values) != 1 {
				continue
			}
			comment := value.Doc
			if comment == nil && !group.Lparen.IsValid() {
				comment = group.Doc
			}
			id, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				return nil, err
			}
			rule, err := parseRule(id, comment.Text())
			if err != nil {
				return nil, err
			}
			rules = append(rules, rule)
		}
	}
	return rules, nil
}

// parseRule reads the two paragraphs of a rule's comment.
func parseRule(id, comment string) (Rule, error) {
	what, source, _ := strings.Cut(strings.TrimSpace(comment), "\n\n")
	rule := Rule{ID: id, What: strings.Join(strings.Fields(what), " ")}
	if m := regionSentence.FindStringSubmatch(rule.What); m != nil {
		rule.What, rule.Regions = m[1], strings.Replace(m[2], "All regions", "All", 1)
	}
	if rule.What == "" {
		return rule, fmt.Errorf("rule %s has no comment", id)
	}
	source = strings.Join(strings.Fields(source), " ")
	if source == "" {
		return rule, nil
	}
	at := strings.LastIndex(source, " ")
	if at < 0 || !strings.HasPrefix(source[at+1:], "https://") {
		return rule, fmt.Errorf("rule %s: its source does not end with an address: %s", id, source)
	}
	rule.Source, rule.Address = strings.TrimSuffix(source[:at], "."), source[at+1:]
	return rule, nil
}
