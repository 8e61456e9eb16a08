package extract

import (
	"regexp"
	"slices"
	"strings"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// sectionWords are what sites call their parts. None of them is the name of a
// publication by itself.
var sectionWords = strings.Fields(`专栏 專欄 专栏作家 專欄作家 专栏作者 專欄作者 专栏文章 專欄文章 专题 專題 名家 名家专栏 名家專欄 名人专栏 名人專欄 作者 作家 博客 博客文章
新闻 新聞 即时新闻 即時新聞
财经 財經 财经新闻 財經新聞 理财 理財 投资 投資 股市 港股 美股 地产 地產 评论 評論 社评 社評 时评 時評
观点 觀點 意见 意見 文章 资讯 資訊 生活 副刊 国际 國際 要闻 要聞 首页 首頁 正文 手机版 手機版
ニュース コラム 経済 ビジネス オピニオン 연재 칼럼 오피니언 경제 뉴스 기사본문 본문
news column columns columnists opinion business finance markets
comment features blog blogs article articles home mobile`)

var sectionKeys = func() map[string]bool {
	keys := map[string]bool{}
	for _, w := range sectionWords {
		keys[dom.MatchKey(w)] = true
	}
	return keys
}()

// isSectionWord reports whether a name is made of such words alone: 理财/管理 is
// not, 财经新闻 is.
func isSectionWord(name string) bool { return sectionKeys[dom.MatchKey(name)] }

// namelessParts are parts of <title> that say nothing of where an article stands.
var namelessParts = strings.Fields(`专栏作家 專欄作家 专栏作者 專欄作者 作者 作家 文章 正文 首页 首頁 手机版 手機版 기사본문 본문 home mobile article articles`)

// besideSections leaves them out.
func besideSections(beside []string) []string {
	isNameless := func(name string) bool { return slices.Contains(namelessParts, dom.MatchKey(name)) }
	return slices.DeleteFunc(slices.Clone(beside), isNameless)
}

// What says that a name is the publication's: its logo and its host are surer than
// its small print, which may name the owner of several.
const (
	byLogoOrHost = 4
	bySmallPrint = 2
)

// siteAmong chooses the publication among the names beside the headline in
// <title>, the widest first: the one that the logo, the host or the page's own
// small print calls so. A word for a section is none; "" is no name.
func siteAmong(d *block.Document, beside []string) string {
	var best string
	weight := -1
	small := ""
	if len(beside) > 0 {
		small = dom.Text(d.Body)
	}
	for _, name := range beside {
		w := 0
		if isSectionWord(name) {
			w = -1
		}
		if k := dom.MatchKey(name); k == dom.MatchKey(d.LogoAlt) || hostNamed(d.Address.Host(), k) {
			w += byLogoOrHost
		}
		if smallPrintNames(small, name) {
			w += bySmallPrint
		}
		if w > weight {
			best, weight = name, w
		}
	}
	if weight < 0 {
		return ""
	}
	return best
}

var latinRun = regexp.MustCompile(`[a-z][a-z0-9]{2,}`)

// minHostStart is the length, in letters, from which a name may be the start of a
// label of the host: shorter ones begin many.
const minHostStart = 4

// hostNamed reports whether the Latin part of a name is a label of the host, or
// the start of one.
func hostNamed(host, nameKey string) bool {
	run := latinRun.FindString(nameKey)
	labels := strings.Split(host, ".")
	return run != "" && len(labels) > 1 && slices.ContainsFunc(labels[:len(labels)-1], func(l string) bool {
		l = strings.ReplaceAll(l, "-", "")
		begins := len(run) >= minHostStart && strings.HasPrefix(l, run)
		return begins || l == run
	})
}

// owner is how a page names who publishes it: 《X》所刊, © 2025 X, X 版权所有.
var owner = regexp.MustCompile(`《([^《》]{2,20})》(?:所刊|立[场場])|` +
	`(?:©|&copy;|(?i:copyright))\s*(?:©)?\s*[\d–\- ]*([^\n©]{2,40})|` +
	`([^\n，。]{2,20})\s*(?:版权所有|版權所有)`)

// minOwner is the length, in bytes, from which the start of a name is taken for it:
// two Han characters.
const minOwner = 6

// smallPrintNames reports whether the page's small print gives a name as that of
// its publisher.
func smallPrintNames(text, name string) bool {
	k := dom.MatchKey(name)
	for _, m := range owner.FindAllStringSubmatch(text, -1) {
		for _, who := range m[1:] {
			o := dom.MatchKey(who)
			if o == "" {
				continue
			}
			begins := len(o) >= minOwner && strings.HasPrefix(k, o)
			if begins || strings.Contains(o, k) {
				return true
			}
		}
	}
	return false
}
