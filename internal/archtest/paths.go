package archtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

var (
	quotedPath = regexp.MustCompile("`([A-Za-z0-9_.<>-]+(?:/[A-Za-z0-9_.<>*-]*)+|[a-z]+\\.go|Makefile)`")
	linkedPath = regexp.MustCompile(`\]\(([^)#?\s]+)(?:#[^)]*)?\)`)
	scheme     = regexp.MustCompile(`^[a-z]+:`)
)

// Paths gives one sentence for each file or folder that a document names and that is
// not there. In the tables headed "to change" of README.md and ARCHITECTURE.md that
// is each path in back quotes; <name> stands for any. In every document of the
// repository it is each link to a place of the repository.
func Paths(root fs.FS) ([]string, error) {
	var missing []string
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && skipped(entry.Name()):
			return fs.SkipDir
		case path.Ext(name) != ".md":
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for _, named := range namedPaths(name, string(text)) {
			if there, err := exists(root, named); err != nil {
				return err
			} else if !there {
				missing = append(missing, fmt.Sprintf("%s names %s, which is not there", name, named))
			}
		}
		return nil
	})
	return missing, err
}

// namedPaths lists the paths that a document names, from the repository's top.
func namedPaths(document, text string) []string {
	var list []string
	for _, m := range linkedPath.FindAllStringSubmatch(text, -1) {
		if !scheme.MatchString(m[1]) && !strings.HasPrefix(m[1], "...") { // a Go call, not a link
			list = append(list, path.Join(path.Dir(document), m[1]))
		}
	}
	inTable := false
	for line := range strings.Lines(text) {
		isRow := strings.HasPrefix(line, "|")
		inTable = isRow && (inTable || strings.HasPrefix(line, "| to change |"))
		if !inTable {
			continue
		}
		for _, m := range quotedPath.FindAllStringSubmatch(line, -1) {
			list = append(list, path.Clean(m[1]))
		}
	}
	return list
}

// exists reports whether the repository has a path; <name> in it stands for any.
func exists(root fs.FS, named string) (bool, error) {
	pattern := regexp.MustCompile(`<[a-z]+>`).ReplaceAllString(named, "*")
	found, err := fs.Glob(root, pattern)
	return len(found) > 0, err
}

// skipped reports whether a folder holds what others wrote or what was built.
func skipped(name string) bool {
	return name == "node_modules" || name == "build" || name == "bin" || strings.HasPrefix(name, ".")
}
