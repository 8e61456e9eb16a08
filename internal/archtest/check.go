package archtest

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// maxLines is the most that a source file may have.
const maxLines = 700

// Check compares the repository at root with its table. It gives one sentence a
// difference, in the order of the files; an error means that it could not look.
func Check(root fs.FS) ([]string, error) {
	text, err := fs.ReadFile(root, "ARCHITECTURE.md")
	if err != nil {
		return nil, err
	}
	rows, err := parseTable(string(text))
	if err != nil {
		return nil, err
	}
	goMod, err := fs.ReadFile(root, "go.mod")
	if err != nil {
		return nil, err
	}
	files, err := readTree(root)
	if err != nil {
		return nil, err
	}
	c := &checker{module: parseModule(string(goMod)), rows: map[string]row{}, used: map[permission]bool{}}
	c.readRows(rows)
	c.comparePackages(files)
	for i := range files {
		c.checkFile(&files[i])
	}
	c.reportUnused(rows)
	return c.problems, nil
}

type checker struct {
	module   module
	rows     map[string]row // by package
	order    []string       // packages in the table's order
	used     map[permission]bool
	problems []string
}

// permission is a name in the last two columns of a row, with the row's first package.
type permission struct{ row, name string }

func (c *checker) report(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

// readRows takes the table in, row by row: each may build on those above it.
func (c *checker) readRows(rows []row) {
	for _, r := range rows {
		if i := slices.Index(r.ours, "any"); i >= 0 {
			r.ours = slices.Clone(c.order)
		}
		for _, name := range r.ours {
			if !slices.Contains(c.order, name) {
				c.report("ARCHITECTURE.md: %s may import %s, which is not in a row above it", strings.Join(r.packages, ", "), name)
			}
		}
		for _, name := range r.outside {
			if !slices.ContainsFunc(c.module.requires, func(m string) bool { return named(m, name) }) {
				c.report("ARCHITECTURE.md: %s: %s is no module of go.mod", strings.Join(r.packages, ", "), name)
			}
		}
		for _, name := range r.packages {
			if _, twice := c.rows[name]; twice {
				c.report("ARCHITECTURE.md: %s has two rows", name)
			}
			c.rows[name] = r
			if name != testsRow {
				c.order = append(c.order, name)
			}
		}
	}
}

// comparePackages looks for packages without a row and rows without a package.
func (c *checker) comparePackages(files []sourceFile) {
	packages := map[string]bool{}
	for i := range files {
		if path.Ext(files[i].path) == ".go" {
			packages[path.Dir(files[i].path)] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		if _, ok := c.rows[name]; !ok {
			c.report("%s: the package has no row in ARCHITECTURE.md", name)
		}
	}
	for _, name := range c.order {
		if !packages[name] {
			c.report("ARCHITECTURE.md: %s is not a package", name)
		}
	}
}

func (c *checker) checkFile(f *sourceFile) {
	if f.lines > maxLines {
		c.report("%s: %d lines, more than %d", f.path, f.lines, maxLines)
	}
	r, ok := c.rows[path.Dir(f.path)]
	if !ok {
		return // reported already
	}
	for _, imported := range f.imports {
		switch {
		case imported == c.module.path || strings.HasPrefix(imported, c.module.path+"/"):
			c.checkOurs(f, r, imported)
		case strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
			c.checkOutside(f, r, imported)
		}
	}
}

func (c *checker) checkOurs(f *sourceFile, r row, imported string) {
	name := strings.TrimPrefix(strings.TrimPrefix(imported, c.module.path), "/")
	if name == "" {
		name = "."
	}
	if f.isTest() {
		return
	}
	c.used[permission{r.packages[0], name}] = true
	if !slices.Contains(r.ours, name) {
		c.report("%s: imports %s, which its row does not allow", f.path, name)
	}
}

func (c *checker) checkOutside(f *sourceFile, r row, imported string) {
	allowed := r.outside
	if f.isTest() {
		allowed = slices.Concat(allowed, c.rows[testsRow].outside)
	}
	required := c.module.moduleOf(imported)
	for _, name := range r.outside {
		if named(required, name) {
			c.used[permission{r.packages[0], name}] = true
		}
	}
	if required == "" || !slices.ContainsFunc(allowed, func(name string) bool { return named(required, name) }) {
		c.report("%s: imports %s, which its row does not allow", f.path, imported)
	}
}

// reportUnused looks for what rows allow and no file uses; "any", and the row of the
// tests, apart. Tests need no row to import our packages.
func (c *checker) reportUnused(rows []row) {
	for _, r := range rows {
		if slices.Contains(r.packages, testsRow) {
			continue
		}
		for _, name := range slices.Concat(r.ours, r.outside) {
			if name != "any" && !c.used[permission{r.packages[0], name}] {
				c.report("ARCHITECTURE.md: %s may import %s, and does not", strings.Join(r.packages, ", "), name)
			}
		}
	}
}
