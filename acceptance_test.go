package offprint_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"testing"

	"offprint/article"
	"offprint/demo"
	"offprint/extract"
	"offprint/fonts/noto"
	"offprint/internal/picture"
	"offprint/internal/proof"
	"offprint/render"
	"offprint/templates"
	"offprint/typeset"
)

// allFaces are the faces that the command carries.
var allFaces = noto.Library()

// judged lists the pages that come with their manuscript.
func judged() []demo.Sample {
	return append(demo.Articles(),
		demo.Sample{Name: "page-tech-hans", Lang: "zh-Hans", Dir: os.DirFS("testdata/articles/page-tech-hans")},
		demo.Sample{Name: "page-market-hant", Lang: "zh-Hant-HK", Dir: os.DirFS("testdata/articles/page-market-hant")})
}

// reading is a parsed page with its pictures and its manuscript.
type reading struct {
	demo.Sample
	input    render.Input
	expected []proof.Block
}

func read(t *testing.T, s demo.Sample) *reading {
	t.Helper()
	page, err := s.Page()
	if err != nil {
		t.Fatal(err)
	}
	art, err := extract.Article(t.Context(), extract.Page{URL: "https://news.example/" + s.Name + "/page.html", Body: page}, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := s.Dir.Open("expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	r := &reading{Sample: s}
	if r.expected, err = proof.ReadExpected(text); err != nil {
		t.Fatal(err)
	}
	design, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	r.input = render.Input{Article: art, Design: design, Fonts: allFaces, Pictures: map[string]render.Picture{}, Logo: r.picture(t, "logo.png")}
	for i := range art.Blocks {
		if image := art.Blocks[i].Image; art.Blocks[i].Kind == article.Figure && image != nil {
			r.input.Pictures[image.URL] = render.Picture{Picture: r.picture(t, image.URL)}
		}
	}
	return r
}

// picture reads a picture of the page's folder.
func (r *reading) picture(t *testing.T, address string) *typeset.Picture {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(r.Dir, path.Base(u.Path))
	if err != nil {
		t.Fatal(err)
	}
	pic, err := picture.Decode(data, picture.Limits{})
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return pic
}

func (r *reading) layout(t *testing.T, o render.Options) *typeset.Document {
	t.Helper()
	input := r.input
	input.Options = o
	doc, err := render.Layout(t.Context(), input)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// settings lists the ways in which the articles are proofread: every step, and
// the other papers and two columns at an ordinary and at the largest size.
func settings() []render.Options {
	var list []render.Options
	for _, step := range []string{"small", "medium", "large", "x-large", "xx-large", "huge", "giant"} {
		list = append(list, render.Options{FontSize: step, Paper: "A4"})
	}
	for _, paper := range []string{"A5", "B5", "Letter"} {
		list = append(list, render.Options{FontSize: "medium", Paper: paper}, render.Options{FontSize: "giant", Paper: paper})
	}
	return append(list, render.Options{FontSize: "medium", Paper: "A4", Columns: 2})
}

// TestPagesStandUpToTheProofreader asserts of every page, at every size step and
// paper, that nothing is lost, split, stranded, ragged or out of place.
//
// Loose lines alone are allowed, and few: a line before a piece that can't be
// parted (HK$68萬；, an address) has to be opened, since a number is never taken
// from its unit nor a full line left short. In columns of less than 18 em its
// Han–Latin gaps open with it.
func TestPagesStandUpToTheProofreader(t *testing.T) {
	for _, s := range judged() {
		r := read(t, s)
		for _, o := range settings() {
			t.Run(fmt.Sprintf("%s/%s %s %d", s.Name, o.FontSize, o.Paper, max(1, o.Columns)), func(t *testing.T) {
				report := proof.Check(r.layout(t, o), r.expected, s.Lang)
				loose := 0
				for _, fault := range report.Faults {
					narrow := o.FontSize == "giant" && o.Paper != "A4" // 13–17 em
					if fault.Kind == proof.Loose || fault.Kind == proof.HanLatin && narrow {
						loose++
						continue
					}
					t.Errorf("%+v", fault)
				}
				if most := max(1, report.Full/20); loose > most {
					t.Errorf("%d of %d full lines are loose, want %d at the most", loose, report.Full, most)
				}
				if t.Failed() {
					t.Log(report)
				}
			})
		}
	}
}
