package proof

import (
	"strings"

	"offprint/typeset"
)

// spread puts the same white between all characters of a line.
func spread(text, gap string) string {
	return strings.Join(strings.Split(text, ""), gap)
}

// The measure is 20 em, the first line of a paragraph has 18.
var wrongLines = []wrongSheet{
	{
		name: "a comma", kind: LineStart, note: "，",
		right: func(s *sheet) { s.para(s.first(), s.han(18)+"，"+s.han(1), s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), "，"+s.han(19), s.short()) },
	},
	{
		name: "an interpunct", kind: LineStart, note: "·",
		wrong: func(s *sheet) { s.para(s.first(), "·"+s.han(19), s.short()) },
	},
	{
		name: "an opening bracket", kind: LineEnd, note: "（",
		right: func(s *sheet) { s.para(s.first(), "<-500>（"+spread(s.han(19), "<28>"), s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"（", s.short()) },
	},
	{
		name: "a solidus on the mainland", kind: LineEnd, note: "／",
		right: func(s *sheet) {
			s.lang = "zh-Hant-HK"
			s.para(s.first(), s.han(19)+"／", s.short())
		},
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"／", s.short()) },
	},
	{
		name: "a Latin word", kind: WordSplit, note: "b│c",
		right: func(s *sheet) { s.para(s.first(), spread(s.han(18), "<47>")+"<200>ab ", "cd<200>"+s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"ab", "cd"+s.short()) },
	},
	{
		name: "a number at its comma", kind: WordSplit, note: ",│4",
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"7,", "460"+s.short()) },
	},
	{
		name: "a full-width number", kind: WordSplit, note: "２│０",
		right: func(s *sheet) { s.para(s.first(), s.han(16)+"２０２５", s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"２", "０２５"+s.short()) },
	},
	{
		name: "a two-em dash", kind: DashSplit,
		right: func(s *sheet) { s.para(s.first(), s.han(18)+"——", s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"—", "—"+s.short()) },
	},
	{
		name: "an ellipsis", kind: DashSplit,
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"…", "…"+s.short()) },
	},
	{
		name: "a number and its unit", kind: UnitSplit, note: "5│亿",
		right: func(s *sheet) { s.para(s.first(), spread(s.han(17), "<31>")+"<250>15<250>亿", s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"15", "亿"+s.short()) },
	},
	{
		name: "an address in a word", kind: AddrSplit, note: "p│a",
		right: func(s *sheet) { s.para(spread(s.han(5), "<150>")+"<400>https://www.example.com/", "page") },
		wrong: func(s *sheet) { s.para(s.han(4)+"<200>https://www.example.com/p", "age") },
	},
	{
		name: "a line that ends short", kind: Ragged, note: "ends -1.000 em",
		wrong: func(s *sheet) { s.para(s.first(), s.han(19), s.short()) },
	},
	{
		name: "a closing mark that keeps its white", kind: Ragged, note: "ends -0.500 em",
		right: func(s *sheet) { s.para(s.first(), spread(s.han(19), "<28>")+"。", s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(19)+"。", s.short()) },
	},
	{
		name: "a centred stop trimmed", kind: Ragged, note: "ends +0.504 em",
		right: func(s *sheet) {
			s.lang, s.face.Centred = "zh-Hant-TW", true
			s.para(s.first(), s.han(19)+"。", s.short())
		},
		wrong: func(s *sheet) {
			s.lang, s.face.Centred = "zh-Hant-TW", true
			s.para(s.first(), spread(s.han(19), "<28>")+"。", s.short())
		},
	},
	{
		name: "a line that begins late", kind: Ragged, note: "begins +0.100 em",
		wrong: func(s *sheet) {
			s.para(s.first(), s.full(), s.full(), s.short())
			s.item(2).At.X += size / 10
			s.item(2).Run.Glyphs = s.item(2).Run.Glyphs[:19]
			s.expected[0].Text = strings.Join(strings.Split(s.expected[0].Text, "")[:57], "")
			s.doc.Pages[0].Items = s.doc.Pages[0].Items[:3]
		},
	},
	{
		name: "a heading beyond the measure", kind: Overfull, note: "by +0.950 em",
		right: func(s *sheet) { s.text(2); s.head(); s.text(2) },
		wrong: func(s *sheet) { s.put(Head, typeset.RoleHeading, s.han(21)); s.text(2) },
	},
	{
		name: "Han far apart", kind: Loose, note: "+0.111 em",
		right: func(s *sheet) {
			s.measure = 28 * size
			s.para(s.first(), spread(s.han(27), "<38>"), s.short())
		},
		wrong: func(s *sheet) {
			s.measure = 28 * size
			s.para(s.first(), spread(s.han(25), "<111>")+"<336>", s.short())
		},
	},
	{
		name: "one place opened", kind: Uneven, note: "+1.000 em",
		right: func(s *sheet) { s.para(s.first(), spread(s.han(19), "<55>"), s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(9)+"<1000>"+s.han(10), s.short()) },
	},
	{
		name: "a dash opened", kind: Spread, note: "—— +0.100 em",
		right: func(s *sheet) { s.para(s.first(), s.han(9)+"——"+s.han(9), s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), s.han(9)+"—<100>—"+s.han(9), s.short()) },
	},
	{
		name: "a number opened", kind: Spread, note: "25 +0.100 em",
		right: func(s *sheet) { s.para(s.first(), s.han(4)+"<200>25<200>年") },
		wrong: func(s *sheet) { s.para(s.first(), s.han(4)+"<200>2<100>5<200>年") },
	},
	{
		name: "a number and its unit opened", kind: Spread, note: "5年 +0.400 em",
		wrong: func(s *sheet) { s.para(s.han(4) + "<200>25<400>年") },
	},
	{
		name: "no gap", kind: HanLatin, note: "│a 0.000 em",
		right: func(s *sheet) { s.para(s.han(4) + "<200>ab<200>" + s.han(4)) },
		wrong: func(s *sheet) { s.para(s.han(4) + "ab<200>" + s.han(4)) },
	},
	{
		name: "a gap wider than half an em", kind: HanLatin, note: "b│",
		wrong: func(s *sheet) { s.para(s.han(4) + "<200>ab<600>" + s.han(4)) },
	},
	{
		name: "no gap beyond what the line has opened", kind: HanLatin, note: "b│国 0.028 em",
		right: func(s *sheet) { // a number keeps its distance to its unit
			s.para(s.first(), spread(s.han(15), "<186>")+"<200>25<200>年", s.short())
		},
		wrong: func(s *sheet) {
			s.para(s.first(), spread(s.han(15), "<172>")+"<372>ab<200>国", s.short())
		},
	},
	{
		name: "gaps of a third", kind: GapMedian, note: "0.333 em",
		right: func(s *sheet) { s.para(s.han(4) + "<200>ab<150>" + s.han(2) + "<250>c") },
		wrong: func(s *sheet) { s.para(s.han(4) + "<333>ab<333>" + s.han(2) + "<333>c") },
	},
	{
		name: "closing and opening", kind: Unsqueezed, note: "》（ +1.000 em",
		right: func(s *sheet) { s.para(s.han(4) + "》<-500>（" + s.han(4)) },
		wrong: func(s *sheet) { s.para(s.han(4) + "》（" + s.han(4)) },
	},
	{
		name: "two opening", kind: Unsqueezed, note: "《〈",
		right: func(s *sheet) { s.para(s.han(4) + "<-500>《<-500>〈" + s.han(4)) },
		wrong: func(s *sheet) { s.para(s.han(4) + "《〈" + s.han(4)) },
	},
	{
		name: "a stop and a bracket", kind: Unsqueezed, note: "。」",
		right: func(s *sheet) {
			s.lang, s.face.Centred = "zh-Hant-HK", true // a centred stop keeps its em
			s.para(s.han(4) + "。」" + s.han(4))
		},
		wrong: func(s *sheet) { s.para(s.han(4) + "。」" + s.han(4)) },
	},
	{
		name: "none", kind: Indent, note: "-2.000 em from 2 em",
		wrong: func(s *sheet) {
			s.text(3)
			s.item(0).At.X -= 2 * size
		},
	},
	{
		name: "two ems in Japanese", kind: Indent, note: "+1.000 em from 1 em",
		right: func(s *sheet) {
			s.lang = "ja"
			s.text(3)
			s.item(0).At.X -= size
			s.item(0).Run.Glyphs = append(s.item(0).Run.Glyphs, typeset.Glyph{ID: 1, Text: "国", X: 18 * size})
			s.expected[0].Text = insert(s.expected[0].Text, 18, "国")
		},
		wrong: func(s *sheet) {
			s.lang = "ja"
			s.text(3)
		},
	},
	{
		name: "before the ink of a bracket", kind: Indent, note: "+0.500 em from 2 em",
		right: func(s *sheet) { s.para("<-500>（"+spread(s.han(17), "<31>"), s.full(), s.short()) },
		wrong: func(s *sheet) { s.para("（"+s.han(17), s.full(), s.short()) },
	},
}

// insert puts text in before character n.
func insert(text string, n int, more string) string {
	runes := []rune(text)
	return string(runes[:n]) + more + string(runes[n:])
}
