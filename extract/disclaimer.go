package extract

import (
	"regexp"
	"strings"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
	"offprint/extract/internal/site"
)

// disclaimerText is what a publisher says so as not to answer for an article.
var disclaimerText = regexp.MustCompile(`(?i)》所刊|署名及.{0,4}不署名|不代表.{0,24}(?:立[场場]|[观觀][点點]|意[见見])|(?:免[责責][声聲]明|免責条項)|` +
	`(?:仅|僅|只|純屬|纯属)(?:代表|屬|属|為|为)?作者(?:本人|[个個]人)?(?:的)?(?:[观觀][点點]|意[见見]|[见見]解|看法|立[场場])|作者[个個]人(?:[观觀][点點]|意[见見])|` +
	`(?:不构成|不構成|並非|并非|不作為|不作为).{0,16}(?:投[资資]|[买買][卖賣]).{0,6}(?:建[议議]|意[见見]|依据|依據)|投资有风险|投資涉及風險|投資有風險|` +
	`do(?:es)? not (?:necessarily )?(?:represent|reflect|constitute)|views expressed|opinions expressed|^disclaimer\b|` +
	`投資.{0,8}(?:自己責任|勧誘)|見解を(?:示す|代表する)ものではありません|投資判断は|본지의 (?:입장|견해)|투자.{0,6}책임`)

// disclaimerLabel stands by itself before the paragraph.
var disclaimerLabel = regexp.MustCompile(`(?i)^[【\[（(＊*\s]*(?:免[责責][声聲]明|免責条項|免責事項|重要(?:声明|聲明|提示)|风险提示|風險提示|特别声明|` +
	`特別聲明|版权声明|版權聲明|声明|聲明|disclaimer)[】\]）)\s:：]*$`)

// maxDisclaimer is the longest paragraph, in characters, taken for one.
const maxDisclaimer = 600

// isDisclaimer reports whether a text is short, and says what a disclaimer says.
func isDisclaimer(text string) bool {
	return dom.LetterCount(text) <= maxDisclaimer && disclaimerText.MatchString(text)
}

// afterBody is how many blocks after the article are searched for its
// disclaimer.
const afterBody = 12

// takeDisclaimer takes the disclaimer out of the end of the article, or finds
// it just after it. Only what follows the middle of the text counts: an article
// may write about disclaimers.
func takeDisclaimer(pieces, after []block.Piece) (rest []block.Piece, disclaimer []string) {
	middle, last := len(pieces)/2, lastProse(pieces)
	labelled := false
	add := func(text string) {
		for _, line := range strings.Split(text, "\n") {
			if line = dom.TrimEdges(line); line != "" {
				disclaimer = append(disclaimer, line)
			}
		}
	}
	for i, p := range pieces {
		isLine := p.Kind == article.Paragraph || p.Kind == article.Heading || p.Kind == article.Quote
		late := isLine && i >= middle
		switch {
		case p.Role == site.RoleDisclaimer:
			add(block.Text(p.Block))
		case late && disclaimerLabel.MatchString(p.Text):
			labelled = true
		case late && labelled && underLabel(p), late && (labelled || i >= last) && isDisclaimer(block.Text(p.Block)):
			add(block.Text(p.Block))
			labelled = false
		default:
			labelled = false
			rest = append(rest, p)
		}
	}
	for i, p := range after {
		isLine := p.Kind == article.Paragraph && !mostlyLinks(p)
		switch {
		case p.Role == site.RoleDisclaimer:
			add(block.Text(p.Block))
		case i < afterBody && len(disclaimer) == 0 && isLine && isDisclaimer(p.Text):
			add(p.Text)
		}
	}
	return rest, disclaimer
}

// underLabel reports whether a block behind a label may be what it announces.
func underLabel(p block.Piece) bool {
	return p.Kind == article.Paragraph && dom.LetterCount(p.Text) <= maxDisclaimer
}
