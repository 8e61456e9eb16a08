package extract

import (
	"strings"
	"testing"
)

// Pictures of the article stay with their captions, decoration goes.
func TestPicturesAndDecoration(t *testing.T) {
	const at = "https://a.example/n/"
	cases := []struct {
		name, html string
		want       []string
	}{
		{"name with a telling word, figcaption", `<figure><img src="gray-space.gif"><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "gray-space.gif | 甲 | "}},
		{"SVG, figcaption", `<figure><img src="chart.svg"><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "chart.svg | 甲 | "}},
		{"SVG, figure with text alone", `<figure><img src="chart.svg"><p>甲（图片来源：乙）</p></figure>`, []string{"figure " + at + "chart.svg | 甲 | （图片来源：乙）"}},
		{"SVG, figure alone", `<figure><img src="chart.svg"></figure>`, []string{"figure " + at + "chart.svg |  | "}},
		{"SVG in a paragraph, caption after it", `<p><img src="chart.svg"></p><p>甲（图片来源：乙）</p>`, []string{"figure " + at + "chart.svg | 甲 | （图片来源：乙）"}},
		{"SVG of some size", `<p><img src="chart.svg" width="640" height="360"></p>`, []string{"figure " + at + "chart.svg |  | "}},
		{"SVG without anything is an icon", `<p>甲</p><p><img src="print.svg"></p><p>乙</p>`, []string{"paragraph 甲", "paragraph 乙"}},
		{"telling word in a paragraph, caption after it", `<p><img src="dot.png"></p><p class="caption">甲</p>`, []string{"figure " + at + "dot.png | 甲 | "}},
		{"telling word without a caption", `<p>甲</p><img src="dot.png">`, []string{"paragraph 甲"}},
		{"several pictures in a figure, one caption", `<figure><img src="grey.png"><img src="b.svg"><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "grey.png |  | ", "figure " + at + "b.svg | 甲 | "}},
		{"several pictures, a spacer between", `<figure><img src="a.jpg"><img src="spacer.gif"><img src="b.jpg"><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "a.jpg |  | ", "figure " + at + "b.jpg | 甲 | "}},
		{"a caption each and one for all", `<figure><div><img src="a.jpg"><figcaption>甲</figcaption></div><div><img src="b.jpg"></div><figcaption>乙</figcaption></figure>`, []string{"figure " + at + "a.jpg | 甲 | ", "figure " + at + "b.jpg | 乙 | "}},
		{"captions before their pictures", `<figure><div><figcaption>甲</figcaption><img src="a.jpg"></div><div><figcaption>乙</figcaption><img src="b.jpg"></div></figure>`, []string{"figure " + at + "a.jpg | 甲 | ", "figure " + at + "b.jpg | 乙 | "}},
		{"a stand-in under which is a caption", `<figure><img src="blank.gif" width="1" height="1"><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "blank.gif | 甲 | "}},
		{"portrait in a figure", `<figure><img class="avatar" src="a.jpg"></figure><p>甲</p>`, []string{"paragraph 甲"}},
		{"lazy picture with a telling word", `<img src="blank.gif" data-src="space.png"><p class="caption">甲</p>`, []string{"figure " + at + "space.png | 甲 | "}},
		{"size in the style", `<p>甲</p><img src="a.jpg" style="width:1px;height:1px">`, []string{"paragraph 甲"}},
		{"counter", `<p>甲</p><img src="https://pixel.example.com/b?u=1">`, []string{"paragraph 甲"}},
		{"share buttons", `<p>甲</p><a href="https://www.facebook.com/sharer/sharer.php?u=x"><img src="f.png"></a><a href="mailto:?subject=x"><img src="m.png"></a>`, []string{"paragraph 甲"}},
		{"zoom icon between picture and caption", `<p><img src="a.jpg"></p><p><img src="zoom.svg"></p><p>甲（图片来源：乙）</p>`, []string{"figure " + at + "a.jpg | 甲 | （图片来源：乙）"}},
		{"sources, of which one is printed", `<figure><picture><source srcset="a.avif" type="image/avif"><source srcset="a.webp" type="image/webp"><img alt="乙"></picture><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "a.webp | 甲 | "}},
		{"a source of a format that is not printed", `<figure><picture><source srcset="s.avif 1w, a.avif 9w" type="image/avif"><img alt="乙"></picture><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "a.avif | 甲 | "}},
		{"that source before a picture", `<figure><picture><source srcset="a.avif 900w" type="image/avif"><img src="a.jpg"></picture><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "a.jpg | 甲 | "}},
		{"types as pages write them", `<figure><picture><source srcset="a.jpg 640w" type="image/jpg"><img src="small.jpg"></picture><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "a.jpg | 甲 | "}},
		{"a drawing by <object>", `<figure><object data="chart.svg" type="image/svg+xml" width="400"></object><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "chart.svg | 甲 | "}},
		{"a drawing beside a picture", `<figure><img src="a.jpg"><svg><path d="M0 0"/></svg><figcaption>甲</figcaption></figure>`, []string{"figure " + at + "a.jpg | 甲 | "}},
		{"an icon in a caption", `<figure><img src="a.jpg"><figcaption><svg><path d="M0 0"/></svg>甲</figcaption></figure>`, []string{"figure " + at + "a.jpg | 甲 | "}},
		{"icons in a list", `<ul><li><img src="tick.svg">甲</li><li><img src="tick.svg">乙</li></ul>`, []string{"list [paragraph 甲] [paragraph 乙]"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := blocksOf(t, c.html, at+"1.html")
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// A drawing in the page itself is a picture of its figure: its caption tells of it.
func TestDrawingInThePage(t *testing.T) {
	svg := `<svg width="400" height="300" aria-label="乙">` + strings.Repeat(`<rect width="9" height="9"/>`, 99) + `</svg>`
	got := blocksOf(t, `<figure>`+svg+`<figcaption>甲</figcaption></figure>`, "https://a.example/n/1.html")
	if len(got) != 1 || !strings.HasPrefix(got[0], "figure data:image/svg+xml;base64,") || !strings.HasSuffix(got[0], " | 甲 | ") {
		t.Errorf("got %.99q, want a figure with its caption", got)
	}
}
