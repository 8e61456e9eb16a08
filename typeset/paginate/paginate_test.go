package paginate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"offprint/typeset"
)

// Pages of ten rows of 10 pt, so that sums can be read: row r starts at 10 r.
func testFrame(rows int) Frame {
	return Frame{
		Paper: typeset.PaperSize{W: 200 * typeset.Point, H: 400 * typeset.Point}, Top: 0, Rows: rows,
		Leading: 10 * typeset.Point, Columns: []typeset.Length{0},
	}
}

func paragraph(lines int) typeset.SetBlock {
	return block(typeset.RoleBody, lines, typeset.Style{Size: 6 * typeset.Point, Leading: 10 * typeset.Point, Widows: 2, Orphans: 2})
}

func heading() typeset.SetBlock {
	return block(typeset.RoleHeading, 1, typeset.Style{
		Size: 8 * typeset.Point, Leading: 10 * typeset.Point,
		Before: 10 * typeset.Point, KeepWithNext: 2, KeepTogether: true,
	})
}

func block(role typeset.Role, lines int, st typeset.Style) typeset.SetBlock {
	b := typeset.SetBlock{Block: typeset.Block{Role: role, Style: st}}
	for range lines {
		b.Lines = append(b.Lines, typeset.Line{Runs: []typeset.Run{{Size: st.Size, Glyphs: []typeset.Glyph{{ID: 1, Text: "字"}}}}})
	}
	return b
}

// figure is a picture of so many points of height, square, with a caption of one line.
func figure(height, least int) []typeset.SetBlock {
	h := typeset.Length(height) * typeset.Point
	f := typeset.SetBlock{Block: typeset.Block{
		Role:   typeset.RoleFigure,
		Figure: &typeset.Figure{Picture: &typeset.Picture{W: 1, H: 1}, W: h, H: h, MinW: typeset.Length(least) * typeset.Point},
	}}
	caption := block(typeset.RoleCaption, 1, typeset.Style{Size: 6 * typeset.Point, Leading: 10 * typeset.Point, KeepTogether: true})
	return []typeset.SetBlock{f, caption}
}

// shape writes the pages as "role×lines" lists.
func shape(pages []typeset.Page) []string {
	var out []string
	for _, p := range pages {
		s := ""
		last, n := -1, 0
		flush := func() {
			if n > 0 {
				s += fmt.Sprintf(" %d", n)
			}
		}
		for _, item := range p.Items {
			if item.Kind == typeset.PlacedImage {
				flush()
				s += fmt.Sprintf(" image:%s", item.H)
				last, n = -1, 0
				continue
			}
			if item.Block != last {
				flush()
				s += " " + string(item.Role)
				last, n = item.Block, 0
			}
			n++
		}
		flush()
		out = append(out, fmt.Sprintf("%s | %s", s[1:], p.Break))
	}
	return out
}

func TestKeepRules(t *testing.T) {
	cat := func(parts ...[]typeset.SetBlock) (all []typeset.SetBlock) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	one := func(b ...typeset.SetBlock) []typeset.SetBlock { return b }
	for _, c := range []struct {
		name   string
		blocks []typeset.SetBlock
		want   []string
	}{
		{"a page is filled", one(paragraph(14)), []string{"body 10 | page-full", "body 4 | article-end"}},
		// 9 + 4: breaking after line 1 of the second paragraph would leave an orphan.
		{"orphan", one(paragraph(9), paragraph(4)), []string{"body 9 | orphan", "body 4 | article-end"}},
		// 11 lines: 10 + 1 would leave a widow, so 9 + 2.
		{"widow", one(paragraph(11), paragraph(3)), []string{"body 9 | widow", "body 2 body 3 | article-end"}},
		// 11 lines alone: 9 + 2 would leave a nearly empty page, so 7 + 4.
		{"last page not nearly empty", one(paragraph(11)), []string{"body 7 | last-page", "body 4 | article-end"}},
		// 8 lines, then a heading with a row of white: 8 + 2 rows, but two lines must follow it.
		{
			"heading keeps two lines", one(paragraph(8), heading(), paragraph(8)),
			[]string{"body 8 | heading-keep", "heading 1 body 8 | article-end"},
		},
		// 7 lines, a heading (2 rows), and a paragraph of one line: the second line is the next paragraph's,
		// which has to stay whole.
		{
			"heading and a paragraph of one line", one(paragraph(7), heading(), paragraph(1), paragraph(3)),
			[]string{"body 7 | heading-keep", "heading 1 body 1 body 3 | article-end"},
		},
		// The picture of 50 pt and its caption need 6 rows; 3 are left, and it gives way to 40 pt at the most.
		{
			"picture whole, caption with it", cat(one(paragraph(7)), figure(50, 40), one(paragraph(2))),
			[]string{"body 7 | figure-whole", "image:50 caption 1 body 2 | article-end"},
		},
		// 4 lines + 6 rows fit.
		{"picture fits", cat(one(paragraph(4)), figure(50, 40)), []string{"body 4 image:50 caption 1 | article-end"}},
		// 5 lines + 6 rows are one row too many: the picture is made 10 pt lower.
		{
			"picture made smaller", cat(one(paragraph(5)), figure(50, 40), one(paragraph(5))),
			[]string{"body 5 image:40 caption 1 | page-full", "body 5 | article-end"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages, warnings, _ := Paginate(t.Context(), &typeset.Galley{Blocks: c.blocks}, testFrame(10))
			if len(warnings) > 0 {
				t.Errorf("unexpected warnings: %v", warnings)
			}
			if got := fmt.Sprint(shape(pages)); got != fmt.Sprint(c.want) {
				t.Errorf("pages\n got %v\nwant %v", shape(pages), c.want)
			}
		})
	}
}

// A picture that can't be lowered and a page too low for it: it is set all the
// same, and said.
func TestTooHighIsReported(t *testing.T) {
	pages, warnings, _ := Paginate(t.Context(), &typeset.Galley{Blocks: figure(150, 150)}, testFrame(10))
	if len(pages) == 0 || len(warnings) == 0 || warnings[0].Code != "page-overfull" {
		t.Errorf("got %d pages and warnings %v, want a page-overfull warning", len(pages), warnings)
	}
}

func TestTwoColumns(t *testing.T) {
	frame := testFrame(12)
	frame.Columns = []typeset.Length{0, 100 * typeset.Point}
	head := block(typeset.RoleHeadline, 2, typeset.Style{Size: 8 * typeset.Point, Leading: 10 * typeset.Point})
	head.Across = true
	pages, _, _ := Paginate(t.Context(), &typeset.Galley{Blocks: []typeset.SetBlock{head, paragraph(44)}}, frame)
	// Page 1: 2 rows across, two columns of 10 lines; page 2: two columns of 12.
	if len(pages) != 2 {
		t.Fatalf("got %d pages, want 2", len(pages))
	}
	count := map[string]int{}
	for p, page := range pages {
		for _, item := range page.Items {
			if item.Role == typeset.RoleBody {
				count[fmt.Sprintf("page %d x %s", p+1, item.At.X)]++
			}
		}
	}
	want := map[string]int{"page 1 x 0": 10, "page 1 x 100": 10, "page 2 x 0": 12, "page 2 x 100": 12}
	if fmt.Sprint(count) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", count, want)
	}
}

// Whatever the article: nothing is lost or doubled, nothing stands under the
// last row, body lines stand on the grid, and no keep rule is broken where
// pages are high enough to keep it.
func TestInvariants(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		var blocks []typeset.SetBlock
		for range 5 + rng.IntN(40) {
			switch rng.IntN(6) {
			case 0:
				blocks = append(blocks, heading())
			case 1:
				h := 20 + rng.IntN(120)
				blocks = append(blocks, figure(h, h*7/10)...)
			default:
				blocks = append(blocks, paragraph(1+rng.IntN(12)))
			}
		}
		blocks = append(blocks, paragraph(5))
		checkPages(t, seed, blocks, testFrame(24))
	}
}

func checkPages(t *testing.T, seed uint64, blocks []typeset.SetBlock, frame Frame) {
	t.Helper()
	pages, warnings, _ := Paginate(t.Context(), &typeset.Galley{Blocks: blocks}, frame)
	if len(warnings) > 0 {
		t.Errorf("seed %d: warnings %v", seed, warnings)
	}
	foot := frame.Leading.Scale(int64(frame.Rows), 1)
	seen := map[[2]int]int{} // block and line → page
	for p := range pages {
		for _, item := range pages[p].Items {
			if item.Kind == typeset.PlacedImage && (item.At.Y < 0 || item.At.Y+item.H > foot) {
				t.Errorf("seed %d page %d: picture from %s to %s of %s", seed, p+1, item.At.Y, item.At.Y+item.H, foot)
			}
			if item.Kind != typeset.PlacedRun && item.Kind != typeset.PlacedImage {
				continue
			}
			key := [2]int{item.Block, item.Line}
			if _, twice := seen[key]; twice {
				t.Errorf("seed %d: block %d line %d is placed twice", seed, item.Block, item.Line)
			}
			seen[key] = p
			// (leading − size)/2 + 0.88 size below the row's top: (10 − 6)/2 + 5.28.
			if item.Role == typeset.RoleBody && (item.At.Y-typeset.Points(7.28))%frame.Leading != 0 {
				t.Errorf("seed %d page %d: a body line at %s is off the grid", seed, p+1, item.At.Y)
			}
		}
	}
	for i, b := range blocks {
		for line := range max(1, len(b.Lines)) {
			if _, ok := seen[[2]int{i, line}]; !ok {
				t.Errorf("seed %d: block %d line %d is lost", seed, i, line)
			}
		}
		checkKeeps(t, seed, blocks, seen, i)
	}
}

func checkKeeps(t *testing.T, seed uint64, blocks []typeset.SetBlock, seen map[[2]int]int, i int) {
	t.Helper()
	b := blocks[i]
	last := len(b.Lines) - 1
	if b.Role == typeset.RoleBody && last > 0 && seen[[2]int{i, 0}] != seen[[2]int{i, last}] {
		if seen[[2]int{i, 0}] != seen[[2]int{i, 1}] {
			t.Errorf("seed %d: block %d leaves an orphan", seed, i)
		}
		if seen[[2]int{i, last}] != seen[[2]int{i, last - 1}] {
			t.Errorf("seed %d: block %d leaves a widow", seed, i)
		}
	}
	next := [2]int{i + 1, 0}
	if (b.Role == typeset.RoleHeading || b.Role == typeset.RoleFigure) && i+1 < len(blocks) && seen[[2]int{i, 0}] != seen[next] {
		t.Errorf("seed %d: %s in block %d is parted from what follows", seed, b.Role, i)
	}
}

// The running count agrees with the placing.
func TestPileIsStack(t *testing.T) {
	blocks := append([]typeset.SetBlock{paragraph(3), heading(), paragraph(5)}, figure(37, 20)...)
	slugs := cast(&typeset.Galley{Blocks: append(blocks, paragraph(4))}, 0, len(blocks)+1, &Frame{Leading: 10 * typeset.Point, Rows: 100})
	for i := range slugs {
		var p pile
		for last := i + 1; last <= len(slugs); last++ {
			got := p.add(&slugs[last-1], 10*typeset.Point)
			if want := stack(slugs[i:last], 10*typeset.Point, nil, nil); got != want {
				t.Errorf("slugs %d to %d: the pile has %d rows, the stack %d", i, last, got, want)
			}
		}
	}
}

func BenchmarkPaginate(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	var blocks []typeset.SetBlock
	for i := range 40 {
		if i%9 == 4 {
			blocks = append(blocks, figure(120, 84)...)
		}
		blocks = append(blocks, paragraph(3+rng.IntN(8)))
	}
	g := &typeset.Galley{Blocks: blocks}
	b.ReportAllocs()
	for b.Loop() {
		Paginate(b.Context(), g, testFrame(38))
	}
}
