package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"strings"
	"sync"
	"testing"

	"offprint/typeset"
)

// sample has something of everything on four pages.
func sample(t testing.TB) *typeset.Document {
	c := compose()
	c.doc.Title, c.doc.Subject = "港口的清晨（𨋢）", "财经 › 航运"
	c.doc.Authors, c.doc.Keywords = []string{"王小明", "A. (B) Lee"}, []string{"港口", "航运"}
	c.doc.Created = "2025-07-21T10:45:19+08:00"
	c.place(none, c.run("财经"), 0)
	c.feed()
	c.size = typeset.Points(24)
	c.text(typeset.RoleHeadline, 1, "港口的清晨")
	c.size = typeset.Points(10.5)
	for i := range 9 {
		if i == 4 {
			c.text(typeset.RoleHeading, 2, "第二节")
		}
		c.text(typeset.RoleBody, 0, strings.Repeat("天地玄黄宇宙洪荒日月盈昃辰宿列张•寒来·暑往秋收冬藏", 12))
	}
	c.page()
	photo := jpegPicture(t, corners(120, 80), 6)
	c.figure(photo, "四角")
	c.text(typeset.RoleCaption, 0, "图一")
	c.figure(pngPicture(t, corners(60, 40)), "四角（小）")
	c.text(typeset.RoleCaption, 0, "图二")
	c.figure(photo, "四角，再一次")
	source := c.block(typeset.RoleSource, 0)
	link := c.run("https://example.org/新闻?a=(1)")
	link.Href = "https://example.org/新闻?a=(1)"
	c.place(source, link, 0)
	for i := range 20 {
		c.add(typeset.Placed{
			Kind: typeset.PlacedRule, At: typeset.Position{X: typeset.Points(float64(20 + 2*i)), Y: c.y},
			W: typeset.Point, H: typeset.Point, Block: source,
		})
	}
	c.feed()
	folio := c.run("第4页")
	folio.Colour = typeset.Colour{R: 90, G: 90, B: 90}
	c.add(typeset.Placed{Kind: typeset.PlacedRun, Run: folio, W: folio.Width, At: typeset.Position{X: 0, Y: c.y}, Block: none, Artifact: true})
	c.doc.Outline = []typeset.OutlineEntry{{Level: 1, Title: "港口的清晨𨋢"}, {Level: 2, Title: "第二节", Page: 1, Y: typeset.Points(200)}}
	return c.doc
}

func TestWriteIsSound(t *testing.T) {
	doc := sample(t)
	f := sound(t, write(t, doc))
	var got, want strings.Builder
	for i, page := range f.pages() {
		got.WriteString(f.read(page).words())
		for _, item := range doc.Pages[i].Items {
			if item.Kind == typeset.PlacedRun {
				want.WriteString(textOf(item.Run))
			}
		}
	}
	if got.String() != want.String() {
		t.Errorf("the file's text is\n%s\nwant\n%s", got.String(), want.String())
	}
	for i, page := range f.pages() {
		box := f.path(page, "Contents")
		if len(f.inflate(box)) == 0 {
			t.Errorf("page %d has no content", i+1)
		}
	}
	if box := fmt.Sprint(f.path(f.root(), "Pages", "MediaBox")); box != "[0 0 595.28 841.89]" {
		t.Errorf("MediaBox %s is not A4", box)
	}
}

func TestWriteGivesEqualBytes(t *testing.T) {
	doc := sample(t)
	first := write(t, doc)
	write(t, compose().doc) // another document uses the compressors in between
	if again := write(t, doc); !bytes.Equal(first, again) {
		t.Error("a second run gave other bytes")
	}
	if fresh := write(t, sample(t)); !bytes.Equal(first, fresh) {
		t.Error("an equal document gave other bytes")
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				var b bytes.Buffer
				if err := Write(t.Context(), &b, doc); err != nil || !bytes.Equal(first, b.Bytes()) {
					t.Errorf("a run beside others gave other bytes (error %v)", err)
				}
			}
		})
	}
	wg.Wait()
}

func TestWritePagesOfSeveralSizes(t *testing.T) {
	c := compose()
	c.text(typeset.RoleBody, 0, "一")
	c.page().Size = typeset.PaperSize{W: typeset.Points(842), H: typeset.Points(421)}
	c.text(typeset.RoleBody, 0, "二")
	f := sound(t, write(t, c.doc))
	pages := f.pages()
	if box := fmt.Sprint(f.path(pages[1], "MediaBox")); box != "[0 0 842 421]" {
		t.Errorf("MediaBox of page 2 is %s", box)
	}
	// The baseline is 72 pt below the top edge on both pages.
	for i, want := range []float64{841.89 - 72, 421 - 72} {
		if got := f.read(pages[i]).glyphs[0].y; got < want-0.01 || got > want+0.01 {
			t.Errorf("page %d: baseline at %.3f, want %.3f", i+1, got, want)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk is full") }

func TestWriteRefuses(t *testing.T) {
	change := func(f func(*composer)) *typeset.Document {
		c := compose()
		c.text(typeset.RoleBody, 0, "一二三")
		f(c)
		return c.doc
	}
	broken := func(p typeset.Picture) *typeset.Document {
		return change(func(c *composer) { c.figure(&p, "一幅画") })
	}
	good := pngPicture(t, corners(8, 8))
	with := func(at int, v byte) []byte {
		b := bytes.Clone(good.Bytes)
		b[at] = v
		return b
	}
	jpg := jpegPicture(t, corners(8, 8), 1).Bytes
	for _, test := range []struct {
		name string
		doc  *typeset.Document
		says string
	}{
		{"no document", nil, "no pages"},
		{"no pages", &typeset.Document{}, "no pages"},
		{"no page size", &typeset.Document{Pages: make([]typeset.Page, 1)}, "page 1: 0 × 0"},
		{"a block too many", change(func(c *composer) { c.doc.Blocks = nil }), "page 1: item 0: it belongs to block 0 of 0"},
		{"run of nothing", change(func(c *composer) { c.add(typeset.Placed{Block: none}) }), "item 1: a run without"},
		{"picture of nothing", change(func(c *composer) { c.add(typeset.Placed{Kind: typeset.PlacedImage, Block: none}) }), "item 1: a picture without"},
		{"kind of nothing", change(func(c *composer) { c.add(typeset.Placed{Kind: 77, Block: none}) }), "kind 77"},
		{".notdef", change(func(c *composer) { c.doc.Pages[0].Items[0].Run.Glyphs[1].ID = 0 }), `"二" is to be drawn with .notdef`},
		{"a glyph the face lacks", change(func(c *composer) { c.doc.Pages[0].Items[0].Run.Glyphs[1].ID = 65535 }), "glyph 65535"},
		{"bookmark to nowhere", change(func(c *composer) { c.doc.Outline = []typeset.OutlineEntry{{Level: 1, Title: "末", Page: 7}} }), "page 8 of 1"},
		{"a date of another kind", change(func(c *composer) { c.doc.Created = "2025年7月21日" }), "RFC 3339"},
		{"PNG cut off", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: good.Bytes[:50], W: 8, H: 8}), `picture "一幅画"`},
		{"PNG of another size", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: good.Bytes, W: 9, H: 8}), `picture "一幅画"`},
		{"PNG of 16 bits", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: with(24, 16), W: 8, H: 8}), "16 bits"},
		{"PNG with a palette", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: with(25, 3), W: 8, H: 8}), "colour type 3"},
		{"PNG, interlaced", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: with(28, 1), W: 8, H: 8}), "interlace 1"},
		{"PNG with an endless chunk", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: with(33, 0x7F), W: 8, H: 8}), "chunk"},
		{"PNG with an empty chunk", broken(typeset.Picture{Encoding: typeset.PNG, Bytes: bytes.Join([][]byte{
			good.Bytes[:33],
			[]byte("\x00\x00\x00\x00tEXtCRC."), good.Bytes[33:],
		}, nil), W: 8, H: 8}), "chunk"},
		{"JPEG that is none", broken(typeset.Picture{Encoding: typeset.JPEG, Bytes: []byte("<html>"), W: 8, H: 8}), "page 1: picture \"一幅画\" (jpeg of 6 bytes"},
		{"JPEG of another size", broken(typeset.Picture{Encoding: typeset.JPEG, Bytes: jpg, W: 8, H: 9}), "not 8 × 9"},
		{"GIF", broken(typeset.Picture{Encoding: "gif", Bytes: []byte("GIF89a"), W: 8, H: 8}), `encoding "gif"`},
		{"a picture of no size", broken(typeset.Picture{Encoding: typeset.JPEG, Bytes: jpg}), "0 × 0 pixels"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			err := Write(t.Context(), &b, test.doc)
			if err == nil || b.Len() > 0 {
				t.Fatalf("error %v, %d bytes written", err, b.Len())
			}
			if !strings.HasPrefix(err.Error(), "write PDF: ") || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %q does not say %q", err, test.says)
			}
		})
	}
	if err := Write(t.Context(), failing{}, sample(t)); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("a failing writer gave error %v", err)
	}
}

// Text, addresses and language from an article stay inside their strings.
func TestWriteKeepsSyntaxOut(t *testing.T) {
	const bad = ") >> /OpenAction << /S /JavaScript /JS (app.alert(1)) >> endobj \\"
	c := compose()
	c.doc.Profile = typeset.ProfileA2u // which asks for no language tag
	c.doc.Title, c.doc.Subject, c.doc.Producer, c.doc.Lang = bad, bad+"\n\x00", bad, bad
	c.doc.Authors, c.doc.Keywords = []string{bad, "]]><x>&"}, []string{bad}
	c.doc.Outline = []typeset.OutlineEntry{{Level: 1, Title: bad}}
	b := c.block(typeset.RoleBody, 0)
	c.doc.Blocks[b].Style.Lang = bad
	r := c.run("a")
	r.Lang, r.Href = bad, "https://example.org/"+bad
	c.place(b, r, 0)
	c.figure(pngPicture(t, corners(8, 8)), bad)
	f := sound(t, write(t, c.doc))
	if f.path(f.root(), "OpenAction") != nil {
		t.Fatal("the catalogue has an OpenAction")
	}
	for key, got := range map[string]any{
		"Title": f.path(f.trailer["Info"], "Title"), "Producer": f.path(f.trailer["Info"], "Producer"),
		"Lang": f.path(f.root(), "Lang"), "outline": f.path(f.root(), "Outlines", "First", "Title"),
	} {
		if text(got) != bad {
			t.Errorf("%s is %q", key, got)
		}
	}
	annots := f.path(f.pages()[0], "Annots").([]any)
	want := "https://example.org/)%20%3E%3E%20/OpenAction%20%3C%3C%20/S%20/JavaScript%20/JS%20(app.alert(1))%20%3E%3E%20endobj%20%5C"
	if got := f.path(annots[0], "A", "URI"); got != want {
		t.Errorf("URI is %q", got)
	}
}

func TestPictures(t *testing.T) {
	photo, again := jpegPicture(t, corners(120, 80), 1), jpegPicture(t, corners(120, 80), 3)
	other, drawing := jpegPicture(t, corners(120, 40), 1), pngPicture(t, corners(120, 80))
	grey := pngPicture(t, image.NewGray(image.Rect(0, 0, 120, 10)))
	c := compose()
	for _, p := range []*typeset.Picture{photo, other, photo, drawing, again, grey} {
		c.figure(p, "画")
		c.y -= typeset.Points(60)
	}
	f := sound(t, write(t, c.doc))
	pictures := f.path(f.pages()[0], "Resources", "XObject").(dict)
	if len(pictures) != 4 {
		t.Errorf("%d pictures are embedded, want 4: one is there three times", len(pictures))
	}
	var jpegs [][]byte
	spaces := map[any]int{}
	for _, v := range pictures {
		s := f.get(v).(stream)
		spaces[s.dict["ColorSpace"]]++
		if s.dict["Filter"] == name("DCTDecode") {
			jpegs = append(jpegs, s.data)
		}
	}
	if spaces[name("DeviceRGB")] != 3 || spaces[name("DeviceGray")] != 1 {
		t.Errorf("colour spaces %v, want three of RGB and one of grey", spaces)
	}
	for _, p := range []*typeset.Picture{photo, other} {
		found := false
		for _, data := range jpegs {
			found = found || bytes.Equal(data, p.Bytes)
		}
		if !found {
			t.Error("a JPEG's bytes did not pass through untouched")
		}
	}
}

// The EXIF orientations as the standard tells them: where the first row and
// the first column of the stored pixels are seen.
func TestOrientations(t *testing.T) {
	for orientation, want := range map[int]struct{ row, column string }{
		1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
		5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
	} {
		c := compose()
		c.figure(jpegPicture(t, corners(120, 80), orientation), "四角")
		f := sound(t, write(t, c.doc))
		m := f.read(f.pages()[0]).pics[0]
		box := c.doc.Pages[0].Items[0]
		side := func(u, v float64) string { // of a point of the unit square
			x, y := m[0]*u+m[2]*v+m[4], m[1]*u+m[3]*v+m[5]
			dx := (x-box.At.X.Points())/box.W.Points() - 0.5
			dy := (y-(a4.H-box.At.Y-box.H).Points())/box.H.Points() - 0.5
			switch {
			case near(dx, -0.5) && near(dy, 0):
				return "left"
			case near(dx, 0.5) && near(dy, 0):
				return "right"
			case near(dx, 0) && near(dy, 0.5):
				return "top"
			case near(dx, 0) && near(dy, -0.5):
				return "bottom"
			}
			return fmt.Sprintf("(%.2f, %.2f)", dx, dy)
		}
		// A picture's first row is at the top of the unit square, its first column at the left.
		if row, column := side(0.5, 1), side(0, 0.5); row != want.row || column != want.column {
			t.Errorf("orientation %d: the first row is seen at the %s, the first column at the %s; want %s, %s",
				orientation, row, column, want.row, want.column)
		}
	}
}

func near(a, b float64) bool { return a-b < 1e-3 && b-a < 1e-3 }
