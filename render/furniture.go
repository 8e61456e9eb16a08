package render

import (
	"cmp"
	"strconv"
	"strings"

	"offprint/article"
	"offprint/typeset"
	"offprint/typeset/linebreak"
)

// furnish puts logo and section on the first page, and running head and folio
// on the others. All of it is anchored to the page's margins, so that it stands
// in the same place at every font size. It is made after the article's items,
// but stands before them on the page: the masthead is read first.
func (c *compositor) furnish(a *article.Article, pages []typeset.Page) {
	for i := range pages {
		w := &furnisher{compositor: c, page: &pages[i]}
		if i == 0 {
			w.masthead(a)
		} else {
			w.runningHead(a)
		}
		if len(pages) > 1 {
			w.foot(a, len(pages))
		}
		if c.ctx.Err() != nil {
			return
		}
		pages[i].Items = append(w.items, pages[i].Items...)
	}
}

// furnisher gathers the furniture of one page.
type furnisher struct {
	*compositor
	page  *typeset.Page
	items []typeset.Placed
}

// wordmarkPart of wordmarkOf parts of the masthead are the wordmark's at most; the
// section has the rest.
const wordmarkPart, wordmarkOf = 2, 3

// mastheadDrop is how far the masthead's baselines stand over the logo's foot, in
// thousandths of an em: Han, which reach 0.12 em below their baseline, then end a
// little above it.
const mastheadDrop = 200

// masthead sets the logo left, or the site's name as a wordmark, the section
// right, and a rule under both.
func (w *furnisher) masthead(a *article.Article) {
	f := w.sheet.design.Furniture
	top, height := typeset.Millimetres(f.LogoTopMM), typeset.Millimetres(f.LogoHeightMM)
	foot := top + height
	taken := typeset.Length(0)
	if logo := w.in.Logo; logo != nil {
		pw, ph := logo.Upright()
		width := height.Scale(int64(max(1, pw)), int64(max(1, ph)))
		if most := typeset.Millimetres(f.LogoMaxWidthMM); width > most {
			width, height = most, most.Scale(int64(max(1, ph)), int64(max(1, pw)))
		}
		w.items = append(w.items, typeset.Placed{
			Kind: typeset.PlacedImage, Image: logo, Alt: cmp.Or(wordmark(a), w.sheet.pictureWord()), W: width, H: height,
			At: typeset.Position{X: w.sheet.side, Y: foot - height}, Block: -1,
			Role: typeset.RoleSection, Source: typeset.Source{Field: "site"},
		})
		taken = width
	} else if name := wordmark(a); name != "" {
		st := w.furnitureStyle(typeset.RoleSection, typeset.Left)
		st.Size, st.Colour = typeset.Points(f.WordmarkSize), w.sheet.colour("accent")
		st.Measure = st.Measure.Scale(wordmarkPart, wordmarkOf)
		line := w.fitLine(name, typeset.RoleSection, st, true)
		w.place(line, w.sheet.side, foot-st.Size.Em(mastheadDrop), false)
		taken = line.Set
	}
	st := w.furnitureStyle(typeset.RoleSection, typeset.Right)
	st.Left = taken + 2*st.Size
	st.Measure -= st.Left
	if section := strings.Join(a.Trail(), article.TrailMark); section != "" {
		line := w.fitLine(section, typeset.RoleSection, st, false)
		w.place(line, w.sheet.side+st.Left, foot-st.Size.Em(mastheadDrop), false)
	}
	w.rule(typeset.Millimetres(f.MastheadRuleMM), typeset.Points(f.MastheadRulePt), w.sheet.colour("accent"))
}

// wordmark is what stands in place of a logo: the site's name, or where it is.
func wordmark(a *article.Article) string {
	if a.Site.Name != "" {
		return a.Site.Name
	}
	return a.Host()
}

// runningHead sets section and short title left, the date right, and a rule. What is
// left is drawn first, here and at the foot: readers that take text in the order of
// drawing put no space where the pen goes back.
func (w *furnisher) runningHead(a *article.Article) {
	f := w.sheet.design.Furniture
	baseline := typeset.Millimetres(f.HeadBaselineMM)
	st := w.furnitureStyle(typeset.RoleHead, typeset.Left)
	whole := st.Measure
	st.Measure -= st.Size.Em(thousandths(f.DateRoomEm))
	text := a.Title
	if trail := a.Trail(); len(trail) > 0 {
		text = trail[len(trail)-1] + " · " + text
	}
	w.place(w.fitLine(text, typeset.RoleHead, st, false), w.sheet.side, baseline, true)
	if date, _, _ := strings.Cut(stampTime(a.Published), "T"); date != "" {
		st.Align, st.Measure = typeset.Right, whole
		w.place(w.line(date, st, false), w.sheet.side, baseline, true)
	}
	w.rule(typeset.Millimetres(f.HeadRuleMM), typeset.Points(f.HeadRulePt), w.sheet.colour("line"))
}

// foot sets the site's name and host left and the folio right.
func (w *furnisher) foot(a *article.Article, total int) {
	f := w.sheet.design.Furniture
	baseline := w.sheet.paper.H - typeset.Millimetres(f.FootBaselineMM)
	st := w.furnitureStyle(typeset.RoleFolio, typeset.Left)
	whole := st.Measure
	st.Measure -= st.Size.Em(thousandths(f.FolioRoomEm))
	if site := strings.TrimSpace(a.Site.Name + "　" + a.Host()); site != "" {
		w.place(w.fitLine(site, typeset.RoleFolio, st, false), w.sheet.side, baseline, true)
	}
	st.Align, st.Measure = typeset.Right, whole
	numbers := strings.NewReplacer("{n}", strconv.Itoa(w.page.Folio), "{total}", strconv.Itoa(total))
	folio := numbers.Replace(w.sheet.words.Folio)
	w.place(w.line(folio, st, false), w.sheet.side, baseline, true)
}

// furnitureStyle is a role's style over the page's whole width.
func (w *furnisher) furnitureStyle(role typeset.Role, align typeset.Align) typeset.Style {
	st := w.sheet.style(role)
	st.Align, st.Left, st.Measure = align, 0, w.sheet.paper.W-2*w.sheet.side
	return st
}

// line sets text that fits into one line.
func (w *furnisher) line(text string, st typeset.Style, bold bool) typeset.Line {
	set := w.setLines(typeset.Block{Role: typeset.RoleHead, Style: st, Spans: w.text(text, st, bold)})
	if len(set.Lines) == 0 {
		return typeset.Line{}
	}
	return set.Lines[0]
}

// fitting is a text that was fitted to a measure, in the furniture of one document.
type fitting struct {
	text    string
	role    typeset.Role
	measure typeset.Length
	bold    bool
}

// fitLine sets text shortened to the style's measure, in one line. The same text
// stands on every page, and is fitted once.
func (w *furnisher) fitLine(text string, role typeset.Role, st typeset.Style, bold bool) typeset.Line {
	key := fitting{text, role, st.Measure, bold}
	line, done := w.fitted[key]
	if !done {
		line = w.line(w.fitText(text, st, bold), st, bold)
		if w.fitted == nil {
			w.fitted = map[fitting]typeset.Line{}
		}
		w.fitted[key] = line
	}
	return line
}

// fitText shortens text to the style's measure, with an ellipsis. Of a text that is
// much too long only the beginning is measured.
func (w *furnisher) fitText(text string, st typeset.Style, bold bool) string {
	width := func(s string) typeset.Length {
		b := typeset.Block{Style: st, Spans: w.text(s, st, bold)}
		return linebreak.Natural(w.ctx, &b)
	}
	runes := []rune(text)
	enough := min(firstFitted, len(runes)) // a beginning that is surely too wide, or all
	for enough < len(runes) && width(string(runes[:enough])) <= st.Measure+2*st.Size && w.ctx.Err() == nil {
		enough = min(2*enough, len(runes))
	}
	if enough == len(runes) && width(text) <= st.Measure {
		return text
	}
	low, high := 1, len(runes)
	for low < high && w.ctx.Err() == nil {
		middle := (low + high + 1) / 2
		if middle <= enough && width(string(runes[:middle])+"…") <= st.Measure {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return string(runes[:low]) + "…"
}

// firstFitted is the length of the first beginning of a text that is measured, in
// characters: most of what stands at a page's edge is shorter.
const firstFitted = 128

// place puts a line with its origin at x and its baseline at y.
func (w *furnisher) place(line typeset.Line, x, y typeset.Length, artifact bool) {
	for i := range line.Runs {
		run := &line.Runs[i]
		w.items = append(w.items, typeset.Placed{
			Kind: typeset.PlacedRun, Run: run, W: run.Width, Block: -1, Artifact: artifact,
			At: typeset.Position{X: x + run.X, Y: y + run.Y}, Role: typeset.RoleSection,
		})
	}
}

func (w *furnisher) rule(y, thickness typeset.Length, c typeset.Colour) {
	w.items = append(w.items, typeset.Placed{
		Kind: typeset.PlacedRule, Block: -1, Artifact: true, Colour: c, Role: typeset.RoleHead,
		At: typeset.Position{X: w.sheet.side, Y: y}, W: w.sheet.paper.W - 2*w.sheet.side, H: thickness,
	})
}

func stampTime(s *article.Stamp) string {
	if s == nil {
		return ""
	}
	return s.Time
}
