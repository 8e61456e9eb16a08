package proof

var wrongText = []wrongSheet{
	{
		name: "a word at the end", kind: Lost, note: "失踪 2 characters of block 1",
		wrong: func(s *sheet) {
			s.text(3)
			s.expected[0].Text += "失踪"
		},
	},
	{
		name: "two paragraphs in the wrong order", kind: Lost, note: "43 characters of block 1",
		right: func(s *sheet) { s.text(3); s.text(4) },
		wrong: func(s *sheet) {
			s.text(4)
			s.text(3)
			s.expected[0], s.expected[1] = s.expected[1], s.expected[0]
		},
	},
	{
		name: "a line that nobody wrote", kind: Stray, note: "分享",
		wrong: func(s *sheet) {
			s.text(3)
			s.para(s.han(16) + "分享")
			s.expected = s.expected[:1]
			s.item(3).Run.Glyphs = s.item(3).Run.Glyphs[16:]
		},
	},
	{
		name: "the head of a table that goes on, where it is no furniture", kind: Stray, note: "月份",
		right: func(s *sheet) {
			s.text(3)
			s.para("月份")
			s.expected = s.expected[:1]
			s.item(3).Artifact = true
		},
		wrong: func(s *sheet) {
			s.text(3)
			s.para("月份")
			s.expected = s.expected[:1]
		},
	},
	{
		name: "a Kangxi radical", kind: Code, note: "U+2F00",
		wrong: func(s *sheet) {
			s.para(s.first(), s.full(), s.han(4)+"⼀")
			s.expected[0].Text = s.expected[0].Text[:len(s.expected[0].Text)-len("⼀")] + "一"
		},
	},
	{
		name: "glyph 0", kind: Tofu, note: "U+3400",
		wrong: func(s *sheet) {
			s.text(3)
			s.item(0).Run.Glyphs[0].ID = 0
		},
	},
	{
		name: "a stand-in", kind: Tofu, note: "U+3400",
		wrong: func(s *sheet) {
			s.text(3)
			s.item(0).Run.Glyphs[0].ID, _ = s.face.Glyph('〓')
		},
	},
}
