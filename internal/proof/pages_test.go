package proof

import "offprint/typeset"

var wrongPages = []wrongSheet{
	{
		name: "one line below", kind: Stranded, note: "1 lines below",
		right: func(s *sheet) { s.text(2); s.head(); s.para(s.first(), s.full(), newPage, s.full(), s.short()) },
		wrong: func(s *sheet) { s.head(); s.para(s.first(), newPage, s.full(), s.short()) },
	},
	{
		name: "a column's foot", kind: Stranded, note: "0 lines below",
		right: func(s *sheet) { s.text(2); s.head(); s.figure(); s.caption(s.short()) },
		wrong: func(s *sheet) { s.text(2); s.head(); s.column(); s.text(4) },
	},
	{
		name: "parted", kind: Stranded, note: "parted",
		wrong: func(s *sheet) { s.text(2); s.put(Head, typeset.RoleHeading, s.full(), newPage, s.short()); s.text(3) },
	},
	{
		name: "at the foot of a page", kind: Orphan,
		right: func(s *sheet) { s.para(s.first(), s.full(), newPage, s.full(), s.short()) },
		wrong: func(s *sheet) { s.para(s.first(), newPage, s.full(), s.short()) },
	},
	{
		name: "at the top of a page", kind: Widow,
		wrong: func(s *sheet) { s.para(s.first(), s.full(), newPage, s.short()) },
	},
	{
		name: "at the top of a column", kind: Widow,
		wrong: func(s *sheet) { s.para(s.first(), s.full(), newColumn, s.short()) },
	},
	{
		name: "one character and a stop", kind: Runt,
		right: func(s *sheet) { s.para(s.first(), s.han(2)+"。") },
		wrong: func(s *sheet) { s.para(s.first(), s.han(1)+"。") },
	},
	{
		name: "on the next page", kind: Caption, note: "no picture above",
		right: func(s *sheet) { s.text(2); s.figure(); s.caption(s.short()); s.text(2) },
		wrong: func(s *sheet) { s.text(2); s.figure(); s.page(); s.caption(s.short()) },
	},
	{
		name: "far below", kind: Caption, note: "+6.300 em above",
		wrong: func(s *sheet) { s.figure(); s.y += 3 * leading; s.caption(s.short()) },
	},
	{
		name: "parted", kind: Caption, note: "parted",
		wrong: func(s *sheet) { s.figure(); s.caption(s.full(), newPage, s.short()) },
	},
	{
		name: "left out", kind: PicLost, note: "港口",
		wrong: func(s *sheet) {
			s.text(2)
			s.figure()
			s.doc.Pages[0].Items = s.doc.Pages[0].Items[:2]
		},
	},
	{
		name: "drawn on two pages", kind: PicSplit, note: "drawn twice",
		wrong: func(s *sheet) {
			s.text(2)
			again := *s.figure()
			s.page()
			s.add(again)
		},
	},
	{
		name: "cut by the page", kind: PicSplit, note: "cut by the page",
		wrong: func(s *sheet) {
			s.text(2)
			s.figure().At.Y = s.doc.Pages[0].Size.H - leading
		},
	},
	{
		name: "pressed together", kind: Distorted, note: "120 × 60 pt of 1200 × 680 pixels",
		wrong: func(s *sheet) {
			s.text(2)
			s.figure().H = 60 * typeset.Point
		},
	},
	{
		name: "lines", kind: Overlap,
		wrong: func(s *sheet) { s.text(2); s.y -= leading * 4 / 5; s.put(Notice, typeset.RoleDisclaimer, s.short()) },
	},
	{
		name: "a table's head that is set again", kind: Overlap,
		wrong: func(s *sheet) {
			s.text(2)
			s.y -= leading * 4 / 5
			s.put(Notice, typeset.RoleDisclaimer, s.short())
			s.expected = s.expected[:1]
			s.item(2).Artifact = true
		},
	},
	{
		name: "a line on a picture", kind: Overlap, note: "picture 港口 on",
		wrong: func(s *sheet) {
			s.text(2)
			s.figure()
			s.y -= leading
			s.put(Notice, typeset.RoleDisclaimer, s.short())
		},
	},
	{
		name: "a rule through a line", kind: Overlap, note: "rule on",
		right: func(s *sheet) {
			s.text(2)
			s.add(typeset.Placed{Kind: typeset.PlacedRule, W: s.measure, H: typeset.Point / 4, At: typeset.Position{X: s.x, Y: s.y - 12*typeset.Point}})
			s.add(typeset.Placed{Kind: typeset.PlacedRule, W: s.measure, H: 60 * typeset.Point, At: typeset.Position{X: s.x, Y: s.y - 40*typeset.Point}}) // a tint
		},
		wrong: func(s *sheet) {
			s.text(2)
			s.add(typeset.Placed{Kind: typeset.PlacedRule, W: s.measure, H: typeset.Point / 4, At: typeset.Position{X: s.x, Y: s.y - 20*typeset.Point}})
		},
	},
	{
		name: "a line in the margin", kind: Outside, note: "pt",
		wrong: func(s *sheet) { s.text(2); s.y = 15 * typeset.Point; s.put(Notice, typeset.RoleDisclaimer, s.short()) },
	},
	{
		name: "a picture in the margin", kind: Outside, note: "港口",
		wrong: func(s *sheet) {
			s.text(2)
			s.figure().At.X = 20 * typeset.Point
		},
	},
	{
		name: "furniture beyond the side margin", kind: Outside, note: "rule",
		right: func(s *sheet) { s.text(2); s.rule(typeset.Millimetres(20)) },
		wrong: func(s *sheet) { s.text(2); s.rule(typeset.Millimetres(15)) },
	},
	{
		name: "half an em over", kind: Measure, note: "+20.500 em",
		wrong: func(s *sheet) {
			s.measure += size / 2
			s.para(s.han(18)+"<500>", s.short())
		},
	},
	{
		name: "lines too near", kind: Leading, note: "14 on 10 pt is 1.400",
		wrong: func(s *sheet) {
			s.text(2)
			s.doc.Blocks[0].Style.Leading = 14 * typeset.Point
			s.item(1).At.Y -= 3 * typeset.Point
		},
	},
	{
		name: "a line out of step", kind: Leading, note: "34 pt below the line before",
		wrong: func(s *sheet) { s.text(2); s.item(1).At.Y += leading },
	},
	{
		name: "a paragraph between the lines", kind: OffGrid, note: "by 5 pt",
		right: func(s *sheet) { s.text(2); s.y += leading; s.text(2) },
		wrong: func(s *sheet) { s.text(2); s.y += 5 * typeset.Point; s.para(s.han(9)) },
	},
}

// rule draws a rule of the furniture from x to the right edge of A4's margins.
func (s *sheet) rule(x typeset.Length) {
	item := typeset.Placed{Kind: typeset.PlacedRule, Block: -1, H: typeset.Point / 4, At: typeset.Position{X: x, Y: 40 * typeset.Point}}
	item.W = s.doc.Pages[0].Size.W - typeset.Millimetres(20) - x
	s.doc.Pages[0].Items = append(s.doc.Pages[0].Items, item)
}
