package render_test

import (
	"strings"
	"testing"

	"offprint/render"
	"offprint/templates"
	"offprint/typeset"
)

// TestDesignSaysSmallTypeAndWhite changes each value of the design that stands
// within the text or beside it, and sees it arrive.
func TestDesignSaysSmallTypeAndWhite(t *testing.T) {
	block := func(doc *typeset.Document, role typeset.Role, want func(*typeset.SetBlock) bool) *typeset.SetBlock {
		for i := range doc.Blocks {
			if b := &doc.Blocks[i]; b.Role == role && want(b) {
				return b
			}
		}
		t.Fatalf("no block of role %s", role)
		return nil
	}
	any := func(*typeset.SetBlock) bool { return true }
	raised := func(doc *typeset.Document) typeset.Span {
		b := block(doc, typeset.RoleBody, func(b *typeset.SetBlock) bool { return len(b.Spans) > 2 })
		return b.Spans[2]
	}
	size := typeset.Points(10.5)
	for _, c := range []struct {
		name   string
		change func(*templates.Design)
		got    func(*typeset.Document) typeset.Length
		want   typeset.Length
	}{
		{
			"size of a superscript", func(d *templates.Design) { d.SmallType.Script = 0.5 },
			func(doc *typeset.Document) typeset.Length { return raised(doc).Size }, size.Em(500),
		},
		{
			"rise of a superscript", func(d *templates.Design) { d.SmallType.SuperscriptRise = 0.4 },
			func(doc *typeset.Document) typeset.Length { return raised(doc).Rise }, size.Em(400),
		},
		{
			"white in rows", func(d *templates.Design) { d.Furniture.RowPadEm = 1 },
			func(doc *typeset.Document) typeset.Length {
				return block(doc, typeset.RoleTable, func(b *typeset.SetBlock) bool { return !b.Head }).Style.Before
			}, typeset.Points(9),
		},
		{
			"line that parts sections", func(d *templates.Design) { d.Furniture.BreakEm = 10 },
			func(doc *typeset.Document) typeset.Length {
				return block(doc, typeset.RoleBody, func(b *typeset.SetBlock) bool { return len(b.Drawing) > 0 }).Drawing[0].W
			}, size.Em(10_000),
		},
		{
			"widows", func(d *templates.Design) { d.Widows = 3 },
			func(doc *typeset.Document) typeset.Length {
				return typeset.Length(block(doc, typeset.RoleBody, any).Style.Widows)
			}, 3,
		},
		{
			"orphans", func(d *templates.Design) { d.Orphans = 4 },
			func(doc *typeset.Document) typeset.Length {
				return typeset.Length(block(doc, typeset.RoleBody, any).Style.Orphans)
			}, 4,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := render.Input{Article: sample(), Design: design(t), Fonts: library()}
			c.change(in.Design)
			doc, err := render.Layout(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.got(doc); got != c.want {
				t.Errorf("got %s pt, want %s pt", got, c.want)
			}
		})
	}
}

// TestRoomOfDateAndFolio has a long title and a long site name give way to what
// the design keeps free beside them.
func TestRoomOfDateAndFolio(t *testing.T) {
	text := func(room float64) (head, foot string) {
		in := render.Input{Article: sample(), Design: design(t), Fonts: library()}
		in.Options.FontSize, in.Options.Paper = "24", "A5"
		in.Article.Title = strings.Repeat("潮水与账本", 20)
		in.Article.Site.Name = strings.Repeat("海岸线财经", 20)
		in.Design.Furniture.DateRoomEm, in.Design.Furniture.FolioRoomEm = room, room
		doc, err := render.Layout(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range doc.Pages[1].Items {
			if item.Kind == typeset.PlacedRun && item.Artifact && item.Block < 0 {
				var s strings.Builder
				for _, g := range item.Run.Glyphs {
					s.WriteString(g.Text)
				}
				switch {
				case strings.Contains(s.String(), "潮"):
					head = s.String()
				case strings.Contains(s.String(), "海"):
					foot = s.String()
				}
			}
		}
		return head, foot
	}
	head, foot := text(8)
	shortHead, shortFoot := text(20)
	if head == "" || len(shortHead) >= len(head) {
		t.Errorf("with more room for the date the running head is %q, before %q", shortHead, head)
	}
	if foot == "" || len(shortFoot) >= len(foot) {
		t.Errorf("with more room for the folio the foot is %q, before %q", shortFoot, foot)
	}
}
