package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"offprint/article"
)

// Where the visible patterns are looked for.
const (
	aboveHeadline = 10 // blocks above the headline
	belowBody     = 12 // blocks after the last paragraph
	maxMetaLine   = 160
	farOff        = 200 // blocks behind the headline, and before the text, where these are far from each other
	maxRecords    = 50  // lines in the text that say when it appeared
)

// readPatterns is the witness of what stands round the headline in print:
// labelled lines (作者：, 發表時間：, 来源：), a byline, a bare date.
func readPatterns(d *document, s *story, headline int) claims {
	c := claims{source: "pattern", confidence: confidencePattern}
	head, opening, tail, end := s.surroundings(headline)
	records := 0
	for i, p := range s.pieces {
		near := i >= head && i < opening && (i < head+farOff || i >= opening-farOff) || i >= tail && i < end
		if !near && (!s.inside[i] || records >= maxRecords) {
			continue
		}
		lines := metaLines(p)
		if !near && len(lines) == 1 && !isRecord(p) {
			continue
		}
		for _, line := range lines {
			if near {
				c.readLine(line, i < opening)
			} else if records < maxRecords && isLabelledRecord(line) {
				records++
				c.readLine(line, i < opening)
			}
		}
	}
	c.subtitle = lineUnder(s.pieces, headline)
	if len(c.authors) == 0 {
		if a := hintedAuthors(d); len(a) > 0 {
			c.authors = a
			c.setRule("author", "class of author")
		}
	}
	if len(c.authors) == 0 {
		c.authors = creditedInText(s)
	}
	if len(c.authors) == 0 {
		c.authors = bareName(d, s.pieces, headline, opening)
		c.setRule("author", "a name under the headline")
	}
	return c
}

// maxSubtitle is the longest heading, in characters, that is the headline's own.
const maxSubtitle = 80

// lineUnder is a heading straight under the headline, with the byline below it:
// a heading of the text would have the text below it.
func lineUnder(pieces []piece, headline int) string {
	if headline < 0 || headline+2 >= len(pieces) {
		return ""
	}
	p := pieces[headline+1]
	if p.Kind != article.Heading || letterCount(p.Text) > maxSubtitle || wholeLink(p) || isFurniture(p.Block) || sectionMarkers.MatchString(p.Text) {
		return ""
	}
	below := pieces[headline+2 : min(headline+4, len(pieces))]
	if prose(below[0]) || !slices.ContainsFunc(below, isByline) {
		return ""
	}
	return squeeze(p.Text)
}

// surroundings are the blocks from a little above the headline to the first
// paragraph, and those after the last one.
func (s *story) surroundings(headline int) (head, opening, tail, end int) {
	opening = s.opening()
	head = headline - aboveHeadline
	if headline < 0 || headline > opening {
		head = opening - 2*aboveHeadline
	}
	if _, last := s.proseSpan(); last >= 0 {
		tail, end = last+1, last+1+belowBody
	}
	return head, opening, tail, end
}

// metaLines are the short lines of a block, a list's or a table's too.
func metaLines(p piece) []string {
	if p.Kind == article.Figure {
		return nil
	}
	var lines []string
	for _, line := range strings.Split(plain(p.Block), "\n") {
		if line = squeeze(line); line != "" && letterCount(line) <= maxMetaLine {
			lines = append(lines, line)
		}
	}
	return lines
}

var (
	bareByline = regexp.MustCompile(`^(?i:(?:written )?by)\s+\p{Lu}`)
	bracketed  = regexp.MustCompile(`^[（(【〔\[]\s*((?:(?:本[报報]|\p{Han}{2,5}社)?(?:特[约約])?(?:记者|記者)[\s　` + pairMarks + `]*|(?:撰文|作者|文)[\s　]*[` + pairMarks + `][\s　]*)[^）)】〕\]]{2,30})[）)】〕\]]$`)
)

// afterRole is 記者 陳小明 beside something else, another such pair perhaps;
// nameFirst is 陳小明／文.
var (
	afterRole = regexp.MustCompile(`(?:^|[\s　|｜])((?:\p{Han}{2,6}?)?` + reporterRank + `?(?:记者|記者))[\s　]+(\p{Han}{2,4})(?:$|[\s　|｜\d])`)
	nameFirst = regexp.MustCompile(`^(\p{Han}{2,4})[\s　]*[` + solidi + `][\s　]*(文|撰文|报道|報道|報導)(?:$|[\s　|｜])`)
)

// japaneseName is 三崎灯子（編集委員）, with the role that tells it from other
// words in brackets.
var japaneseName = regexp.MustCompile(`^([\p{Han}\p{Hiragana}\p{Katakana}ー]{2,8}(?:[\s　][\p{Han}\p{Hiragana}\p{Katakana}ー]{1,6})?)[\s　]*[（(]([^（）()]{0,10}(?:委員|記者|編集長|編集者|支局長|局長|部長|ライター|特派員|論説主幹|キャスター))[）)]$`)

// readLine reads one line of the head or the tail.
func (c *claims) readLine(line string, head bool) {
	fields := labelledFields(line)
	for _, f := range fields {
		switch f.kind {
		case labelAuthor:
			authors := parseByline(f.value)
			for i := range authors {
				if authors[i].Role == "" {
					authors[i].Role = f.label
				}
			}
			c.authors = mergeAuthors(c.authors, authors)
			c.setRule("author", "label "+f.label)
		case labelDate:
			if c.published == "" || c.rules["published"] == "bare date" {
				if datedLine(f.value) {
					c.published = f.value
					c.setRule("published", "label "+f.label)
				}
			}
		case labelEdit:
			if c.modified == "" && datedLine(f.value) {
				c.modified = f.value
			}
		case labelSource:
			if name := firstName(f.value); c.agency == "" && name != "" {
				c.agency = name
			}
		case labelColumn:
			if c.column == "" && letterCount(f.value) <= 20 {
				c.column = f.value
			}
		}
	}
	if len(c.authors) == 0 {
		c.readByline(line, head)
	}
	if head && c.published == "" && datedLine(line) && !modifiedLabel.MatchString(line) && letterCount(line) <= 80 {
		c.published = untilOther(line, fields)
		c.setRule("published", "bare date")
	}
}

func (c *claims) readByline(line string, head bool) {
	switch {
	case head && inText.MatchString(line):
		c.authors = parseByline(inText.FindStringSubmatch(line)[1])
	case head && letterCount(line) <= maxByline && afterRole.MatchString(line):
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
	case !head && letterCount(line) <= maxByline/2 && bareByline.MatchString(line) && !endsSentence(line):
		c.authors = parseByline(line)
	case head && letterCount(line) <= maxByline && (bareByline.MatchString(line) || reporter.MatchString(line) && !endsSentence(line) || koreanByline.MatchString(line)):
		c.authors = parseByline(line)
	}
	if len(c.authors) > 0 {
		c.setRule("author", "byline")
	}
}

// untilOther leaves "来源：…　更新：…" off a line that begins with a date.
func untilOther(line string, fields []labelled) string {
	for _, f := range fields {
		if before, _, ok := strings.Cut(line, f.label); ok && datedLine(before) {
			return trimValue(before)
		}
	}
	return line
}

func datedLine(s string) bool {
	_, bad := parseDate(s, nil, east8)
	return bad != noDate
}

// firstName is the name at the start of a value.
func firstName(s string) string {
	if m := bylineEnd.FindStringIndex(s); m != nil {
		s = s[:m[0]]
	}
	if i := strings.IndexAny(s, " 　"); i > 0 && isWide([]rune(s)[0]) {
		s = s[:i]
	}
	s = trimValue(s)
	if letterCount(s) < 2 || letterCount(s) > 30 {
		return ""
	}
	return s
}

var authorHints = []string{"author", "byline", "writer", "reporter", "authors", "journalist", "zuozhe"}

// hintedAuthors reads the first short element whose class calls it the author.
func hintedAuthors(d *document) []article.Author {
	var found []article.Author
	each(d.body, func(n *html.Node) bool {
		if len(found) > 0 || isElement(n, "aside", "footer") {
			return false
		}
		if attr(n, "rel") == "author" || hinted(n, authorHints...) {
			if text, short := shortText(n, maxByline); short && trimEdges(text) != "" && letterCount(text) <= maxByline {
				found = parseByline(text)
				if len(found) == 1 && n.Data == "a" {
					found[0].URL = d.at.link(attr(n, "href"))
				}
				return false
			}
		}
		return true
	})
	return found
}

// inText is 【記者陳小明／台北報導】 at the start of a line.
var inText = regexp.MustCompile(`^[【〔［\[（(]((?:[\p{Han}]{2,5}社)?(?:记者|記者)[^】〕］\]）)。]{2,30})[】〕］\]）)]`)

// surnames are the commonest, of mainland, Hong Kong and Taiwan, in both
// scripts: they cover nine names in ten.
const surnames = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖蕭萧田董潘袁蔡蒋蔣余余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石贾賈韦韋夏付傅方邹鄒熊白孟秦邱江尹薛闫閻雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳欧管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺"

// bareName is a name of three characters, by itself or beside the date, in the
// lines between headline and text.
func bareName(d *document, pieces []piece, headline, opening int) []article.Author {
	if headline < 0 {
		return nil
	}
	for i := headline; i < opening && i < len(pieces); i++ {
		for _, line := range metaLines(pieces[i]) {
			if m := placedNames.FindAllStringSubmatch(line, -1); len(m) > 0 && placedNames.ReplaceAllString(line, "") == "" {
				var authors []article.Author
				for _, name := range m {
					authors = append(authors, article.Author{Name: name[1]})
				}
				return authors
			}
			if englishName.MatchString(line) && besideRecord(pieces, i) {
				return parseByline(line)
			}
			words := strings.Fields(line)
			if len(words) > 1 && !datedLine(line) || letterCount(line) > maxByline {
				continue
			}
			if i == headline+1 && shortName(d, pieces, i, words) {
				return []article.Author{{Name: words[0]}}
			}
			for _, w := range words {
				if r := []rune(w); len(r) == 3 && hanName.MatchString(w) && strings.ContainsRune(surnames, r[0]) && isName(w) {
					return []article.Author{{Name: w}}
				}
			}
		}
	}
	return nil
}

// shortName reports whether a line straight under the headline is a name of two
// characters: by itself with the date in the next line, or before the date. Two
// characters are a word oftener than a name, so nothing else will do, and what
// <title> says beside the headline is a section.
func shortName(d *document, pieces []piece, i int, words []string) bool {
	if len(words) == 0 || utf8.RuneCountInString(words[0]) != 2 || wholeLink(pieces[i]) {
		return false
	}
	name := words[0]
	r, _ := utf8.DecodeRuneInString(name)
	dated := len(words) == 1 && i+1 < len(pieces) && isRecord(pieces[i+1]) || len(words) > 1 && isRecordLine(strings.Join(words[1:], " "))
	return dated && hanName.MatchString(name) && strings.ContainsRune(surnames, r) && isName(name) && !isSectionWord(name) &&
		!slices.Contains(titleParts(d.titleTag), name)
}

// englishName is a name in Latin letters: Anna Brook, A. B. D’Arcy-Reed.
var englishName = regexp.MustCompile(`^\p{Lu}[\pL'’-]*\.?(?: \p{Lu}[\pL'’-]*\.?){1,3}$`)

// placedNames is "Anna Brook in Hong Kong and Tom Reed in Shenzhen".
var placedNames = regexp.MustCompile(`(?:^|,? and |, )(\p{Lu}[\pL'’-]*\.?(?: \p{Lu}[\pL'’-]*\.?){1,3}) in \p{Lu}[\pL'’-]*(?: \p{Lu}[\pL'’-]*)*`)

// besideRecord reports whether the article's date stands next to a block: what
// looks like a name there is one.
func besideRecord(pieces []piece, i int) bool {
	return i > 0 && isRecordLine(pieces[i-1].Text) || i+1 < len(pieces) && isRecordLine(pieces[i+1].Text)
}

// creditedInText reads such a byline at the start of the first paragraph.
func creditedInText(s *story) []article.Author {
	opening := s.opening()
	if opening < 0 {
		return nil
	}
	if m := inText.FindStringSubmatch(s.pieces[opening].Text); m != nil {
		return parseByline(m[1])
	}
	return nil
}
