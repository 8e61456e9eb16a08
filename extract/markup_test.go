package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

var naming = regexp.MustCompile(`(?i) (class|id)="[^"]*"`)

// Class names help, but these pages must be read without them.
func TestPagesWithoutClassNames(t *testing.T) {
	leansOnClasses := map[string]bool{
		"contract":  true, // .print-no is part of the contract
		"dl":        true, // its heading is plain but for class="subhead"
		"coldstore": true, // only a class tells that its trail, which does not begin at the home page, is one
	}
	for _, p := range pages {
		if leansOnClasses[p.name] {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			master, err := os.ReadFile(filepath.Join("testdata", "pages", p.name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			a, err := Article(t.Context(), Page{URL: p.url, Body: naming.ReplaceAll(master, []byte(` class="x9z"`))}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			compareTruth(t, a, filepath.Join("testdata", "pages", p.name+".json"))
		})
	}
}

// blocksOf reads the blocks of a fragment, one line each in the way of the dump:
// kind, then what it says.
func blocksOf(t *testing.T, fragment, base string) []string {
	t.Helper()
	root, err := dom.Parse("<html><body>" + fragment + "</body></html>")
	if err != nil {
		t.Fatal(err)
	}
	d := newDocument(Page{URL: base}, root, nil)
	prune(d)
	var lines []string
	for _, p := range block.FindHeadings(block.BindCaptions(d, block.Read(d, d.Body)), prose) {
		lines = append(lines, show(p.Block))
	}
	return lines
}

func show(b article.Block) string {
	switch b.Kind {
	case article.Figure:
		return "figure " + b.Image.URL + " | " + b.Image.Caption + " | " + b.Image.CreditLine
	case article.List, article.Quote:
		s := string(b.Kind)
		if b.Ordered && (b.Start != 0 || b.Reversed) {
			s += fmt.Sprintf("(%d–%d)", b.Number(0), b.Number(len(b.Items)-1))
		}
		for _, item := range b.Items {
			s += " ["
			for _, inner := range item {
				s += show(inner)
			}
			s += "]"
		}
		return s
	case article.Table:
		s := "table"
		for _, row := range b.Rows {
			s += " /"
			for _, c := range row {
				s += " " + c.Text
				if c.Colspan > 0 {
					s += "(→" + string(rune('0'+c.Colspan)) + ")"
				}
				if c.Rowspan > 0 {
					s += "(↓" + string(rune('0'+c.Rowspan)) + ")"
				}
				if c.Header {
					s += "*"
				}
			}
		}
		return s
	case article.Embed:
		return "embed " + b.URL
	}
	var s strings.Builder
	s.WriteString(string(b.Kind) + " ")
	for _, in := range b.Inlines {
		text := in.Text
		for _, style := range []struct {
			on   bool
			mark string
		}{{in.Bold, "*"}, {in.Italic, "/"}, {in.Sup, "^"}, {in.Sub, "_"}, {in.Code && b.Kind != article.Pre, "`"}} {
			if style.on {
				text = style.mark + text + style.mark
			}
		}
		if in.Href != "" {
			text += "<" + in.Href + ">"
		}
		if in.Ruby != "" {
			text += "(" + in.Ruby + ")"
		}
		s.WriteString(strings.ReplaceAll(text, "\n", "⏎"))
	}
	return s.String()
}

// A page from a file has the same blocks as the one from the site; what cannot
// be printed of its links is their address.
func TestPagesFromFiles(t *testing.T) {
	for _, p := range pages {
		t.Run(p.name, func(t *testing.T) {
			master, err := os.ReadFile(filepath.Join("testdata", "pages", p.name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			want, err := Article(t.Context(), Page{URL: p.url, Body: master}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, from := range []string{"file:///home/reader/page.html", ""} {
				got, err := Article(t.Context(), Page{URL: from, Body: master}, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if g, w := blockTexts(got.Blocks), blockTexts(want.Blocks); g != w {
					t.Errorf("from %q:\n%s", from, lineDiff(w, g))
				}
				if data := indentJSON(t, got); strings.Contains(data, dom.LocalLink) {
					t.Errorf("from %q: %q is left in the article", from, dom.LocalLink)
				}
			}
		})
	}
}

func blockTexts(blocks []article.Block) string {
	var b strings.Builder
	for _, piece := range blocks {
		b.WriteString(string(piece.Kind) + " " + block.Text(piece) + "\n")
	}
	return b.String()
}

func TestBlocks(t *testing.T) {
	const page = "https://a.example/n/1.html"
	long := "住在海湾边的人都记得柴油渡轮的声音：清晨六点，第一班船离岸，整条堤岸跟着微微发抖，窗上的玻璃也跟着响，谁也睡不着。"
	cases := []struct {
		name, html string
		want       []string
	}{
		{"indents go", "<p>&nbsp; &nbsp;甲</p><p>　　乙　</p><p>\u200b\u200b丙\ufeff</p>", []string{"paragraph 甲", "paragraph 乙", "paragraph 丙"}},
		{"blank paragraphs go", "<p>甲</p><p>&nbsp;</p><p>　</p><p></p><p>乙</p>", []string{"paragraph 甲", "paragraph 乙"}},
		{"two breaks part", "甲<br><br>乙<br> &nbsp;<br/>丙", []string{"paragraph 甲", "paragraph 乙", "paragraph 丙"}},
		{"one break is a line", "<p>甲<br>乙</p>", []string{"paragraph 甲⏎乙"}},
		{"one break and an indent part", "甲<br>　　乙<br>&nbsp;&nbsp;丙", []string{"paragraph 甲", "paragraph 乙", "paragraph 丙"}},
		{"one break, an indent and bold part", "甲<br>\n　　<b>乙丙</b><br>\n　　丁", []string{"paragraph 甲", "heading 乙丙", "paragraph 丁"}},
		{"a break in the source between Han is no space", "<p>甲\n乙\nGPT 丙</p>", []string{"paragraph 甲乙 GPT 丙"}},
		{"a space stays", "<p>甲 乙  丙</p>", []string{"paragraph 甲 乙 丙"}},
		{"a no-break space inside stays", "<p>GPT&nbsp;4</p>", []string{"paragraph GPT\u00a04"}},
		{"entities", "<p>&ldquo;甲&rdquo;&mdash;&mdash;&#20057;&#x2F82B;</p>", []string{"paragraph “甲”——乙\U0002F82B"}},
		{"styles", "<p>甲<b>乙</b><i>丙</i>x<sup>2</sup>H<sub>2</sub>O<code>c</code></p>", []string{"paragraph 甲*乙*/丙/x^2^H_2_O`c`"}},
		{"style attributes", `<p>甲<span style="font-weight:700">乙</span><span style="font-style: italic">丙</span></p>`, []string{"paragraph 甲*乙*/丙/"}},
		{"neighbours of one style join", "<p><b>甲</b><strong>乙</strong>丙</p>", []string{"paragraph *甲乙*丙"}},
		{"links", `<p><a href="2.html">甲</a><a href="mailto:a@b.example">乙</a></p>`, []string{"paragraph 甲<https://a.example/n/2.html>乙<mailto:a@b.example>"}},
		{"links that are none", `<p><a href="javascript:x()">甲</a><a href="data:text/html,x">乙</a><a href="#top">丙</a><a href="file:///etc/passwd">丁</a></p>`, []string{"paragraph 甲乙丙丁"}},
		{"ruby", "<p>甲<ruby>麻<rp>(</rp><rt>maa4</rt><rp>)</rp>雀<rt>zoek3</rt></ruby>乙</p>", []string{"paragraph 甲麻(maa4)雀(zoek3)乙"}},
		{"bold line is a heading", "<p><b>标题在此</b></p><p>" + long + "</p>", []string{"heading 标题在此", "paragraph " + long}},
		{"bold line with a stop is none", "<p><b>这是一句话。</b></p><p>" + long + "</p>", []string{"paragraph *这是一句话。*", "paragraph " + long}},
		{"bold question is none", "<p><b>谁来付钱？</b></p><p>" + long + "</p>", []string{"paragraph *谁来付钱？*", "paragraph " + long}},
		{"long bold line is none", "<p><b>" + long[:126] + "</b></p><p>" + long + "</p>", []string{"paragraph *" + long[:126] + "*", "paragraph " + long}},
		{"last bold line is none", "<p>" + long + "</p><p><b>完结</b></p>", []string{"paragraph " + long, "paragraph *完结*"}},
		{"bold first line", "<p><b>标题在此</b><br>" + long + "</p>", []string{"heading 标题在此", "paragraph " + long}},
		{"larger line is a heading", `<p><font size="5">标题在此</font></p><p>` + long + "</p>", []string{"heading 标题在此", "paragraph " + long}},
		{"list", "<ul><li>甲</li><li><p>乙</p></li></ul>", []string{"list [paragraph 甲] [paragraph 乙]"}},
		{"nested list", "<ol><li>甲<ul><li>乙</li></ul></li></ol>", []string{"list [paragraph 甲list [paragraph 乙]]"}},
		{"list from three", `<ol start="3"><li>甲</li><li>乙</li></ol>`, []string{"list(3–4) [paragraph 甲] [paragraph 乙]"}},
		{"list from one", `<ol start="1"><li>甲</li><li>乙</li></ol>`, []string{"list [paragraph 甲] [paragraph 乙]"}},
		{"list backwards", `<ol reversed><li>甲</li><li>乙</li><li>丙</li></ol>`, []string{"list(3–1) [paragraph 甲] [paragraph 乙] [paragraph 丙]"}},
		{"list backwards from ten", `<ol reversed start=10><li>甲</li><li>乙</li></ol>`, []string{"list(10–9) [paragraph 甲] [paragraph 乙]"}},
		{"list that jumps", `<ol><li>甲</li><li value="5">乙</li><li>丙</li></ol>`, []string{"list [paragraph 甲]", "list(5–6) [paragraph 乙] [paragraph 丙]"}},
		{"list whose start is no number", `<ol start="c"><li>甲</li></ol>`, []string{"list [paragraph 甲]"}},
		{"quote", "<blockquote>甲</blockquote>", []string{"quote [paragraph 甲]"}},
		{"table", `<table><tr><th colspan="2">甲</th></tr><tr><td>乙</td><td rowspan="2">丙</td></tr><tr><td>丁</td></tr><tr><td>戊</td><td>己</td></tr></table>`, []string{"table / 甲(→2)* / 乙 丙(↓2) / 丁 / 戊 己"}},
		{"table that lays out", "<table><tr><td>" + long + "</td></tr><tr><td>" + long + "尾</td></tr></table>", []string{"paragraph " + long, "paragraph " + long + "尾"}},
		{"pre", "<pre>a\n  b</pre>", []string{"pre a⏎  b"}},
		{"rule", "甲<hr>乙", []string{"paragraph 甲", "rule ", "paragraph 乙"}},
		{"embed", `<iframe src="//v.example/1"></iframe>`, []string{"embed https://v.example/1"}},
		{"figure", `<figure><img src="a.jpg"><figcaption>甲（图片来源：乙）</figcaption></figure>`, []string{"figure https://a.example/n/a.jpg | 甲 | （图片来源：乙）"}},
		{"two pictures, two captions", `<figure><img src="a.jpg"><figcaption>甲</figcaption><img src="b.jpg"><figcaption>乙</figcaption></figure>`, []string{"figure https://a.example/n/a.jpg | 甲 | ", "figure https://a.example/n/b.jpg | 乙 | "}},
		{"paragraph with a credit under a picture", `<p><img src="a.jpg"></p><p>甲（图片来源：乙）</p>`, []string{"figure https://a.example/n/a.jpg | 甲 | （图片来源：乙）"}},
		{"paragraph without one is text", `<p><img src="a.jpg"></p><p>` + long + `</p>`, []string{"figure https://a.example/n/a.jpg |  | ", "paragraph " + long}},
		{"centred line under a picture", `<p align="center"><img src="a.jpg"></p><p align="center">甲乙</p><p>` + long + `</p>`, []string{"figure https://a.example/n/a.jpg | 甲乙 | ", "paragraph " + long}},
		{"smaller line under a picture", `<p><img src="a.jpg"></p><p><font size="1">甲乙</font></p><p>` + long + `</p>`, []string{"figure https://a.example/n/a.jpg | 甲乙 | ", "paragraph " + long}},
		{"caption and credit in two lines", `<p><img src="a.jpg"></p><p class="caption">甲乙</p><p>（图片来源：丙）</p>`, []string{"figure https://a.example/n/a.jpg | 甲乙 | （图片来源：丙）"}},
		{"dl", `<dl><dt><img src="a.jpg"></dt><dd>甲</dd></dl>`, []string{"figure https://a.example/n/a.jpg | 甲 | "}},
		{"table with a picture", `<table><tr><td><img src="a.jpg"></td></tr><tr><td>甲</td></tr></table>`, []string{"figure https://a.example/n/a.jpg | 甲 | "}},
		{"lazy", `<img src="blank.gif" data-src="a.jpg">`, []string{"figure https://a.example/n/a.jpg |  | "}},
		{"lazy behind a data address", `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-original="/a.jpg">`, []string{"figure https://a.example/a.jpg |  | "}},
		{"widest of a set", `<img src="s.jpg" srcset="s.jpg 300w, l,x.jpg 1200w, m.jpg 600w">`, []string{"figure https://a.example/n/l,x.jpg |  | "}},
		{"densest of a set", `<img src="s.jpg" srcset="s.jpg, l.jpg 2x">`, []string{"figure https://a.example/n/l.jpg |  | "}},
		{"noscript behind a preview", `<figure><div><img src="small.jpg"><img class="lazy"><noscript><img src="a.jpg" srcset="small.jpg 32w, a.jpg 640w"></noscript></div><figcaption>甲</figcaption></figure>`, []string{"figure https://a.example/n/a.jpg | 甲 | "}},
		{"noscript behind another picture", `<div><img src="b.jpg"><img class="lazy"><noscript><img src="a.jpg"></noscript></div>`, []string{"figure https://a.example/n/b.jpg |  | ", "figure https://a.example/n/a.jpg |  | "}},
		{"noscript, twice", `<div><img class="lazy"><noscript><img src="a.jpg"></noscript><img class="lazy"><noscript><img src="b.jpg"></noscript></div>`, []string{"figure https://a.example/n/a.jpg |  | ", "figure https://a.example/n/b.jpg |  | "}},
		{"noscript", `<img class="lazy" src="blank.gif"><noscript><img src="a.jpg"></noscript>`, []string{"figure https://a.example/n/a.jpg |  | "}},
		{"counting pixels and icons go", `<p>甲</p><img src="p.jpg" width="1" height="1"><img src="spacer.gif"><img src="i.png" width="16" height="16"><img>`, []string{"paragraph 甲"}},
		{"pictures of forbidden kinds go", `<p>甲</p><img src="javascript:x"><img src="file:///etc/passwd"><img src="data:text/html,x">`, []string{"paragraph 甲"}},
		{"emoji picture is a character", `<p>甲<img class="emoji" alt="😀" src="e.png"></p>`, []string{"paragraph 甲😀"}},
		{"hidden text goes", `<p>甲</p><p hidden>乙</p><p style="display:none">丙</p><!--丁--><script>戊</script><template>己</template>`, []string{"paragraph 甲"}},
		{"unclosed tags", "<p>甲<b>乙<p>丙", []string{"paragraph 甲*乙*", "paragraph *丙*"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := blocksOf(t, c.html, page)
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}
