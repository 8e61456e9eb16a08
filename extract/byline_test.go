package extract

import (
	"reflect"
	"testing"

	"offprint/article"
	"offprint/extract/internal/dom"
)

func TestParseByline(t *testing.T) {
	type who = []article.Author
	cases := []struct {
		line string
		want who
	}{
		{"作者: 方晓棠", who{{Name: "方晓棠", Role: "作者"}}},
		{"作者:方晓棠 评论 点击率 2,318", who{{Name: "方晓棠", Role: "作者"}}},
		{"文／林海", who{{Name: "林海", Role: "文"}}},
		{"文/林海 图/周山", who{{Name: "林海", Role: "文"}}},
		{"撰文：林海、周山", who{{Name: "林海", Role: "撰文"}, {Name: "周山", Role: "撰文"}}},
		{"記者陳小明／台北報導", who{{Name: "陳小明", Role: "記者"}}},
		{"本報記者 陳小明", who{{Name: "陳小明", Role: "本報記者"}}},
		{"记者 张三 李四 报道", who{{Name: "张三", Role: "记者"}, {Name: "李四", Role: "记者"}}},
		{"编辑：吴双", who{{Name: "吴双", Role: "编辑"}}},
		{"By Anna Brook and Tom Reed", who{{Name: "Anna Brook"}, {Name: "Tom Reed"}}},
		{"by Anna D’Arcy", who{{Name: "Anna D’Arcy"}}},
		{"한여울 기자", who{{Name: "한여울", Role: "기자"}}},
		{"한여울 기자 hyw@baram.example", who{{Name: "한여울", Role: "기자"}}},
		{"김철수 기자 | 입력 2025.07.21 10:45", who{{Name: "김철수", Role: "기자"}}},
		{"입력 2025.07.21 10:45 | 김철수 기자", who{{Name: "김철수", Role: "기자"}}},
		{"김철수·이영희 선임기자", who{{Name: "김철수", Role: "선임기자"}, {Name: "이영희", Role: "선임기자"}}},
		{"(남포=바람일보) 김철수 특파원 =", who{{Name: "김철수", Role: "특파원"}}},
		{"기자: 김철수", who{{Name: "김철수", Role: "기자"}}},
		{"記者王小明∕台北報導", who{{Name: "王小明", Role: "記者"}}},
		{"記者王小明╱台北報導", who{{Name: "王小明", Role: "記者"}}},
		{"〔記者王小明／台北報導〕", who{{Name: "王小明", Role: "記者"}}},
		{"記者王小明、李大同∕台北－高雄連線報導", who{{Name: "王小明", Role: "記者"}, {Name: "李大同", Role: "記者"}}},
		{"文∕王小明", who{{Name: "王小明", Role: "文"}}},
		{"取材・文：三崎灯子", who{{Name: "三崎灯子", Role: "取材・文"}}},
		{"文・三崎灯子", who{{Name: "三崎灯子", Role: "文"}}},
		{"实习记者 杜若", who{{Name: "杜若", Role: "实习记者"}}},
		{"山姆·罗威尔", who{{Name: "山姆·罗威尔"}}},
		{"方晓棠 2025-07-21", who{{Name: "方晓棠"}}},
		{"admin", nil},
		{"作者", nil},
		{"https://a.example/author/1", nil},
		{"这是一句话。不是名字", nil},
		{"", nil},
	}
	for _, c := range cases {
		t.Run(c.line, func(t *testing.T) {
			if got := parseByline(c.line); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// Reporters in the line below the headline, with what stands beside them.
func TestReporters(t *testing.T) {
	type who = []article.Author
	cases := map[string]who{
		"<p><span>记者 谢长安 实习记者 杜若</span><span>2025年07月21日 10:45</span></p>": {{Name: "谢长安", Role: "记者"}, {Name: "杜若", Role: "实习记者"}},
		"<p>江声记者 沈砚 · 2025-07-21 · 阅读 8 分钟</p>":                            {{Name: "沈砚", Role: "江声记者"}},
		"<p>本報記者 陳小明 | 2025-07-21</p>":                                     {{Name: "陳小明", Role: "本報記者"}},
	}
	for line, want := range cases {
		page := "<html><head><title>造桥的人不过桥</title></head><body><h1>造桥的人不过桥</h1>" + line + "<div>" + paragraphs(river, keeper, bridge) + "<p>编辑 / 白露　校对 / 谢长安</p></div></body></html>"
		a, err := Article(t.Context(), Page{URL: "https://news.example/1", Body: []byte(page)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Authors; len(got) < len(want) || !reflect.DeepEqual(who(got[:len(want)]), want) {
			t.Errorf("%s: %+v, want %+v", line, got, want)
		}
	}
}

func TestLabelledFields(t *testing.T) {
	got := labelledFields("作者：程潜　来源：潮声网　发表时间：2025-07-21 10:45:19　责任编辑：吴双")
	want := []labelled{
		{labelAuthor, "作者", "程潜"},
		{labelSource, "来源", "潮声网"},
		{labelDate, "发表时间", "2025-07-21 10:45:19"},
		{labelOther, "责任编辑", "吴双"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestCleanTitle(t *testing.T) {
	names := []string{"潮声网", "滨海观察", "理财/管理"}
	cases := []struct {
		title string
		guess bool
		want  string
	}{
		{"老码头的新邻居_滨海观察_潮声网", false, "老码头的新邻居"},
		{"老码头的新邻居 - 滨海观察 - 理财/管理 - 潮声网", false, "老码头的新邻居"},
		{"老码头的新邻居 | 潮声网", false, "老码头的新邻居"},
		{"老码头的新邻居 | 不认识的网站", false, "老码头的新邻居 | 不认识的网站"},
		{"老码头的新邻居 | 不认识的网站", true, "老码头的新邻居"},
		{"老码头——新邻居", true, "老码头——新邻居"},
		{"老码头的新邻居--沿海--生活", true, "老码头的新邻居"},
		{"GPT-4o 上岸", true, "GPT-4o 上岸"},
		{"", true, ""},
	}
	for _, c := range cases {
		t.Run(c.title, func(t *testing.T) {
			if got := cleanTitle(c.title, names, c.guess); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPageLanguage(t *testing.T) {
	const (
		hans = "这座码头已经停了八年，现在邻居是一座海水淡化站。"
		hant = "這座碼頭已經停了八年，現在鄰居是一座海水淡化站。"
		hk   = "阿堅話，嗰條渠其實唔闊，闊嘅係人心。"
		ja   = "港の入り口に立つ白い灯台が、この夏、赤く塗り替えられる。"
		ko   = "남쪽 항구 도시의 좁은 골목에서 시계를 고쳐 온 가게"
		en   = "The first electric ferry left pier seven on Monday."
	)
	cases := []struct{ name, text, said, url, want string }{
		{"Simplified", hans, "", "", "zh-Hans"},
		{"Simplified on a page that says zh-TW", hans, "zh-TW", "https://a.example.tw/", "zh-Hans"},
		{"Traditional on .hk", hant, "", "https://a.example.hk/x", "zh-Hant-HK"},
		{"Traditional on .tw", hant, "zh", "https://a.example.tw/x", "zh-Hant-TW"},
		{"Traditional that says zh-TW", hant, "zh-TW", "", "zh-Hant-TW"},
		{"Traditional that says zh-CN", hant, "zh-CN", "", "zh-Hant"},
		{"Traditional on .hk that says zh-CN", hant, "zh-CN", "https://a.example.hk/", "zh-Hant-HK"},
		{"Cantonese characters", hk, "", "", "zh-Hant-HK"},
		{"no telling characters, /tc/", "山水人口", "", "https://a.example.hk/tc/1", "zh-Hant-HK"},
		{"no telling characters, /sc/", "山水人口", "", "https://a.example.hk/sc/1", "zh-Hans"},
		{"Japanese", ja, "", "", "ja"},
		{"Japanese that says en", ja, "en", "", "ja"},
		{"Korean", ko, "", "", "ko"},
		{"English", en, "en-GB", "", "en-GB"},
		{"English that says zh", en, "zh-CN", "", "en"},
		{"English that says nothing", en, "", "", "en"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := pageLanguage(c.text, c.said, dom.Address{URL: dom.AbsoluteURL(c.url)}); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
