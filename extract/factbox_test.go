package extract

import (
	"slices"
	"strings"
	"testing"

	"offprint/extract/internal/block"
)

const (
	besideOne   = "<p>码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。</p>"
	besideTwo   = "<p>仓库的管理员老周说，新来的邻居每天傍晚都把空箱子摞好，再把通道扫一遍，从来没有人提醒过他们。</p>"
	besideThree = "<p>街坊会打算在秋天开一次会，把夜里装卸的时间定下来，也把路灯修好，让晚归的人看得见脚下的缆绳。</p>"
)

// What stands at the edges of an article and in boxes within it, with the truth
// written by hand: the first few characters of the blocks behind the third
// paragraph or, for a fact box, of all.
func TestBesideTheText(t *testing.T) {
	text := besideOne + besideTwo + besideThree
	cases := []struct {
		name, body string
		want       string
	}{
		{"a short postscript behind a rule", "<div>" + text + "</div><hr><p>谢谢老周。</p><p>返回专栏</p>", "--- 谢谢老周。"},
		{"a postscript that says so, without a rule", "<div>" + text + "</div><p>后记：会期改到了十月</p><p>分享到：微信 微博</p>", "后记：会期改到了十月"},
		{"a correction", "<div>" + text + "</div><p>更正：分贝是夜里量的。</p>", "更正：分贝是夜里量的。"},
		{"a postscript under its heading", "<div>" + text + "</div><h3>后记</h3><p>谢谢老周</p><p>责任编辑：吴双</p>", "## 后记 谢谢老周"},
		{"a teaser is no postscript", "<div>" + text + "</div><p><a href=/b>旧仓库改成了图书馆。</a></p>", ""},
		{"a line of the page is no postscript", "<div>" + text + "</div><hr><p>发表时间：2025-07-21</p>", ""},
		{"nor are other teasers behind a rule", "<div>" + text + "</div><hr><p><a href=/b>旧仓库</a></p>", ""},
		{"a heading at the end", "<div>" + text + "<h3>未完待续</h3></div>", "## 未完待续"},
		{"a heading whose list was left out", "<div>" + text + "<h3>别的码头</h3><ul><li><a href=/a>旧仓库改成了图书馆</a><li><a href=/b>一个路牌搬了三次家</a></ul></div>", ""},
		{"end marks", "<div>" + text + "<p>（全文完）</p></div>", ""},
		{"end marks, shorter", "<div>" + text + "<p>（完）</p></div>", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := besideBlocks(t, c.body)
			if len(got) < 3 || strings.Join(got[3:], " ") != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestFactBoxes(t *testing.T) {
	page := func(aside string) string {
		return "<div>" + besideOne + besideTwo + aside + besideThree + "</div>"
	}
	cases := []struct {
		name, body string
		kept       bool
	}{
		{"a fact box", page("<aside><p>码头建于一九二八年，长四百米。</p><p>现有泊位六个，夜里停三条船，由街坊会看管。</p></aside>"), true},
		{"with one link in it", page("<aside><p>码头建于一九二八年，长四百米，见<a href=/h>档案</a>，现有泊位六个，夜里停三条船，由街坊会看管。</p></aside>"), true},
		{"related articles", page("<aside><h4>相关文章</h4><p>旧仓库改成了图书馆，一个路牌搬了三次家，还有别的许多事情。</p></aside>"), false},
		{"teasers", page("<aside><p><a href=/a>旧仓库改成了图书馆，看书的人比从前搬货的人多。</a></p><p><a href=/b>一个路牌搬了三次家，最后回到原处。</a></p></aside>"), false},
		{"a pull quote", page("<aside><p>新来的邻居每天傍晚都把空箱子摞好，再把通道扫一遍，从来没有人提醒过他们。</p></aside>"), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := besideBlocks(t, c.body)
			if kept := len(got) > 3; kept != c.kept || len(got) < 3 {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestShortName(t *testing.T) {
	cases := []struct {
		name, head string
		want       string
	}{
		{"above the date", "<p>林海</p><p>2025-07-21</p>", "林海"},
		{"before the date", "<p>林海 2025-07-21</p>", "林海"},
		{"without a date", "<p>林海</p>", ""},
		{"a section", "<p>时评</p><p>2025-07-21</p>", ""},
		{"the column, as <title> has it", "<p>万象</p><p>2025-07-21</p>", ""},
		{"a link", "<p><a href=/a>林海</a></p><p>2025-07-21</p>", ""},
		{"no surname", "<p>灯火</p><p>2025-07-21</p>", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			body := "<html><head><meta charset=utf-8><title>老码头的新邻居 - 万象 - 潮声网</title></head><body><h1>老码头的新邻居</h1>" + c.head + "<div>" + besideOne + besideTwo + besideThree + "</div></body></html>"
			a, err := Article(t.Context(), Page{URL: "https://www.tide.example.cn/n/1", Body: []byte(body)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, who := range a.Authors {
				got += who.Name
			}
			if got != c.want {
				t.Errorf("author %q, want %q", got, c.want)
			}
		})
	}
}

// besideBlocks are the blocks of an article with this below its headline.
func besideBlocks(t *testing.T, body string) []string {
	t.Helper()
	page := "<html><head><meta charset=utf-8><title>老码头的新邻居 - 潮声网</title></head><body><h1>老码头的新邻居</h1><p>作者：程潜</p>" + body + "</body></html>"
	a, err := Article(t.Context(), Page{URL: "https://www.tide.example.cn/n/1", Body: []byte(page)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range a.Blocks {
		switch {
		case b.Kind == "rule":
			got = append(got, "---")
		case b.Kind == "heading":
			got = append(got, "## "+b.Text)
		default:
			got = append(got, block.Text(b))
		}
	}
	return slices.Clip(got)
}
