package render

import (
	"regexp"
	"strings"

	"offprint/article"
	"offprint/typeset"
)

// front makes the blocks over the body: headline, standfirst, byline and date,
// author note. All go across the columns.
func (c *compositor) front(a *article.Article) {
	c.headline(a)
	c.standfirst(a)
	c.byline(a)
	c.authorNote(a)
}

func (c *compositor) headline(a *article.Article) {
	st := c.sheet.style(typeset.RoleHeadline)
	st.Measure, st.KeepWithNext, st.KeepTogether = c.sheet.full, 1, true
	c.addText(typeset.RoleHeadline, st, a.Title, typeset.Source{Field: "title"})
}

func (c *compositor) standfirst(a *article.Article) {
	st := c.sheet.style(typeset.RoleStandfirst)
	st.Measure, st.KeepWithNext = c.sheet.full, 1
	c.addText(typeset.RoleStandfirst, st, a.Subtitle, typeset.Source{Field: "subtitle"})
}

// hand is the role of somebody who had a hand in an article and did not write it.
var hand = regexp.MustCompile(`(?i)^(?:(?:责任|責任|网络|網絡)?(?:编辑|編輯)|责编|責編|編集|编译|編譯|翻译|翻譯|译者|譯者|整理|口述|摄影|攝影|写真|edit(?:ed by|or)|translat(?:ed by|or))$`)

// byline sets authors, source and date in one line: 陈思远　2025-07-21 10:45:19.
// Who edited or translated the article has the role before the name.
func (c *compositor) byline(a *article.Article) {
	var names, parts []string
	for _, author := range a.Authors {
		switch {
		case author.Name == "":
		case hand.MatchString(author.Role):
			parts = append(parts, author.Role+" "+author.Name)
		default:
			names = append(names, author.Name)
		}
	}
	parts = append([]string{strings.Join(names, c.sheet.words.BylineJoin)}, parts...)
	var said []string
	for _, part := range append(parts, a.Source, Dateline(a.Published)) {
		if part != "" {
			said = append(said, part)
		}
	}
	st := c.sheet.style(typeset.RoleByline)
	st.Measure, st.KeepWithNext = c.sheet.full, 1
	c.addText(typeset.RoleByline, st, strings.Join(said, "　"), typeset.Source{Field: "authors"})
}

// plainDate is a date in the page's own words that needs no rewriting.
var plainDate = regexp.MustCompile(`^[0-9０-９〇一二三四五六七八九十年月日時时分秒上下午前後晚早中民國国令和平成\-/.:： ]+$`)

// Dateline gives the date as the page has it, or as 2025-07-21 10:45 when the
// page has it only in a machine's form.
func Dateline(s *article.Stamp) string {
	if s == nil {
		return ""
	}
	if raw := strings.TrimSpace(s.Raw); raw != "" && plainDate.MatchString(raw) {
		return raw
	}
	date, clock, _ := strings.Cut(s.Time, "T")
	if s.Precision == article.PrecisionDay || len(clock) < 5 {
		return date
	}
	return date + " " + clock[:5]
}

// authorNote sets what the page says of its authors, in one tinted box.
func (c *compositor) authorNote(a *article.Article) {
	var notes []typeset.Block
	st := c.sheet.style(typeset.RoleBio)
	pad := typeset.Points(c.sheet.design.Furniture.BoxPadPt)
	after := st.After
	st.Measure, st.After, st.Before = c.sheet.full-2*pad, 0, 0
	st.Left = pad
	for i, author := range a.Authors {
		for _, paragraph := range strings.Split(author.Bio, "\n") {
			if paragraph == "" {
				continue
			}
			if len(notes) == 0 {
				label := st
				label.KeepWithNext, label.Align = 1, typeset.Left
				notes = append(notes, typeset.Block{
					Role: typeset.RoleBio, Style: label, Spans: c.text(c.sheet.words.Bio, label, true),
				})
			}
			notes = append(notes, typeset.Block{
				Role: typeset.RoleBio, Style: st, Spans: c.text(paragraph, st, false),
				Source: typeset.Source{Field: "authors", Index: i},
			})
		}
	}
	if len(notes) == 0 {
		return
	}
	c.boxes++
	for i := range notes {
		notes[i].Across = true
		notes[i].Decor = typeset.Decor{Box: c.boxes, Tint: c.sheet.colour("tint"), Pad: pad}
	}
	notes[0].Style.Before = pad
	notes[len(notes)-1].Style.After = pad + after
	c.blocks = append(c.blocks, notes...)
}

// addText adds a block of plain text that goes across the columns.
func (c *compositor) addText(role typeset.Role, st typeset.Style, text string, from typeset.Source) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	c.add(typeset.Block{Role: role, Style: st, Spans: c.text(text, st, c.sheet.bold(role)), Source: from, Across: true})
}
