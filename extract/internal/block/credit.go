package block

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// What stands before the name in a picture credit.
const creditLabels = `(?:图片|圖片|照片|相片|封面图|封面圖|题图|題圖|頭圖|头图)?(?:来源|來源|提供)|图片|圖片|照片|相片|` +
	`图源|圖源|图自|圖自|图文|圖文|资料图片|資料圖片|资料照片|資料照片|資料相片|资料图|資料圖|网络图片|網絡圖片|` +
	`攝影記者|摄影记者|摄影|攝影|摄|攝|图|圖|写真提供|写真|提供|撮影|画像|出典|출처|사진제공|사진|제공|` +
	`[Pp]hoto(?:graph)?(?: by| credit| courtesy of)?|[Ii]mage(?: by| credit| courtesy of)?|` +
	`[Pp]icture|[Cc]redit|[Ss]ource|[Cc]ourtesy of`

// Agencies whose name alone in brackets is a credit.
const agencies = `路透社?|法新社|美联社|美聯社|新华社|新華社|中新社|中央社|彭博社?|视觉中国|視覺中國|东方IC|共同社?|` +
	`共同通信|時事通信|時事|ロイター|AFP時事|연합뉴스|뉴시스|뉴스1|로이터|AFP|AP|Reuters|REUTERS|Bloomberg|` +
	`Getty Images|Getty|Shutterstock|iStock|Unsplash|Pexels|Pixabay|EPA|Xinhua|Kyodo|Alamy`

// Credits that are a kind of picture, not a name after a label.
const wholeCredits = `资料图片|資料圖片|资料照片|資料照片|資料相片|资料图|資料圖|网络图片|網絡圖片|網上圖片|网上图片|` +
	`網上截圖|网络截图|視頻截圖|视频截图|示意图|示意圖|受訪者提供|受访者提供|官网图片|官網圖片`

// What several forms of a credit have in common.
const (
	gap        = `[\s　]*`
	opening    = gap + `([（(\[【〔［]` + gap // with the start of the credit's own marks
	closing    = gap + `[）)\]】〕］]` + gap + `[。.]?)$`
	labelMark  = gap + `[` + dom.LabelMarks + `]` + gap
	wholeOrOne = `(?:` + wholeCredits + `|` + agencies + `)`
)

// The forms of a credit at the end of a text. The first group is the credit in its
// own marks, the second the name in it; in the forms without brackets a group for
// what stands before goes first.
var (
	// （图片来源：X） in brackets of any kind.
	labelledCredit = regexp.MustCompile(opening + `(?:` + creditLabels + `)` + labelMark +
		`([^（(\[【〔［）)\]】〕］]+?)` + closing)
	// （某某 摄）, （X提供）, （路透社图片）
	suffixedCredit = regexp.MustCompile(opening + `([^（(\[【〔［）)\]】〕］。，]{1,40}?)[\s　` + dom.Solidi + `]*` +
		`(?:摄影报道|摄影|攝影|摄|攝|提供图片|提供圖片|提供|供图|供圖|图片|圖片|圖|图|撮影|撮|제공|photo)` + closing)
	// （海岸线资料图片）
	archiveCredit = regexp.MustCompile(opening + `([^（(\[【〔［）)\]】〕］。，]{1,20}(?:` + wholeCredits + `))` + closing)
	// （资料图片）, （路透社）, （美聯社／彭博社）
	namedCredit = regexp.MustCompile(opening +
		`(` + wholeOrOne + `(?:[` + dom.Solidi + `、,， ]+` + wholeOrOne + `)*)` + closing)
	// no brackets: 图片来源：X, 圖／X, 写真：X, 사진=X, Photo: X
	openCredit = regexp.MustCompile(`(^|[\s　。．.！？!?」』”》）)|｜` + dom.Solidi + `丨•·，,；;])` + gap +
		`((?:` + creditLabels + `)` + labelMark + `([^。！？\n（）()：:]{1,60}?)` + gap + `[。.]?)$`)
	// Photo by X, without a colon
	englishCredit = regexp.MustCompile(`(^|[\s.!?"”])` +
		`((?:[Pp]hoto(?:graph)?|[Ii]mage)(?: by| courtesy of) ([^.]{2,60})\.?)$`)
	// 程潜 摄, ＝20日、三崎灯子撮影
	bareCredit = regexp.MustCompile(`()([。．.！？!?」』”》）)＝=、\s　]` + gap +
		`((?:\p{Han}{2,8}社|本[报報刊])?(?:特[约約])?(?:(?:记者|記者|通讯员|通訊員)` + gap + `)?\p{Han}{2,6})` + gap +
		`(?:摄|攝|撮影|供图|供圖))$`)
	// ⓒ 바람일보
	ownedCredit = regexp.MustCompile(`(^|[\s　。.])([ⓒ©]` + gap + `([^\n©ⓒ]{2,30}))$`)
	creditLabel = regexp.MustCompile(`^(?:` + creditLabels + `)` + labelMark)
)

// creditWindow is as much of a text's end, in bytes, as a credit is looked for in.
const creditWindow = 2000

// splitCredit parts "…（图片来源：X）" into the caption "…", the name X, and the
// credit in the source's own marks. Caption and line together are the text,
// less the space between them.
func splitCredit(text string) (caption, credit, line string) {
	text = dom.TrimEdges(text)
	if from := len(text) - creditWindow; from > 0 { // it ends the text: no need to look through all of it
		for !utf8.RuneStart(text[from]) {
			from++
		}
		caption, credit, line = splitCredit(text[from:])
		return text[:from] + caption, credit, line
	}
	for _, form := range []*regexp.Regexp{labelledCredit, namedCredit, archiveCredit, suffixedCredit} {
		if m := form.FindStringSubmatchIndex(text); m != nil {
			return dom.TrimEdges(text[:m[0]]), dom.TrimEdges(text[m[4]:m[5]]), text[m[2]:m[3]]
		}
	}
	for _, form := range []*regexp.Regexp{openCredit, englishCredit, bareCredit, ownedCredit} {
		if m := form.FindStringSubmatchIndex(text); m != nil {
			start := m[3]
			if form == bareCredit { // the stop before it ends the caption
				if r, size := utf8.DecodeRuneInString(text[m[4]:]); r != '、' && r != '＝' && r != '=' {
					start, m[4] = m[4]+size, m[4]+size
				}
			}
			caption := strings.TrimRight(text[:start], " 　|｜丨•")
			return dom.TrimEdges(caption), dom.TrimEdges(text[m[6]:m[7]]), dom.TrimEdges(text[m[4]:m[5]])
		}
	}
	return text, "", ""
}

// creditHints are the class words of a credit inside a caption.
var creditHints = []string{"credit", "credits", "copyright", "photographer", "photocredit"}

// setCaption gives a picture the text of an element, the picture itself left
// out. A part that is marked as credit, or whose class says so, is the credit.
func setCaption(d *Document, im *article.Image, n *html.Node) {
	var caption, credit strings.Builder
	var walk func(*html.Node, bool)
	walk = func(e *html.Node, inCredit bool) {
		switch {
		case e.Type == html.TextNode && inCredit:
			credit.WriteString(e.Data)
			return
		case e.Type == html.TextNode:
			caption.WriteString(e.Data)
			return
		case e.Type != html.ElementNode || dom.Is(e, "img", "picture", "script", "style", "noscript", "button"):
			return
		case d.Marks.Of[e] == site.RoleExclude:
			return
		}
		called := e != n && dom.Hinted(e, creditHints...)
		inCredit = inCredit || d.Marks.Of[e] == site.RoleCredit || called
		if dom.IsBlock(e) || e.Data == "br" {
			caption.WriteByte('\n')
		}
		for c := e.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inCredit)
		}
		if dom.IsBlock(e) {
			caption.WriteByte('\n')
		}
	}
	walk(n, false)
	setCaptionText(im, joinLines(caption.String()))
	if c := dom.Squeeze(credit.String()); c != "" {
		setCredit(im, c)
	}
}

// setCredit takes a text that is nothing but the credit.
func setCredit(im *article.Image, line string) {
	im.CreditLine = line
	if _, name, _ := splitCredit(line); name != "" {
		im.Credit = name
	} else {
		im.Credit = dom.TrimMarks(creditLabel.ReplaceAllString(line, ""))
	}
}

func setCaptionText(im *article.Image, text string) {
	im.Caption, im.Credit, im.CreditLine = splitCredit(strings.TrimLeft(text, "▲△▼↑◎●"))
}

// joinLines collapses white space as a browser would show it on one line: a
// break between two full-width characters is no space.
func joinLines(s string) string {
	r := &reader{}
	r.text(s, nil)
	return article.JoinText(tidy(r.line))
}
