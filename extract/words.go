package extract

import "strings"

// Words and marks that more than one step reads. What only one step reads stands
// beside it.

// Marks behind a label and between names.
const (
	// solidi are the forms of the solidus in CJK encodings: 文／林海.
	solidi = `／/∕⁄╱`
	// pairMarks stand between a role in brackets and its name: 文：, 文／.
	pairMarks = `:：` + solidi
	// labelMarks stand behind a label at large: 作者：, 圖／, 출처=, 来源｜.
	labelMarks = pairMarks + `｜|＝=`
)

// Patterns of a day's name and a month's, for lines that say nothing but a date.
// What reads the date itself goes by the first three letters, monthNames.
const (
	weekdays = `(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|` +
		`(?:星期|周|週|禮拜|礼拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일|\([月火水木金土日월화수목금토일]\)`
	months = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|` +
		`sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b`
)

// monthNames begin the names of the months.
var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// postscriptWords are what a postscript is called, as a label and as a heading.
const postscriptWords = `后记|後記|附记|附記|postscript|correction`

// Breadcrumb trails: 您的位置：首页 > 理财 > 管理.
var (
	// trailLabels stand before one.
	trailLabels = []string{"您的位置", "当前位置", "當前位置", "现在位置", "現在位置", "目前位置", "你在這裡"}
	// homeNames are what its first link is called.
	homeNames = []string{"首页", "首頁", "主页", "主頁", "home", "ホーム", "トップ", "홈"}
	// crumbHints are the class words of one that stand on nothing else.
	crumbHints = []string{"breadcrumb", "breadcrumbs", "crumb", "crumbs"}
)

// anyOf is a pattern that matches each of some words.
func anyOf(words []string) string { return "(?:" + strings.Join(words, "|") + ")" }
