package extract

import (
	"regexp"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// Bylines without a label, as they stand in print.

var (
	bareByline = regexp.MustCompile(`^(?i:(?:written )?by)\s+\p{Lu}`)
	bracketed  = regexp.MustCompile(`^[（(【〔\[]\s*((?:(?:本[报報]|\p{Han}{2,5}社)?(?:特[约約])?(?:记者|` +
		`記者)[\s　` + dom.PairMarks + `]*|(?:撰文|作者|文)[\s　]*[` + dom.PairMarks + `][\s　]*)[^）)】〕\]]{2,30})[）)】〕\]]$`)
)

// afterRole is 記者 陳小明 beside something else, another such pair perhaps;
// nameFirst is 陳小明／文.
var (
	afterRole = regexp.MustCompile(`(?:^|[\s　|｜])((?:\p{Han}{2,6}?)?` + reporterRank + `?(?:记者|` +
		`記者))[\s　]+(\p{Han}{2,4})(?:$|[\s　|｜\d])`)
	nameFirst = regexp.MustCompile(`^(\p{Han}{2,4})[\s　]*[` + dom.Solidi + `][\s　]*(文|撰文|报道|報道|報導)(?:$|[\s　|｜])`)
)

// japaneseName is 三崎灯子（編集委員）, with the role that tells it from other
// words in brackets.
var japaneseName = regexp.MustCompile(`^([\p{Han}\p{Hiragana}\p{Katakana}ー]{2,8}` +
	`(?:[\s　][\p{Han}\p{Hiragana}\p{Katakana}ー]{1,6})?)[\s　]*[（(]([^（）()]{0,10}` +
	`(?:委員|記者|編集長|編集者|支局長|局長|部長|ライター|特派員|論説主幹|キャスター))[）)]$`)

// inText is 【記者陳小明／台北報導】 at the start of a line.
var inText = regexp.MustCompile(`^[【〔［\[（(]((?:[\p{Han}]{2,5}社)?(?:记者|記者)[^】〕］\]）)。]{2,30})[】〕］\]）)]`)

// readByline reads the authors in a line that has no label.
func (c *claims) readByline(line string, head bool) {
	switch {
	case head && inText.MatchString(line):
		c.authors = parseByline(inText.FindStringSubmatch(line)[1])
	case head && dom.LetterCount(line) <= maxByline && afterRole.MatchString(line):
		for m := afterRole.FindStringSubmatchIndex(line); m != nil; m = afterRole.FindStringSubmatchIndex(line) {
			if name := line[m[4]:m[5]]; isName(name) {
				c.authors = mergeAuthors(c.authors, []article.Author{{Name: name, Role: line[m[2]:m[3]]}})
			}
			line = line[m[5]:]
		}
	case head && japaneseName.MatchString(line):
		m := japaneseName.FindStringSubmatch(line)
		c.authors = []article.Author{{Name: m[1], Role: m[2]}}
	case head && nameFirst.MatchString(line):
		m := nameFirst.FindStringSubmatch(line)
		c.authors = []article.Author{{Name: m[1], Role: m[2]}}
	case bracketed.MatchString(line):
		c.authors = parseByline(bracketed.FindStringSubmatch(line)[1])
	case !head && dom.LetterCount(line) <= maxByline/2 && bareByline.MatchString(line) && !block.EndsSentence(line):
		c.authors = parseByline(line)
	case head && dom.LetterCount(line) <= maxByline && beginsAsByline(line):
		c.authors = parseByline(line)
	}
	if len(c.authors) > 0 {
		c.setRule("author", "byline")
	}
}

// beginsAsByline reports whether a line begins with By, with a reporter's rank, or
// is a Korean name with a role.
func beginsAsByline(line string) bool {
	reporters := reporter.MatchString(line) && !block.EndsSentence(line)
	return reporters || bareByline.MatchString(line) || koreanByline.MatchString(line)
}
