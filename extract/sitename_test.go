package extract

import "testing"

// The publication among the parts of <title>, whichever stands last.
func TestSiteName(t *testing.T) {
	const body = `<h1>老码头的新邻居</h1><p>码头的居民起初担心噪音，去年冬天在门口量了三个晚上，最高四十一分贝，比潮水拍岸还小一点。</p>`
	cases := []struct {
		name, url, title, rest, want string
	}{
		{"last", "", "老码头的新邻居 - 滨海观察 - 潮声网", "", "潮声网"},
		{"before a word for a section", "", "老码头的新邻居 - 滨海观察 - 潮声网 Tide|专栏作家", "", "潮声网 Tide"},
		{"named by the host", "https://www.tidenet.example.hk/1", "老码头的新邻居 - 潮声网 TideNet | 滨海观察", "", "潮声网 TideNet"},
		{"named by the disclaimer", "", "老码头的新邻居 - 潮声网 - 滨海观察", "<p>《潮声网》所刊的署名文章，相关内容属作者个人意见，并不代表《潮声网》立场。</p>", "潮声网"},
		{"named by the copyright", "", "老码头的新邻居 | 潮声网 | 滨海观察", "<div>© 2025 潮声网有限公司</div>", "潮声网"},
		{"named by the logo", "", "老码头的新邻居 | 潮声网 | 滨海观察", "", "滨海观察"},
		{"first", "", "潮声网 | 财经 | 老码头的新邻居", "", "潮声网"},
		{"a section alone", "", "老码头的新邻居 - 专栏作家", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			logo := ""
			if c.name == "named by the logo" {
				logo = `<div class="logo"><img src="l.png" alt="滨海观察"></div>`
			}
			page := "<html><head><title>" + c.title + "</title></head><body>" + logo + body + c.rest + "</body></html>"
			a, err := Article(t.Context(), Page{URL: c.url, Body: []byte(page)}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if a.Site.Name != c.want {
				t.Errorf("%q, want %q", a.Site.Name, c.want)
			}
		})
	}
}
