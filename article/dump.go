package article

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Dump writes the article as text, a line a field and a line a block. The
// number of a block is what --drop takes.
func (a *Article) Dump(w io.Writer) error {
	b := bufio.NewWriter(w)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "%-12s %s\n", name, value)
		}
	}
	field("url", a.URL)
	field("canonical", a.Canonical)
	field("lang", a.Lang)
	field("site", strings.TrimSpace(a.Site.Name+" "+a.Site.Host))
	field("logo", a.Site.Logo)
	field("section", strings.Join(a.Section, " › "))
	field("column", a.Column)
	field("title", a.Title)
	field("subtitle", a.Subtitle)
	for _, author := range a.Authors {
		field("author", strings.TrimSpace(author.Role+" "+author.Name))
		field("  bio", strings.ReplaceAll(author.Bio, "\n", " ¶ "))
	}
	field("published", a.Published.String())
	field("modified", a.Modified.String())
	field("source", a.Source)
	for i := range a.Blocks {
		dumpBlock(b, &a.Blocks[i], fmt.Sprintf("blocks[%d]", i))
	}
	for _, d := range a.Disclaimer {
		field("disclaimer", d)
	}
	field("tags", strings.Join(a.Tags, ", "))
	for _, next := range a.NextPages {
		field("next page", next)
	}
	for _, warning := range a.Warnings {
		field("warning", fmt.Sprintf("%s: %s %s", warning.Code, warning.Message, warning.Where))
	}
	return b.Flush()
}

func dumpBlock(w io.Writer, b *Block, name string) {
	fmt.Fprintf(w, "%-12s %-9s ", name, b.Kind)
	switch b.Kind {
	case Heading:
		fmt.Fprintf(w, "%d %s\n", b.Level, b.Text)
	case Figure:
		if b.Image != nil {
			fmt.Fprintf(w, "%s | %s\n", b.Image.URL, b.Image.FullCaption())
		}
	case Embed:
		fmt.Fprintf(w, "%s %s\n", b.Text, b.URL)
	case List, Quote:
		numbers := ""
		if b.Start != 0 || b.Reversed {
			numbers = fmt.Sprintf(", numbered %d to %d", b.Number(0), b.Number(len(b.Items)-1))
		}
		fmt.Fprintf(w, "%d items%s\n", len(b.Items), numbers)
		for i, item := range b.Items {
			for k := range item {
				dumpBlock(w, &item[k], fmt.Sprintf("%s.%d.%d", name, i, k))
			}
		}
	case Table:
		fmt.Fprintf(w, "%d rows\n", len(b.Rows))
		for i, row := range b.Rows {
			cells := make([]string, len(row))
			for k, cell := range row {
				cells[k] = cell.Text
			}
			fmt.Fprintf(w, "%-12s %s\n", fmt.Sprintf("%s.%d", name, i), strings.Join(cells, " | "))
		}
	default:
		fmt.Fprintf(w, "%s\n", strings.ReplaceAll(b.Text, "\n", " ⏎ "))
	}
}

// String writes a date with how much of it was stated.
func (s *Stamp) String() string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf("%s (%s, zone %s) %q", s.Time, s.Precision, s.Zone, s.Raw)
}
