package extract

import "strings"

// Words and marks that more than one step reads. What only one step reads stands
// beside it.

// postscriptWords are what a postscript is called, as a label and as a heading.
const postscriptWords = `后记|後記|附记|附記|postscript|correction`

// headingMarks stand behind what a paragraph calls itself: 摘要：, 后记丨.
const headingMarks = `:：丨｜`

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
