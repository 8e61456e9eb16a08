package render_test

import (
	"testing"

	"offprint/article"
	"offprint/render"
	"offprint/typeset"
)

// Authors stand together; who edited or translated says so.
func TestByline(t *testing.T) {
	cases := map[string]struct {
		authors []article.Author
		want    string
	}{
		"one":            {[]article.Author{{Name: "沈屿安", Role: "作者"}}, "沈屿安　2025-07-21"},
		"two":            {[]article.Author{{Name: "谢长安", Role: "记者"}, {Name: "杜若", Role: "实习记者"}}, "谢长安、杜若　2025-07-21"},
		"with an editor": {[]article.Author{{Name: "谢长安", Role: "记者"}, {Name: "白露", Role: "编辑"}}, "谢长安　编辑 白露　2025-07-21"},
		"a translator":   {[]article.Author{{Name: "白露", Role: "翻译"}}, "翻译 白露　2025-07-21"},
		"none":           {nil, "2025-07-21"},
	}
	for name, c := range cases {
		a := tableArticle(para("正文。"))
		a.Authors, a.Published = c.authors, &article.Stamp{Time: "2025-07-21T00:00:00+08:00", Precision: article.PrecisionDay}
		doc := layout(t, a, render.Options{})
		got := ""
		for _, b := range doc.Blocks {
			if b.Role == typeset.RoleByline {
				got = b.Text()
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
