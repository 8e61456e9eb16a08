package extract

import (
	"slices"
	"strings"
	"testing"

	"offprint/article"
	"offprint/extract/internal/block"
)

// Sentences of the pages below.
const (
	river  = "城南的河水每年六月都会涨上来，沿岸的人家把灯挂到二楼，等水退了再放下来，这是三十年没有变过的习惯。"
	keeper = "老周说他记得每一盏灯的主人，哪一家的灯先亮，哪一家的灯最后灭，他在桥头坐着，数了整整一个夏天又一个夏天。"
	bridge = "后来桥拆了，新的桥修在上游两公里的地方，夜里从新桥上看过来，城南的灯只是黑暗里面一条细细的、发黄的线。"
	stay   = "他说，灯在，人就在；灯灭了，人还会回来，河水不会记得这些事情，可是桥头的石头记得，一直都记得很清楚。"
)

// lampPage reads a page whose article is body; behind is what follows its box.
func lampPage(t *testing.T, body, behind string) *article.Article {
	t.Helper()
	a, err := Article(t.Context(), Page{URL: "https://news.example/lamps.html", Body: []byte(`<!doctype html><html lang="zh-Hans"><head><title>河边的灯</title></head><body>
		<div id="main"><h1>河边的灯</h1><p>作者：林海 2025-07-21 10:45:19</p><div class="content">` + body + `</div>` + behind + `</div>
		<div class="related"><h3>相关文章</h3><ul><li><a href="/a">另一篇关于河的文章标题在此</a></li></ul></div></body></html>`)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func paragraphs(texts ...string) string { return "<p>" + strings.Join(texts, "</p><p>") + "</p>" }

func lampTexts(a *article.Article) []string {
	var out []string
	for _, b := range a.Blocks {
		text := strings.TrimSpace(block.Text(b))
		if b.Kind == article.Rule {
			text = "---"
		}
		out = append(out, text)
	}
	return out
}

// What comes back in an article stays; what the page carries twice goes.
func TestRepeatedText(t *testing.T) {
	cases := map[string]struct {
		body    string
		want    []string
		dropped bool
	}{
		"a refrain":               {body: paragraphs(river, stay, keeper, stay, bridge, stay), want: []string{river, stay, keeper, stay, bridge, stay}},
		"a refrain of two":        {body: paragraphs(river, keeper, stay, bridge, keeper, stay), want: []string{river, keeper, stay, bridge, keeper, stay}},
		"a refrain in boxes":      {body: "<section>" + paragraphs(river, stay) + "</section><section>" + paragraphs(keeper, stay) + "</section>", want: []string{river, stay, keeper, stay}},
		"a refrain between <br>s": {body: river + "<br><br>" + stay + "<br><br>" + keeper + "<br><br>" + stay, want: []string{river, stay, keeper, stay}},
		"three times over":        {body: paragraphs(stay, stay, stay, river), want: []string{stay, stay, river}, dropped: true},
		"the end is the opening":  {body: paragraphs(river, "——", river), want: []string{river, "——", river}},
		"short lines":             {body: paragraphs(river, "——", keeper, "——", bridge), want: []string{river, "——", keeper, "——", bridge}},
		"a copy for phones": {
			body: "<div>" + paragraphs(river, "——", keeper) + "<h2>桥</h2>" + paragraphs(bridge) + "</div><div class=m>" + paragraphs(river, "——", keeper) + "<h2>桥</h2>" + paragraphs(bridge) + "</div>",
			want: []string{river, "——", keeper, "桥", bridge}, dropped: true,
		},
		"a standfirst": {body: paragraphs(river, river, keeper, bridge), want: []string{river, keeper, bridge}, dropped: true},
		"an opening, then the whole": {
			body: "<div>" + paragraphs(river) + "</div><div>" + paragraphs(river, stay, keeper, stay, bridge) + "</div>",
			want: []string{river, stay, keeper, stay, bridge}, dropped: true,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := lampPage(t, c.body, "")
			if got := lampTexts(a); !slices.Equal(got, c.want) {
				t.Errorf("%q\nwant %q", got, c.want)
			}
			warned := slices.ContainsFunc(a.Warnings, func(w article.Warning) bool { return w.Code == "copy-dropped" })
			if warned != c.dropped {
				t.Errorf("warnings %v", a.Warnings)
			}
		})
	}
}

// A picture that is shown twice keeps both of its captions.
func TestRepeatedPicture(t *testing.T) {
	figure := func(caption string) string {
		return `<figure><img src="p.jpg" width="600" height="400"><figcaption>` + caption + `</figcaption></figure>`
	}
	cases := map[string]struct {
		first, second string
		want          []string
	}{
		"two captions":     {"桥头，早上", "桥头，晚上", []string{"桥头，早上", "桥头，晚上"}},
		"the same caption": {"桥头", "桥头", []string{"桥头"}},
		"none at first":    {"", "桥头", []string{"桥头"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, b := range lampPage(t, paragraphs(river)+figure(c.first)+paragraphs(keeper)+figure(c.second)+paragraphs(bridge), "").Blocks {
				if b.Kind == article.Figure {
					got = append(got, b.Image.Caption)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// An abstract between byline and text is the article's.
func TestAbstracts(t *testing.T) {
	const sum = "灯在河边挂了三十年，桥拆了，人搬走了，只有桥头的老周还记得每一盏灯是谁家的。"
	for label, kept := range map[string]bool{"摘要：": true, "【導讀】": true, "核心提示：": true, "摘要": false} {
		page := "<html><head><title>河边的灯</title></head><body><h1>河边的灯</h1><p>作者：林海 2025-07-21</p><div><div>" + label + sum + "</div></div><div><div>" + paragraphs(river, stay, keeper, bridge) + "</div></div></body></html>"
		a, err := Article(t.Context(), Page{Body: []byte(page)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := lampTexts(a); slices.Contains(got, label+sum) != kept || !slices.Contains(got, bridge) {
			t.Errorf("%q: %q", label, got)
		}
	}
}

// Labels within the text stay, unless the line says what the byline says.
func TestLabelsWithinTheText(t *testing.T) {
	body := paragraphs(river, "时间：8月31日下午3时", "地点：城南图书馆", "编辑部：二楼", "作者：林海", "发表时间：2025-07-21 10:45:19", keeper) + "<h3>评论：三十年</h3>" + paragraphs(bridge)
	want := []string{river, "时间：8月31日下午3时", "地点：城南图书馆", "编辑部：二楼", keeper, "评论：三十年", bridge}
	if got := lampTexts(lampPage(t, body, "")); !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// The last heading of a body that the publisher marked is no furniture; nor is
// one that stands beside the last paragraph with nothing behind it.
func TestLastHeading(t *testing.T) {
	page := "<html><head><title>河边的灯</title></head><body><h1>河边的灯</h1><div %s>" + paragraphs(river, bridge) + "<h3>灯又亮了</h3>%t</div></body></html>"
	links := "<ul><li><a href=/a>河的上游也有一座桥</a><li><a href=/b>桥下的船</a></ul>"
	cases := []struct {
		mark, behind string
		want         []string
	}{
		{`data-offprint="body"`, "", []string{river, bridge, "灯又亮了"}},
		{"", "", []string{river, bridge, "灯又亮了"}},
		{"", links, []string{river, bridge}},
	}
	for _, c := range cases {
		mark, want := c.mark+c.behind, c.want
		a, err := Article(t.Context(), Page{Body: []byte(strings.NewReplacer("%s", c.mark, "%t", c.behind).Replace(page))}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := lampTexts(a); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", mark, got, want)
		}
	}
}

// What stands at the end, behind a rule or a heading, is the article's too.
func TestPostscripts(t *testing.T) {
	const note = "后记：老周已经搬走了，他的灯留给了对面的小卖部，现在还挂在那里，每晚都亮着。"
	cases := map[string]struct {
		tail, behind string
		want         []string
	}{
		"lines behind a rule":    {tail: "<hr><p>本文写于七月，桥头。</p><p>地址：城南路三十号</p>", want: []string{"---", "本文写于七月，桥头。", "地址：城南路三十号"}},
		"in a box":               {tail: `<hr><div class="note"><p>本文写于七月。</p></div>`, want: []string{"---", "本文写于七月。"}},
		"a sentence and heading": {tail: "<hr><h3>后记</h3><p>谢谢老周。</p>", want: []string{"---", "后记", "谢谢老周。"}},
		"words and heading":      {tail: "<h3>后记</h3><p>谢谢老周</p><p>谢谢城南的每一盏灯。</p>", want: []string{"后记", "谢谢老周", "谢谢城南的每一盏灯。"}},
		"a short list":           {tail: "<hr><h3>注释</h3><ol><li>城南志</li><li>桥志</li></ol>", want: []string{"---", "注释", "城南志\n桥志"}},
		"outside the body's box": {behind: "<hr><div>" + paragraphs(note) + "</div>", want: []string{"---", note}},
		"an address in full":     {tail: `<p>全文见<a href="https://city.example/lamps/2025/full">https://city.example/lamps/2025/full</a>。</p>`, want: []string{"全文见https://city.example/lamps/2025/full。"}},
		"notes in a box":         {tail: `<section><h4>注释</h4><p>1. 城南志。</p></section>`, want: []string{"注释", "1. 城南志。"}},
		"sources elsewhere": {
			tail: `<h4>参考资料</h4><ol><li><a href="https://a.example/1">城南志</a></li><li><a href="https://b.example/2">桥志</a></li><li><a href="https://c.example/3">灯志</a></li></ol>`,
			want: []string{"参考资料", "城南志\n桥志\n灯志"},
		},
		"an index of this site":   {tail: `<h4>参考资料</h4><ol><li><a href="/1">城南志</a></li><li><a href="/2">桥志</a></li><li><a href="/3">灯志</a></li></ol>`},
		"a heading and tools":     {tail: "<hr><h3>分享这一篇</h3><p>微信 微博</p>", want: nil},
		"a heading and links":     {tail: `<hr><h3>还有这些</h3><p><a href="/c">河的上游也有一座桥</a></p>`, want: nil},
		"tools outside, no prose": {behind: "<hr><div><p>微信 微博</p></div>", want: nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := lampTexts(lampPage(t, paragraphs(river, keeper, bridge)+c.tail, c.behind))
			if want := append([]string{river, keeper, bridge}, c.want...); !slices.Equal(got, want) {
				t.Errorf("%q\nwant %q", got, want)
			}
		})
	}
}
