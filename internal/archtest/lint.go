package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// The rules of Lint, by the name that a Problem has.
const (
	LongLine     = "long-line"     // a line of more than 120 columns
	LongFile     = "long-file"     // a file of extract of more than 300 lines
	Whether      = "whether"       // a comment in which a predicate does not report
	ForeignKoanf = "foreign-koanf" // koanf outside internal/config
	PrintLinks   = "print-links"   // a module of mail that a program which only prints links
)

// The bounds of the rules.
const (
	maxColumns      = 120 // a tab is one
	maxExtractLines = 300
	koanfHome       = "internal/config"
)

// mailModules are the modules that printing must not link, by their names in the table.
var mailModules = []string{"go-mail", "go-msgauth"}

// Problem is a place that breaks a rule of Lint.
type Problem struct {
	Package string // folder; "." is the root
	Rule    string
	Text    string // a sentence with the place
}

// Lint holds the Go files of the repository at root to the house's style. It gives
// the problems in the order of the files; an error means that it could not look.
func Lint(root fs.FS) ([]Problem, error) {
	goMod, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		return nil, err
	}
	files, err := readTree(root)
	if err != nil {
		return nil, err
	}
	var l linter
	for i := range files {
		if path.Ext(files[i].path) != ".go" {
			continue
		}
		if err := l.file(root, &files[i]); err != nil {
			return nil, err
		}
	}
	l.printLinks(files, parseModule(string(goMod)))
	return l.problems, nil
}

type linter struct{ problems []Problem }

func (l *linter) report(folder, rule, format string, args ...any) {
	l.problems = append(l.problems, Problem{folder, rule, fmt.Sprintf(format, args...)})
}

func (l *linter) file(root fs.FS, f *sourceFile) error {
	text, err := fs.ReadFile(root, f.path)
	if err != nil {
		return err
	}
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, f.path, text, parser.ParseComments)
	if err != nil {
		return fmt.Errorf("read Go file: %w", err)
	}
	l.whether(f, positions, parsed)
	if f.isTest() {
		return nil
	}
	tags := structTags(positions, parsed)
	l.columns(f, string(text), tags, addresses(positions, parsed))
	l.koanf(f, tags)
	if under(f.path, "extract") && f.lines > maxExtractLines {
		l.report(path.Dir(f.path), LongFile, "%s: %d lines, more than %d", f.path, f.lines, maxExtractLines)
	}
	return nil
}

// columns looks for long lines. Struct tags and addresses in comments, which
// cannot be broken, do not count.
func (l *linter) columns(f *sourceFile, text string, tags map[int]string, free map[int]int) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		columns := utf8.RuneCountInString(strings.TrimRight(line, "\r\n"))
		columns -= utf8.RuneCountInString(tags[n]) + free[n]
		if columns > maxColumns {
			l.report(path.Dir(f.path), LongLine, "%s:%d: %d columns, more than %d", f.path, n, columns, maxColumns)
		}
	}
}

// structTags gives the tags of struct fields by their lines.
func structTags(positions *token.FileSet, file *ast.File) map[int]string {
	tags := map[int]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if field, ok := n.(*ast.Field); ok && field.Tag != nil {
			tags[positions.Position(field.Tag.Pos()).Line] += field.Tag.Value
		}
		return true
	})
	return tags
}

var address = regexp.MustCompile(`https?://\S+`)

// addresses gives the columns of the addresses in comments by their lines.
func addresses(positions *token.FileSet, file *ast.File) map[int]int {
	columns := map[int]int{}
	for _, group := range file.Comments {
		for _, comment := range group.List {
			first := positions.Position(comment.Pos()).Line
			for i, line := range strings.Split(comment.Text, "\n") {
				for _, found := range address.FindAllString(line, -1) {
					columns[first+i] += utf8.RuneCountInString(found)
				}
			}
		}
	}
	return columns
}

var otherVerb = regexp.MustCompile(`\b(?:says|tells)\s+whether\b`)

// whether looks for comments on predicates in other words than Go's own.
func (l *linter) whether(f *sourceFile, positions *token.FileSet, file *ast.File) {
	for _, group := range file.Comments {
		if found := otherVerb.FindString(group.Text()); found != "" {
			l.report(path.Dir(f.path), Whether, "%s:%d: a comment has %q: Go's word is \"reports whether\"",
				f.path, positions.Position(group.Pos()).Line, strings.Join(strings.Fields(found), " "))
		}
	}
}

// koanf looks for the configuration's library where no configuration is read.
func (l *linter) koanf(f *sourceFile, tags map[int]string) {
	folder := path.Dir(f.path)
	if folder == koanfHome {
		return
	}
	for _, imported := range f.imports {
		if strings.Contains(imported, "/koanf/") {
			l.report(folder, ForeignKoanf, "%s: imports %s: koanf stands in %s alone", f.path, imported, koanfHome)
		}
	}
	for _, tag := range tags {
		if strings.Contains(tag, `koanf:"`) {
			l.report(folder, ForeignKoanf, "%s: has koanf tags: koanf stands in %s alone", f.path, koanfHome)
			return
		}
	}
}

// printLinks follows the imports of the root package, which a program that only
// prints links, to the modules that send mail.
func (l *linter) printLinks(files []sourceFile, m module) {
	imports := map[string][]string{} // by folder
	for i := range files {
		if f := &files[i]; !f.isTest() {
			imports[path.Dir(f.path)] = append(imports[path.Dir(f.path)], f.imports...)
		}
	}
	queue, seen := []string{"."}, map[string]bool{".": true}
	reported := map[string]bool{}
	for len(queue) > 0 {
		folder := queue[0]
		queue = queue[1:]
		for _, imported := range imports[folder] {
			if ours, ok := m.ours(imported); ok {
				if !seen[ours] {
					seen[ours] = true
					queue = append(queue, ours)
				}
				continue
			}
			required := m.moduleOf(imported)
			for _, name := range mailModules {
				if required != "" && named(required, name) && !reported[folder+" "+name] {
					reported[folder+" "+name] = true
					l.report(".", PrintLinks, "the root package links %s, which %s imports: printing sends no mail", name, folder)
				}
			}
		}
	}
}

// ours gives the folder of an imported package of this module.
func (m *module) ours(imported string) (folder string, ok bool) {
	if imported == m.path {
		return ".", true
	}
	return strings.CutPrefix(imported, m.path+"/")
}

// under reports whether a file stands in the folder or below it.
func under(file, folder string) bool { return strings.HasPrefix(file, folder+"/") }
