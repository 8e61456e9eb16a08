package extract

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// maxByline is the longest line, in characters, that is read as a byline.
const maxByline = 60

// A value of a byline ends before what the page's furniture adds to it.
var bylineEnd = regexp.MustCompile(`(?i)[|｜•·]\s|[|｜]|评论|評論|点击|點擊|浏览|瀏覽|阅读|閱讀|收藏|分享|字体|字體|打印|列印|关注|關注|` +
	`[12]\d{3}\s*[年/.\-]|民[國国]\d|\d{1,2}:\d\d|https?:|[^\s@]+@|。$`)

// reporterRank stands before 记者.
const reporterRank = `(?:特[约約]|实习|實習|见习|見習|首席|资深|資深)`

var (
	bylineLabel = regexp.MustCompile(`^(?i)(` + authorLabels + `)[\s　\x{00A0}]*[` + dom.LabelMarks + `][\s　\x{00A0}]*`)
	reporter    = regexp.MustCompile(`^((?:本[报報刊]|[\p{Han}]{2,5}社)?` + reporterRank + `?(?:记者|記者))[\s　\x{00A0}]*`)
	japaneseBy  = regexp.MustCompile(`^(文|取材|執筆|取材・文|文・写真|取材・文・写真)[・　]\s*([\p{Han}\p{Hiragana}\p{Katakana}ー]{3,10})$`)
	english     = regexp.MustCompile(`^(?i:(?:written )?by)\s+`)
	// 김철수 기자, 김철수·이영희 선임기자; after it, or before it, stands the date.
	koreanByline = regexp.MustCompile(`(?:^|[\s|｜(（\[=/·])(\p{Hangul}{2,4}(?:\s?[·,]\s?\p{Hangul}{2,4})*)\s*((?:선임|` +
		`수석|전문|객원|인턴)?기자|특파원|논설위원|칼럼니스트|교수)(?:$|[^\p{Hangul}])`)
	reports      = regexp.MustCompile(`(?:综合|綜合|摄影|攝影|專題|专题)?(?:报道|報道|報導|专访|專訪|特稿)$`)
	nameSplitter = regexp.MustCompile(`[、,，;；` + dom.Solidi + `&＆\n]|\s+and\s+|[及與]|\s{2,}|　`)
	jobTitle     = regexp.MustCompile(`(?i)^[\pL ]*\b(?:correspondent|reporter|editor|columnist|writer|analyst|` +
		`contributor|bureau chief|producer|economist|strategist|professor)$`)
	hanName = regexp.MustCompile(`^\p{Han}{2,4}$`)
)

// parseByline gives the people in a byline: "作者: 陈墨", "文／林海 图／周山",
// "記者陳小明／台北報導", "By A. Smith and B. Jones", or names alone.
func parseByline(line string) []article.Author {
	line = dom.TrimMarks(dom.Squeeze(line[:dom.WholeRunes(line, block.MaxField)]))
	role := ""
	switch {
	case bylineLabel.MatchString(line):
		m := bylineLabel.FindStringSubmatch(line)
		if role, line = m[1], line[len(m[0]):]; strings.EqualFold(role, "by") {
			role = ""
		}
	case japaneseBy.MatchString(line):
		m := japaneseBy.FindStringSubmatch(line)
		return []article.Author{{Name: m[2], Role: m[1]}}
	case reporter.MatchString(line):
		m := reporter.FindStringSubmatch(line)
		role, line = m[1], line[len(m[0]):]
	case english.MatchString(line):
		line = line[len(english.FindString(line)):]
	}
	if m := koreanByline.FindStringSubmatch(line); m != nil && role == "" {
		return koreanAuthors(m[1], m[2])
	}
	if m := fieldLabel.FindStringSubmatchIndex(line); m != nil {
		line = line[:m[2]]
	}
	if m := bylineEnd.FindStringIndex(line); m != nil {
		line = line[:m[0]]
	}
	var authors []article.Author
	for i, part := range nameSplitter.Split(line, -1) {
		part = dom.TrimMarks(part)
		if k := len(authors) - 1; k >= 0 && jobTitle.MatchString(part) {
			authors[k].Role = cmp.Or(authors[k].Role, part)
			continue
		}
		if i > 0 && reports.MatchString(part) {
			continue // the place: ／台北報導
		}
		for _, name := range splitHanNames(dom.TrimMarks(reports.ReplaceAllString(part, ""))) {
			a := article.Author{Name: name, Role: role}
			if m := koreanByline.FindStringSubmatch(name); m != nil {
				a.Name, a.Role = m[1], m[2] // 글: 김철수 기자
			}
			if m := reporter.FindString(a.Name); role == "" && m != "" && len(m) < len(a.Name) {
				a.Name, a.Role = a.Name[len(m):], dom.TrimMarks(m)
			}
			if isName(a.Name) {
				authors = mergeAuthors(authors, []article.Author{a})
			}
		}
	}
	return authors
}

func koreanAuthors(names, role string) []article.Author {
	var authors []article.Author
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return r == '·' || r == ',' }) {
		if name = dom.TrimMarks(name); isName(name) && !notNames[name] {
			authors = append(authors, article.Author{Name: name, Role: role})
		}
	}
	return authors
}

// splitHanNames parts names that only a space parts: 张三 李四.
func splitHanNames(s string) []string {
	words := strings.Fields(s)
	for _, w := range words {
		if !hanName.MatchString(w) {
			return []string{s}
		}
	}
	return words
}

// notNames are words that stand where a name could.
var notNames = map[string]bool{
	"admin": true, "administrator": true, "editor": true, "staff": true, "author": true,
	"null": true, "undefined": true, "none": true, "unknown": true,
	"作者": true, "编辑": true, "編輯": true, "记者": true, "記者": true, "校对": true, "校對": true,
	"网络": true, "網絡": true, "本网": true, "本報訊": true, "本报讯": true,
	"담당": true, "시민": true, "취재": true, "입력": true, "등록": true,
}

// A name has so many characters.
const (
	minPerson = 2
	maxPerson = 40
)

// isName reports whether a text may be a person's name: letters more than anything
// else, and no sentence.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < minPerson || n > maxPerson || notNames[strings.ToLower(s)] {
		return false
	}
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("。！？!?；;：:《》“”「」<>{}=", r):
			return false
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		}
	}
	return letters >= minPerson && digits <= letters
}
