package archtest

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// module is what go.mod says.
type module struct {
	path     string
	requires []string // module paths
}

// sourceFile is a file that is held to the rules.
type sourceFile struct {
	path    string
	lines   int
	imports []string // of a Go file
}

// isTest reports whether the file is compiled for tests alone.
func (f *sourceFile) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// sourceExts are the endings of files that people write and read.
var sourceExts = []string{".go", ".js", ".mjs", ".css", ".sh", ".py"}

// readTree lists the source files, by path. Folders that Go ignores are left out.
func readTree(root fs.FS) ([]sourceFile, error) {
	var files []sourceFile
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		if entry.IsDir() {
			if name != "." && (base == "testdata" || base == "node_modules" || base[0] == '.' || base[0] == '_') {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains(sourceExts, path.Ext(name)) {
			return nil
		}
		file, err := readSource(root, name)
		files = append(files, file)
		return err
	})
	return files, err
}

func readSource(root fs.FS, name string) (sourceFile, error) {
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return sourceFile{}, err
	}
	file := sourceFile{path: name, lines: bytes.Count(data, []byte("\n"))}
	if path.Ext(name) != ".go" {
		return file, nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly)
	if err != nil {
		return file, fmt.Errorf("read imports: %w", err)
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return file, fmt.Errorf("read imports of %s: %w", name, err)
		}
		file.imports = append(file.imports, imported)
	}
	return file, nil
}

// parseModule reads the module's path and requirements from go.mod.
func parseModule(text string) module {
	var m module
	inRequire := false
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "//")
		fields := strings.Fields(line)
		switch {
		case len(fields) == 2 && fields[0] == "module":
			m.path = fields[1]
		case len(fields) == 2 && fields[0] == "require" && fields[1] == "(":
			inRequire = true
		case len(fields) == 1 && fields[0] == ")":
			inRequire = false
		case len(fields) == 3 && fields[0] == "require":
			m.requires = append(m.requires, fields[1])
		case inRequire && len(fields) == 2:
			m.requires = append(m.requires, fields[0])
		}
	}
	return m
}

// moduleOf gives the required module that has the imported package.
func (m *module) moduleOf(imported string) string {
	best := ""
	for _, required := range m.requires {
		if (imported == required || strings.HasPrefix(imported, required+"/")) && len(required) > len(best) {
			best = required
		}
	}
	return best
}

// named reports whether a name of the table means the required module: it is
// the end of its path, less the major version.
func named(required, name string) bool {
	if base := path.Base(required); len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		required = path.Dir(required)
	}
	return required == name || strings.HasSuffix(required, "/"+name)
}
