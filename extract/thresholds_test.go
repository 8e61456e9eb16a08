package extract

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// thresholdRow is a row of docs/thresholds.md: the constant, its file and its value.
var thresholdRow = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ([\\w/.]+) \\| ([^|]+?) \\|")

// TestThresholdsAreDocumented checks that docs/thresholds.md has every number that
// decides something, with the value that it has.
func TestThresholdsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../docs/thresholds.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for _, row := range thresholdRow.FindAllStringSubmatch(string(page), -1) {
		documented[row[2]+" "+row[1]] = row[3]
	}
	found := numericConstants(t)
	for where, value := range found {
		if documented[where] != value {
			t.Errorf("%s is %s; docs/thresholds.md says %q", where, value, documented[where])
		}
	}
	for where := range documented {
		if found[where] == "" {
			t.Errorf("docs/thresholds.md has %s, which is no constant", where)
		}
	}
}

// numericConstants are the constants of this package and its rooms whose value is a
// number, by file and name. How sure a witness is decides nothing.
func numericConstants(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || path == "confidence.go" {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || !isConstant(file, spec) {
				return true
			}
			for i, v := range spec.Values {
				if isNumber(v) {
					var text bytes.Buffer
					if err := printer.Fprint(&text, set, v); err != nil {
						t.Fatal(err)
					}
					found[filepath.ToSlash(path)+" "+spec.Names[i].Name] = text.String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// isConstant reports whether a specification stands in a const declaration.
func isConstant(file *ast.File, spec *ast.ValueSpec) bool {
	constant := false
	ast.Inspect(file, func(n ast.Node) bool {
		if d, ok := n.(*ast.GenDecl); ok && d.Tok == token.CONST {
			for _, s := range d.Specs {
				constant = constant || s == ast.Spec(spec)
			}
		}
		return !constant
	})
	return constant
}

// isNumber reports whether an expression is made of numbers, and of constants and
// units in part.
func isNumber(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.INT || e.Kind == token.FLOAT
	case *ast.BinaryExpr:
		x, counted := e.X.(*ast.Ident)
		return (isNumber(e.X) || isNumber(e.Y)) && !(counted && x.Name == "iota")
	}
	return false
}
