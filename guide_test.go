package offprint_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"

	"offprint/internal/golden"
)

const libraryGuide = "docs/guide/library.md"

// shown is a block of Go in the guide, below the comment that names where it is
// from: a file, and a declaration in it.
var shown = regexp.MustCompile("(?s)<!-- (\\S+_test\\.go): (\\w+) -->\n```go\n(.*?)```\n")

// The programs that the guide shows are the examples that the tests run, to the
// letter. UPDATE_GOLDEN=1 copies them into it anew.
func TestLibraryGuideShowsTheExamples(t *testing.T) {
	data, err := os.ReadFile(libraryGuide)
	if err != nil {
		t.Fatal(err)
	}
	guide := string(data)
	blocks := shown.FindAllStringSubmatch(guide, -1)
	if all := strings.Count(guide, "```go\n"); all != len(blocks) || all < 5 {
		t.Errorf("%d of %d programs name the example that they are", len(blocks), all)
	}
	for _, block := range blocks {
		source, err := declaration(block[1], block[2])
		if err != nil {
			t.Error(err)
			continue
		}
		if source != block[3] {
			if os.Getenv(golden.UpdateVar) != "1" {
				t.Errorf("%s is not as the guide shows it: %s=1 go test . copies it anew", block[2], golden.UpdateVar)
			}
			marked := fmt.Sprintf("<!-- %s: %s -->\n```go\n", block[1], block[2])
			guide = strings.Replace(guide, marked+block[3], marked+source, 1)
		}
	}
	if os.Getenv(golden.UpdateVar) == "1" && guide != string(data) {
		if err := os.WriteFile(libraryGuide, []byte(guide), 0o644); err != nil {
			t.Error(err)
		}
	}
}

// Each example of this package is in the guide, which is where people look.
func TestLibraryGuideShowsAllExamples(t *testing.T) {
	guide, err := os.ReadFile(libraryGuide)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "example_test.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if ok && strings.HasPrefix(f.Name.Name, "Example") && !strings.Contains(string(guide), ": "+f.Name.Name+" -->") {
			t.Errorf("the guide does not show %s", f.Name.Name)
		}
	}
}

// declaration gives the source of the function, variable or constant of a name in a
// file, without the comment above it.
func declaration(path, name string) (string, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, parser.ParseComments)
	if err != nil {
		return "", err
	}
	for _, d := range file.Decls {
		if declares(d, name) {
			return string(source[files.Position(d.Pos()).Offset:files.Position(d.End()).Offset]) + "\n", nil
		}
	}
	return "", fmt.Errorf("%s declares no %s", path, name)
}

func declares(d ast.Decl, name string) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name == name
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok && value.Names[0].Name == name {
				return true
			}
		}
	}
	return false
}
