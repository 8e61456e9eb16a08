package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

//go:embed page
var pageFS embed.FS

// Default is the name of the page design that is used when none is asked for.
const Default = "default"

// Names lists the embedded page designs.
func Names() []string {
	entries, err := fs.ReadDir(pageFS, "page")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	sort.Strings(names)
	return names
}

// Load reads a page design: the name of an embedded one, or a folder that has
// a page.json.
func Load(nameOrFolder string) (*Design, error) {
	if nameOrFolder == "" {
		nameOrFolder = Default
	}
	if !strings.ContainsAny(nameOrFolder, `/\.`) {
		data, err := pageFS.ReadFile("page/" + nameOrFolder + "/page.json")
		if err == nil {
			return ParseDesign(data)
		}
	}
	data, err := os.ReadFile(filepath.Join(nameOrFolder, "page.json"))
	if err != nil {
		return nil, fmt.Errorf("load page design %q: it is neither one of %s nor a folder with a page.json",
			nameOrFolder, strings.Join(Names(), ", "))
	}
	design, err := ParseDesign(data)
	if err != nil {
		return nil, fmt.Errorf("load page design %q: %w", nameOrFolder, err)
	}
	return design, nil
}
