package problem

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestDetails: every problem that the program makes tells of its case. It reads all Go
// files of the module for calls of New and Newf whose detail is an empty string.
func TestDetails(t *testing.T) {
	calls, root, files := 0, filepath.Join("..", ".."), token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 || !makesProblem(call.Fun, file.Name.Name) {
				return true
			}
			calls++
			if detail, ok := call.Args[1].(*ast.BasicLit); ok && len(detail.Value) == len(`""`) {
				t.Errorf("%s: a problem without a detail", files.Position(call.Pos()))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls < 50 {
		t.Errorf("%d calls found: the test no longer sees them", calls)
	}
}

// makesProblem reports whether a function is New or Newf of this package.
func makesProblem(fun ast.Expr, in string) bool {
	name := ""
	switch f := fun.(type) {
	case *ast.SelectorExpr:
		if from, ok := f.X.(*ast.Ident); ok && from.Name == "problem" {
			name = f.Sel.Name
		}
	case *ast.Ident:
		if in == "problem" {
			name = f.Name
		}
	}
	return name == "New" || name == "Newf"
}
