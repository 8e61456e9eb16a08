package pdf

import (
	"strings"
	"testing"

	"offprint/typeset"
)

func TestStructure(t *testing.T) {
	for _, test := range []struct {
		name  string
		build func(*composer)
		want  string
	}{
		{"headings and paragraphs", func(c *composer) {
			c.text(typeset.RoleHeadline, 1, "题")
			c.text(typeset.RoleStandfirst, 0, "副")
			c.text(typeset.RoleHeading, 2, "节")
			c.text(typeset.RoleHeading, 3, "小节")
			c.text(typeset.RoleHeading, 9, "末节")
			c.text(typeset.RoleHeading, 2, "又一节")
			c.text(typeset.RoleHeading, 6, "又一小节")
			c.text(typeset.RoleBody, 0, "文")
		}, `
Document
  H1 “题”
  P “副”
  H2 “节”
  H3 “小节”
  H4 “末节”
  H2 “又一节”
  H3 “又一小节”
  P “文”
`},
		{"a block over two pages, and furniture that is passed over", func(c *composer) {
			b := c.block(typeset.RoleBody, 0)
			c.place(b, c.run("上"), 0)
			c.add(typeset.Placed{Kind: typeset.PlacedRun, Run: c.run("页1"), Block: none, Artifact: true})
			c.page()
			c.add(typeset.Placed{Kind: typeset.PlacedRun, Run: c.run("眉"), Block: none, Artifact: true})
			c.add(typeset.Placed{Kind: typeset.PlacedRule, W: 9, H: 9, Block: b})
			c.place(b, c.run("下"), 0)
		}, `
Document
  P “上” “下”
`},
		{"furniture that is read", func(c *composer) {
			logo := pngPicture(t, corners(8, 8))
			c.add(typeset.Placed{Kind: typeset.PlacedImage, Image: logo, Alt: "报", W: 99, H: 99, Block: none})
			first := c.run("财经")
			c.place(none, first, 0)
			c.place(none, c.run("›"), first.Width)
			c.place(none, c.run("网"), 0)
			c.text(typeset.RoleHeadline, 1, "题")
		}, `
Document
  Figure Alt=报 “”
  P “财经›”
  P “网”
  H1 “题”
`},
		{"pictures and captions", func(c *composer) {
			c.figure(pngPicture(t, corners(8, 8)), "甲")
			c.text(typeset.RoleCaption, 0, "图一")
			c.figure(pngPicture(t, corners(8, 8)), "图片")
			c.text(typeset.RoleBody, 0, "文")
			c.text(typeset.RoleCaption, 0, "无图")
			c.text(typeset.RoleFigure, 0, "图片未能载入")
			c.text(typeset.RoleCaption, 0, "图三")
		}, `
Document
  Div
    Figure Alt=甲 “”
    Caption “图一”
  Div
    Figure Alt=图片 “”
  P “文”
  P “无图”
  P “图片未能载入”
  P “图三”
`},
		{"quotes", func(c *composer) {
			from := func(source, block int) { c.doc.Blocks[block].Source.Index = 100 + source }
			from(1, c.text(typeset.RoleQuote, 0, "一"))
			barred := item(c, 1, "•", "项")
			c.doc.Blocks[barred].Decor.Bar = typeset.Point
			from(1, barred)
			from(1, c.text(typeset.RoleQuote, 0, "二"))
			from(2, c.text(typeset.RoleQuote, 0, "另"))
			c.text(typeset.RoleBody, 0, "文")
			c.text(typeset.RoleQuote, 0, "三")
		}, `
Document
  BlockQuote
    P “一”
    L ListNumbering=Disc
      LI
        Lbl “•”
        LBody “项”
    P “二”
  BlockQuote
    P “另”
  P “文”
  BlockQuote
    P “三”
`},
		{"lists", func(c *composer) {
			item(c, 1, "1.", "一")
			picture := c.figure(pngPicture(t, corners(8, 8)), "画")
			c.doc.Blocks[picture].Source = listed
			item(c, 2, "•", "一之一")
			item(c, 2, "•", "一之二")
			item(c, 2, "", "续")
			item(c, 1, "2", "二")
			c.text(typeset.RoleBody, 0, "文")
			item(c, 1, "", "无号")
		}, `
Document
  L ListNumbering=Decimal
    LI
      Lbl “1.”
      LBody “一”
        Div
          Figure Alt=画 “”
        L ListNumbering=Disc
          LI
            Lbl “•”
            LBody “一之一”
          LI
            Lbl “•”
            LBody “一之二”
              P “续”
    LI
      Lbl “2”
      LBody “二”
  P “文”
  L ListNumbering=None
    LI
      LBody “无号”
`},
		{"tables", func(c *composer) {
			row(c, 1, []string{"年", "吨"}, true, true)
			row(c, 1, []string{"去年", "5"}, true, false)
			row(c, 1, []string{"", "7"}, true, false)
			row(c, 2, []string{"另", "甲"}, false, false)
			cells := c.doc.Blocks[len(c.doc.Blocks)-1].Cells
			cells[0].Rows, cells[1].Columns = 9, 2
			row(c, 2, []string{""}, false) // nothing of it is drawn
			row(c, 2, []string{"乙"}, false)
			named := c.text(typeset.RoleTable, 0, "表三")
			c.doc.Blocks[named].Table = 3
			row(c, 3, []string{"月"}, true)
			c.doc.Blocks[len(c.doc.Blocks)-1].Head = true
		}, `
Document
  Table
    TR
      TH Scope=Column “年”
      TH Scope=Column “吨”
    TR
      TH Scope=Row “去年”
      TD “5”
    TR
      TH Scope=Row
      TD “7”
  Table
    TR
      TD RowSpan=3 “另”
      TD ColSpan=2 “甲”
    TR
      TD
      TD
    TR
      TD “乙”
      TD
  Table
    Caption “表三”
    TR
      TH Scope=Column “月”
`},
		{"links", func(c *composer) {
			const a, b = "https://a.org/", "https://b.org/"
			block := c.block(typeset.RoleBody, 0)
			linked := func(text, href string) {
				r := c.run(text)
				r.Href = href
				c.place(block, r, 0)
			}
			linked("见", "")
			linked("甲", a)
			c.feed()
			linked("甲下", a) // goes on in the next line
			linked("乙", b)
			linked("和", "")
			linked("甲", a)
			linked("丙", "javascript:alert(1)")
			linked("https://c.org/%E6%B8%AF", "https://c.org/港") // told in its own characters
			// What its block says is more than what is drawn at once.
			named := c.block(typeset.RoleBody, 0)
			c.doc.Blocks[named].Spans = []typeset.Span{
				{Text: "上", Href: a}, {Text: " "}, {Text: "long \u00ADlin", Href: a}, {Text: "ks ", Href: a}, {Text: "下", Href: a},
			}
			for i, part := range []string{"上", "long", "links", "下"} {
				if i == 1 {
					c.place(named, c.run("和"), 0)
				}
				r := c.run(part)
				r.Href = a
				c.place(named, r, 0)
			}
		}, `
Document
  P “见” “和” “丙”
    Link “甲甲下” →https://a.org/ (甲) →https://a.org/ (甲)
    Link “乙” →https://b.org/ (乙)
    Link “甲” →https://a.org/ (甲)
    Link “https://c.org/%E6%B8%AF” →https://c.org/%E6%B8%AF (https://c.org/港)
  P “和”
    Link “上” →https://a.org/ (上)
    Link “longlinks下” →https://a.org/ (long links 下)
`},
		{"languages", func(c *composer) {
			b := c.text(typeset.RoleQuote, 0, "電")
			c.doc.Blocks[b].Style.Lang = "zh-Hant-HK"
			r := c.run("lift")
			r.Lang = "en"
			c.place(b, r, 0)
		}, `
Document
  BlockQuote
    P Lang=zh-Hant-HK “電” “lift”
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := compose()
			test.build(c)
			if got := "\n" + sound(t, write(t, c.doc)).structure(); got != test.want {
				t.Errorf("got%swant%s", got, test.want)
			}
		})
	}
}

// A run in another language than its block's says so.
func TestRunLanguage(t *testing.T) {
	c := compose()
	r := c.run("lift")
	r.Lang = "en"
	c.place(c.block(typeset.RoleBody, 0), r, 0)
	f := sound(t, write(t, c.doc))
	content := string(f.inflate(f.path(f.pages()[0], "Contents")))
	if !strings.Contains(content, "/Span <</Lang (en)/MCID 0>> BDC") {
		t.Errorf("the language is not marked:\n%s", content)
	}
}

// item sets a list item of one line. Its lines are in the block as linebreak
// would leave them there.
func item(c *composer, level int, marker, text string) int {
	b := c.block(typeset.RoleListItem, level)
	block := &c.doc.Blocks[b]
	block.Source = listed
	block.Lines = []typeset.Line{{Runs: []typeset.Run{*c.run(text)}}}
	if marker != "" {
		block.MarkerLines = []typeset.Line{{Runs: []typeset.Run{*c.run(marker)}}}
		c.place(b, &block.MarkerLines[0].Runs[0], 0)
	}
	c.place(b, &block.Lines[0].Runs[0], c.size)
	c.feed()
	return b
}

// listed is the source of all that is set of one list.
var listed = typeset.Source{Field: "blocks", Index: 99}

func row(c *composer, table int, cells []string, header ...bool) {
	b := c.block(typeset.RoleTable, 0)
	block := &c.doc.Blocks[b]
	block.Table = table
	for i, text := range cells {
		block.Cells = append(block.Cells, typeset.Cell{Header: header[i]})
		var lines []typeset.Line
		if text != "" {
			lines = []typeset.Line{{Runs: []typeset.Run{*c.run(text)}}}
		}
		block.CellLines = append(block.CellLines, lines)
	}
	for i, lines := range block.CellLines {
		if len(lines) > 0 {
			c.place(b, &lines[0].Runs[0], c.size.Scale(int64(8*i), 1))
		}
	}
	c.feed()
}
