package pdf

import (
	"os"
	"strings"
	"testing"

	"offprint/internal/pdfcheck"
	"offprint/typeset"
)

// TestClaimsAreRefused: a file that would not be what it claims is not written.
func TestClaimsAreRefused(t *testing.T) {
	cmyk, err := os.ReadFile("../../internal/picture/testdata/cmyk.jpg")
	if err != nil {
		t.Fatal(err)
	}
	inks := &typeset.Picture{Encoding: typeset.JPEG, Bytes: cmyk, Orientation: 1}
	if inks.W, inks.H, err = sizeOfJPEG(cmyk); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		change func(*composer)
		says   string // under PDF/UA and PDF/A
		plain  bool   // it may be written where nothing is claimed
	}{
		{"no title", func(c *composer) { c.doc.Title = " " }, "§7.1", true},
		{"no language", func(c *composer) { c.doc.Lang = "" }, "§7.2", true},
		{"no tag of a language", func(c *composer) { c.doc.Lang = "zh_Hans" }, "§7.2", true},
		{"no alternative text", func(c *composer) { c.figure(pngPicture(t, corners(8, 8)), "") }, "page 1: item 1: a picture without", true},
		{"CMYK", func(c *composer) { c.figure(inks, "画") }, "in CMYK", true},
		{"a profile of our own", func(c *composer) { c.doc.Profile = "b7" }, `the profile "b7" is not known`, false},
		{"a file attached", func(c *composer) { c.doc.Attached = make([]typeset.Attachment, 1) }, "a3a alone", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := compose()
			c.text(typeset.RoleBody, 0, "文")
			test.change(c)
			if _, err := File(t.Context(), c.doc); err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %v, want %q", err, test.says)
			}
			c.doc.Profile = typeset.ProfilePlain
			if _, err := File(t.Context(), c.doc); test.plain && err != nil {
				t.Errorf("without a claim: %v", err)
			}
		})
	}
}

// sizeOfJPEG reads the size from the frame header.
func sizeOfJPEG(b []byte) (w, h int, err error) {
	for i := 2; i+9 < len(b); {
		n := int(b[i+2])<<8 | int(b[i+3])
		if b[i+1] >= 0xC0 && b[i+1] <= 0xC2 {
			return int(b[i+7])<<8 | int(b[i+8]), int(b[i+5])<<8 | int(b[i+6]), nil
		}
		i += 2 + n
	}
	return 0, 0, os.ErrInvalid
}

// TestPrivateUse: private-use characters stand in marked content of their own, with
// their text; what no text may say is U+FFFD.
func TestPrivateUse(t *testing.T) {
	c := compose()
	r := c.run("一二三四五")
	for i, text := range []string{"\uE000", "二\uFEFF", "\U000F0001", "\U00100000", "\uFFFE"} {
		r.Glyphs[i].Text = text
	}
	c.place(c.block(typeset.RoleBody, 0), r, 0)
	file := write(t, c.doc)
	f := sound(t, file)
	content := string(f.inflate(f.path(f.pages()[0], "Contents")))
	want := []string{
		"/Span <</ActualText <FEFFE000>/MCID 0>> BDC", "/P <</MCID 1>> BDC",
		"/Span <</ActualText <FEFFDB80DC01DBC0DC00>/MCID 2>> BDC", "/P <</MCID 3>> BDC",
	}
	at := 0
	for _, s := range want {
		i := strings.Index(content[at:], s)
		if i < 0 {
			t.Fatalf("%s is not there, or not in its place:\n%s", s, content)
		}
		at += i
	}
	if got := f.structure(); !strings.Contains(got, "“\uE000” “二” “\U000F0001\U00100000” “\uFFFD”") {
		t.Errorf("the text is %s", got)
	}
	if _, faults := pdfcheck.Check(file); len(faults) > 0 {
		t.Errorf("faults: %v", faults)
	}
	// The glyphs stand where they stood.
	plain := compose()
	plain.place(plain.block(typeset.RoleBody, 0), plain.run("一二三四五"), 0)
	p := sound(t, write(t, plain.doc))
	for i, g := range p.read(p.pages()[0]).glyphs {
		if moved := f.read(f.pages()[0]).glyphs[i]; moved.x != g.x || moved.y != g.y {
			t.Errorf("glyph %d stands at %v, %v, not at %v, %v", i, moved.x, moved.y, g.x, g.y)
		}
	}
}

// FuzzTags: whatever blocks follow each other, with whatever cells, links, pictures
// and pages between them, the file keeps PDF/UA-1 and PDF/A-2a.
func FuzzTags(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c"))
	f.Add([]byte("hhhqlqllqtttpfclctHql"))
	f.Add([]byte{3, 3, 83, 163, 4, 20, 36, 52, 6, 22, 38, 54, 6, 7, 7, 8, 9, 10, 26})
	picture := pngPicture(f, corners(8, 8))
	f.Fuzz(func(t *testing.T, shape []byte) {
		if len(shape) > 300 {
			return
		}
		c := compose()
		for i, b := range shape {
			fuzzBlock(c, picture, b&15, int(b>>4), i)
		}
		if len(c.doc.Pages[0].Items) == 0 {
			c.text(typeset.RoleBody, 0, "文")
		}
		file, err := File(t.Context(), c.doc)
		if err != nil {
			t.Fatal(err)
		}
		if claims, faults := pdfcheck.Check(file); len(faults) > 0 || claims.UA != 1 || claims.Part != 2 {
			t.Errorf("it claims %+v; faults: %v", claims, faults)
		}
		if again, _ := File(t.Context(), c.doc); string(again) != string(file) {
			t.Error("the same document gives another file")
		}
	})
}

// fuzzBlock adds a block of a kind. Neighbours share their source now and then.
func fuzzBlock(c *composer, picture *typeset.Picture, kind byte, n, i int) {
	from := typeset.Source{Field: "blocks", Index: i / (1 + n%5)}
	first := len(c.doc.Blocks)
	switch kind {
	case 0:
		c.text(typeset.RoleHeadline, 1, "题")
	case 1:
		c.text(typeset.RoleHeading, n, "节")
	case 2:
		c.text(typeset.RoleQuote, 0, "引")
	case 3:
		item(c, 1+n%4, []string{"", "•", "3."}[n%3], "项")
	case 4:
		c.figure(picture, "画")
	case 5:
		c.text(typeset.RoleCaption, 0, "图")
	case 6, 7:
		cells := []string{"一", "", "二", ""}[:1+n%4]
		row(c, int(kind), cells, n&1 > 0, n&2 > 0, n&4 > 0, n&8 > 0)
		for j := range c.doc.Blocks[first].Cells {
			c.doc.Blocks[first].Cells[j].Columns, c.doc.Blocks[first].Cells[j].Rows = n%3, (n+j)%4
		}
		c.doc.Blocks[first].Head = n == 9
	case 8:
		c.doc.Blocks[c.text(typeset.RoleTable, 0, "表")].Table = 6 + n%2
	case 9:
		r := c.run("链接")
		r.Href = []string{"https://a.org/", "javascript:1", "mailto:a@b.org", ""}[n%4]
		c.place(len(c.doc.Blocks)-1, r, 0) // in the block before, or in none
		return
	case 10:
		c.page()
		return
	case 11:
		r := c.run("眉")
		c.add(typeset.Placed{Kind: typeset.PlacedRun, Run: r, Block: none, Artifact: n&1 > 0})
		return
	case 12:
		c.add(typeset.Placed{Kind: typeset.PlacedRule, W: 9, H: 9, Block: none})
		return
	case 13:
		r := c.run("字")
		r.Lang, r.Glyphs[0].Text = []string{"en", "", "x y"}[n%3], []string{"\uE001", "\u0000", "字"}[n%3]
		c.place(c.block(typeset.RoleBody, 0), r, 0)
	case 14:
		c.doc.Blocks[item(c, 1+n%3, "•", "项")].Decor.Bar = typeset.Point
	default:
		c.text(typeset.RoleBody, 0, "文")
	}
	for b := first; b < len(c.doc.Blocks); b++ {
		c.doc.Blocks[b].Source = from
	}
}
