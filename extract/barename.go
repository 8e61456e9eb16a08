package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// surnames are the commonest, of mainland, Hong Kong and Taiwan, in both
// scripts: they cover nine names in ten.
const surnames = "" +
	"王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖蕭萧田董潘袁蔡蒋蔣余余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭" +
	"譚陆陸范汪廖石贾賈韦韋夏付傅方邹鄒熊白孟秦邱江尹薛闫閻雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏" +
	"倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳欧管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟" +
	"艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛米柏宗瞿桂全佟应應臧闵閔苟邬鄔边邊卞姬师師和仇栾欒隋商刁沙荣榮巫寇" +
	"桑郎甄丛叢仲虞敖巩鞏明佘池查麻苑迟遲邝鄺"

// How many characters Chinese names have.
const (
	usualName    = 3 // 林小满
	shortestName = 2 // 陈一
)

// bareName is a name of three characters, by itself or beside the date, in the
// lines between headline and text.
func bareName(d *block.Document, pieces []block.Piece, headline, opening int) []article.Author {
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
			if len(words) > 1 && !datedLine(line) || dom.LetterCount(line) > maxByline {
				continue
			}
			if i == headline+1 && shortName(d, pieces, i, words) {
				return []article.Author{{Name: words[0]}}
			}
			for _, w := range words {
				if isChineseName(w, usualName) {
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
func shortName(d *block.Document, pieces []block.Piece, i int, words []string) bool {
	if len(words) == 0 || utf8.RuneCountInString(words[0]) != shortestName || wholeLink(pieces[i]) {
		return false
	}
	name, rest := words[0], words[1:]
	dated := len(rest) == 0 && i+1 < len(pieces) && isRecord(pieces[i+1])
	if len(rest) > 0 {
		dated = isRecordLine(strings.Join(rest, " "))
	}
	isSection := isSectionWord(name) || slices.Contains(titleParts(d.TitleTag), name)
	return dated && isChineseName(name, shortestName) && !isSection
}

// isChineseName reports whether a word is a name of so many characters that begins
// with one of the commonest surnames.
func isChineseName(word string, size int) bool {
	surname, _ := utf8.DecodeRuneInString(word)
	return utf8.RuneCountInString(word) == size && hanName.MatchString(word) &&
		strings.ContainsRune(surnames, surname) && isName(word)
}

// englishName is a name in Latin letters: Anna Brook, A. B. D’Arcy-Reed.
var englishName = regexp.MustCompile(`^\p{Lu}[\pL'’-]*\.?(?: \p{Lu}[\pL'’-]*\.?){1,3}$`)

// placedNames is "Anna Brook in Hong Kong and Tom Reed in Shenzhen".
var placedNames = regexp.MustCompile(`(?:^|,? and |` +
	`, )(\p{Lu}[\pL'’-]*\.?(?: \p{Lu}[\pL'’-]*\.?){1,3}) in \p{Lu}[\pL'’-]*(?: \p{Lu}[\pL'’-]*)*`)

// besideRecord reports whether the article's date stands next to a block: what
// looks like a name there is one.
func besideRecord(pieces []block.Piece, i int) bool {
	return i > 0 && isRecordLine(pieces[i-1].Text) || i+1 < len(pieces) && isRecordLine(pieces[i+1].Text)
}
