package extract

import (
	"regexp"
	"strings"
	"unicode"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// Labels of a line above the text, "作者：X　来源：Y　发表时间：Z". What each
// means is told by labelKind.
var (
	authorLabels = `取材・文・写真|取材・文|取材・執筆|文・写真|写真・文|文・取材|特[约約](?:记者|記者|撰稿|撰稿人|作者)|本[报報](?:记者|記者)|专栏作者|專欄作者|专栏作家|專欄作家|` +
		`作者|撰文|撰稿人|撰稿|撰写|采写|採寫|采訪|採訪|記者|记者|編譯|编译|翻譯|翻译|譯者|译者|编辑|編輯|整理|口述|主筆|主笔|評論員|评论员|執筆者|執筆|筆者|取材|文字|글쓴이|지은이|글|기자|` +
		`Authors?|Writers?|Reporters?|Columnist|Written by|Story by|Words by|By|文`
	dateLabels = `发表时间|發表時間|发布时间|發布時間|發佈時間|发布日期|發布日期|發佈日期|发表日期|發表日期|刊登日期|刊登时间|刊登時間|出版日期|出版时间|出版時間|出版|刊出日期|发布于|發布於|` +
		`發佈於|发表于|發表於|日期|时间|時間|發佈|发布|公開日時|公開日|配信日時|掲載日|投稿日|入力|입력|등록일|등록|게시일|게재|승인|작성일|First published|Published on|` +
		`Published at|Published|Posted on|Posted|Created|Date`
	editLabels = `最后更新|最後更新|更新时间|更新時間|更新日期|更新于|更新於|修改时间|修改時間|更新日時|更新日|最終更新|更新|수정일|수정|Last updated|Last modified|` +
		`Updated on|Updated at|Updated|Modified`
	sourceLabels = `文章来源|文章來源|新闻来源|新聞來源|消息来源|消息來源|稿源|来源|來源|转自|轉自|转载自|轉載自|出典|出处|出處|출처|Source`
	columnLabels = `栏目|欄目|专栏|專欄`
	otherLabels  = `责任编辑|責任編輯|责编|責編|校对|校對|排版|美编|美編|审核|審核|监制|監製|主编|主編|网络编辑|網絡編輯|編集|分类|分類|标签|標籤|关键词|關鍵字|关键字|标题|標題|摄影|` +
		`攝影|图|圖|字号|字號|字体|字體|字体大小|字體大小|评论|評論|点击率|點擊率|点击|點擊|浏览|瀏覽|阅读|閱讀|閲讀|人气|人氣|조회|댓글|コメント`
)

var fieldLabel = regexp.MustCompile(`(?i)(?:^|[\s　\x{00A0}|｜(（\[【〔,，;；。、]|\d)(` +
	otherLabels + `|` + columnLabels + `|` + editLabels + `|` + dateLabels + `|` + sourceLabels + `|` + authorLabels +
	`)[\s　\x{00A0}]*[` + dom.LabelMarks + `]`)

// joinedLabel is a label that only an element parts from the name before it:
// 撰文：何靜文出版：2025-07-21.
var joinedLabel = regexp.MustCompile(`(\p{Han})((?:出版|更新|發佈|發布|发布|发表|發表|刊登)(?:时间|時間|日期|于|於)?\s*[:：])`)

var modifiedLabel = regexp.MustCompile(`(?i)^[\s　\x{00A0}]*(?:` + editLabels + `)`)

// kinds of label
const (
	labelAuthor = "author"
	labelDate   = "published"
	labelEdit   = "modified"
	labelSource = "source"
	labelColumn = "column"
	labelOther  = "other"
)

var labelKinds = []struct {
	kind string
	re   *regexp.Regexp
}{
	{labelColumn, regexp.MustCompile(`^(?:` + columnLabels + `)$`)},
	{labelOther, regexp.MustCompile(`^(?:` + otherLabels + `)$`)},
	{labelEdit, regexp.MustCompile(`(?i)^(?:` + editLabels + `)$`)},
	{labelDate, regexp.MustCompile(`(?i)^(?:` + dateLabels + `)$`)},
	{labelSource, regexp.MustCompile(`(?i)^(?:` + sourceLabels + `)$`)},
	{labelAuthor, regexp.MustCompile(`^(?i:` + authorLabels + `)$`)},
}

func labelKind(label string) string {
	for _, k := range labelKinds {
		if k.re.MatchString(label) {
			return k.kind
		}
	}
	return labelOther
}

// labelled is one "label: value" of a line.
type labelled struct {
	kind  string
	label string
	value string
}

// labelledFields reads "作者：X　来源：Y　发表时间：Z" into its fields. Each
// value ends where the next label begins.
func labelledFields(line string) []labelled {
	if !mayHoldLabel(line) {
		return nil
	}
	line = colonless.ReplaceAllString(line, "$1: $2")
	line = spacedLabel.ReplaceAllString(line, "$1: $2")
	line = joinedLabel.ReplaceAllString(line, "$1 $2")
	found := fieldLabel.FindAllStringSubmatchIndex(line, -1)
	var fields []labelled
	for i, m := range found {
		end := len(line)
		if i+1 < len(found) {
			end = found[i+1][2]
		}
		label := line[m[2]:m[3]]
		if label == "기자" && koreanByline.MatchString(line[:m[3]]) {
			continue // the role behind a name, and the mark parts it from the date
		}
		fields = append(fields, labelled{
			kind:  labelKind(label),
			label: label,
			value: dom.TrimMarks(line[m[1]:end]),
		})
	}
	return fields
}

// fieldsOf are the fields of a block that is one line.
func fieldsOf(p block.Piece) []labelled {
	f := memoOfText(p)
	if !f.read {
		f.fields, f.read = labelledFields(dom.Squeeze(block.Text(p.Block))), true
	}
	return f.fields
}

// mayHoldLabel reports whether a line may hold a label. It is quick: a label needs letters, and a
// mark behind them or a space and a number or, in English, a day.
func mayHoldLabel(line string) bool {
	letter, space := false, false
	for i, r := range line {
		switch {
		case strings.ContainsRune(dom.LabelMarks, r), space && r >= '0' && r <= '9':
			if letter {
				return true
			}
		case space && r < 0x80 && strings.EqualFold(line[max(0, i-3):i-1], "ed"), // published Mon
			space && r < 0x80 && strings.EqualFold(line[max(0, i-3):i-1], "on"), // or posted on Mon
			space && r < 0x80 && strings.EqualFold(line[max(0, i-3):i-1], "at"):
			return true
		case !letter:
			letter = unicode.IsLetter(r)
		}
		space = unicode.IsSpace(r)
	}
	return false
}
