package rulepage

import (
	"fmt"
	"strings"
)

// Row writes a rule as a row of its table; the column of regions is left out where
// the table has none.
func (r Rule) Row(withRegions bool) string {
	cells := []string{"`" + r.ID + "`", r.What}
	if withRegions {
		cells = append(cells, r.Regions)
	}
	source := "–"
	if r.Source != "" {
		source = "[" + r.Source + "](" + r.Address + ")"
	}
	cells = append(cells, source)
	for i := range cells {
		cells[i] = strings.ReplaceAll(cells[i], "|", `\|`)
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

// Replace gives the page with rows between the lines that mark the table of that
// name: <!-- rules: NAME --> with the table's head behind it, and <!-- /rules -->.
func Replace(page, name, rows string) (string, error) {
	begin := "<!-- rules: " + name + " -->\n"
	before, rest, ok := strings.Cut(page, begin)
	table, after, closed := strings.Cut(rest, "<!-- /rules -->\n")
	if !ok || !closed {
		return "", fmt.Errorf("find the table of %s: want it between %q and %q", name, begin, "<!-- /rules -->\n")
	}
	lines := strings.SplitAfterN(table, "\n", 3)
	if len(lines) != 3 || !strings.HasPrefix(lines[1], "|---") {
		return "", fmt.Errorf("find the table of %s: it has no head", name)
	}
	return before + begin + lines[0] + lines[1] + rows + "<!-- /rules -->\n" + after, nil
}
