package linebreak

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"offprint/internal/squareface"
	"offprint/typeset"
)

// ruleCase is a case of testdata/rules. A file has one rule's cases, parted by
// empty lines, each a list of "key: value":
//
//	case      what it shows
//	lang, level, align, measure and indent (in em), role
//	text      the paragraph; Go escapes such as \n and \u00ad hold
//	lacks, kern ("AV -80"), dash ("short")   the square face
//	spans     texts of spans instead of text, parted by │; ^ raises one; 漢字{かんじ} has
//	          a reading over it
//
// and of what is to be seen:
//
//	at        open, priced, forbidden or forced, the rule, and the text with │ at
//	          the place
//	lines     the text of the lines, parted by │
//	ends      the rules that ended them
//	slots     each character with the width of its slot in em, gap after it included
//	set       the width of each line in em
//	ink       where the ink of each line begins, in em
//	gap       the Han gap of each line, in thousandths of an em
//	glyphs    what the glyphs of the first line draw: ╶ and ╴ are the halves of
//	          ——, _ is an ellipsis on the baseline
//	readings  the readings over each line, each with where it begins and ends in em
//	warn      the codes of the warnings
type ruleCase struct {
	line int
	key  map[string]string
	at   []string
}

func TestRules(t *testing.T) {
	for _, id := range Rules() {
		t.Run(string(id), func(t *testing.T) {
			for _, c := range readCases(t, id) {
				if !t.Run(strings.ReplaceAll(c.key["case"], " ", "-"), c.run) {
					t.Logf("testdata/rules/%s.txt:%d", id, c.line)
				}
			}
		})
	}
}

// TestEveryRuleIsDocumented wants a case file, a line in docs/rules.md with the
// ID and a source, and a file of its name with that source, for each rule; and no
// case file without a rule.
func TestEveryRuleIsDocumented(t *testing.T) {
	docs, err := os.ReadFile("../../docs/rules.md")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, id := range Rules() {
		if known[string(id)] {
			t.Errorf("rule %s stands twice in the table", id)
		}
		known[string(id)] = true
		file := strings.ReplaceAll(string(id), "-", "_") + ".go"
		source, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(source), `"`+string(id)+`"`) || !strings.Contains(string(source), "https://") {
			t.Errorf("rule %s wants a file %s that declares it and names its source", id, file)
		}
		row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta("`"+string(id)+"`") + ` \|.*https://.*$`)
		if len(row.FindAll(docs, -1)) != 1 {
			t.Errorf("docs/rules.md wants one row for %s with the URL of its source", id)
		}
	}
	files, _ := filepath.Glob("testdata/rules/*.txt")
	for _, f := range files {
		if id := strings.TrimSuffix(filepath.Base(f), ".txt"); !known[id] {
			t.Errorf("%s has no rule", f)
		}
	}
}

func readCases(t *testing.T, id typeset.RuleID) []ruleCase {
	t.Helper()
	f, err := os.Open("testdata/rules/" + string(id) + ".txt")
	if err != nil {
		t.Fatalf("rule without cases: %v", err)
	}
	defer f.Close()
	var cases []ruleCase
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		key, value, ok := strings.Cut(lines.Text(), ":")
		value = strings.TrimSpace(value)
		switch {
		case key == "case":
			cases = append(cases, ruleCase{line: n, key: map[string]string{"case": value}})
		case strings.TrimSpace(lines.Text()) == "" || strings.HasPrefix(lines.Text(), "#"):
		case !ok || len(cases) == 0:
			t.Fatalf("%s:%d: want key: value", id, n)
		case key == "at":
			last := &cases[len(cases)-1]
			last.at = append(last.at, value)
		default:
			cases[len(cases)-1].key[key] = value
		}
	}
	if len(cases) == 0 {
		t.Fatalf("rule %s has no cases", id)
	}
	return cases
}

func (c *ruleCase) run(t *testing.T) {
	b := c.block(t, c.key["text"])
	asserted := len(c.at)
	for _, at := range c.at {
		c.checkAt(t, at)
	}
	set, warnings, _ := Set(t.Context(), b)
	for key, got := range map[string]string{
		"lines":    strings.Join(visibleLines(set.Lines), "│"),
		"ends":     joinLines(set.Lines, func(l *typeset.Line) string { return string(l.Break) }),
		"set":      joinLines(set.Lines, func(l *typeset.Line) string { return ems(l.Set) }),
		"ink":      joinLines(set.Lines, func(l *typeset.Line) string { return strconv.FormatFloat(firstInk(l), 'g', 4, 64) }),
		"gap":      joinLines(set.Lines, func(l *typeset.Line) string { return fmt.Sprint(int64(l.HanGap.Scale(1000, int64(em)))) }),
		"readings": joinLines(set.Lines, readingsOver),
		"slots":    slots(b),
		"glyphs":   drawn(set.Lines),
		"warn":     codes(warnings),
	} {
		if want, ok := c.key[key]; ok {
			asserted++
			if got != want {
				t.Errorf("%s\n got %s\nwant %s", key, got, want)
			}
		}
	}
	if asserted == 0 {
		t.Error("the case asserts nothing")
	}
}

func (c *ruleCase) block(t *testing.T, text string) typeset.Block {
	t.Helper()
	number := func(key string, unset float64) float64 {
		if c.key[key] == "" {
			return unset
		}
		v, err := strconv.ParseFloat(c.key[key], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	lang := c.key["lang"]
	if lang == "" {
		lang = "zh-Hans"
	}
	face := &squareface.Face{Lacks: strings.ReplaceAll(c.key["lacks"], "╶", "\U0010FFF0"), ShortDash: c.key["dash"] == "short", Centred: strings.HasPrefix(lang, "zh-Hant")}
	if pair, units, ok := strings.Cut(c.key["kern"], " "); ok {
		n, _ := strconv.Atoi(units)
		face.Pairs = map[string]int{pair: n}
	}
	b := blockOf(lang, unescape(t, text), number("measure", 100))
	b.Style.Indent = typeset.Points(10 * number("indent", 0))
	b.Style.Strict = c.key["level"]
	b.Style.Align = typeset.Align(c.key["align"])
	b.Role = typeset.Role(c.key["role"])
	b.Spans[0].Chain = typeset.Chain{face}
	if parts := c.key["spans"]; parts != "" && text == c.key["text"] {
		b.Spans = nil
		for _, part := range strings.Split(parts, "│") {
			span := typeset.Span{Text: strings.TrimPrefix(part, "^"), Chain: typeset.Chain{face}, Size: em}
			if part != span.Text {
				span.Size, span.Rise = em/2, em/3
			}
			b.Spans = append(b.Spans, withReading(span))
		}
	}
	return b
}

// withReading takes the reading out of a span's text and sets it over it.
func withReading(span typeset.Span) typeset.Span {
	base, reading, ok := strings.Cut(strings.TrimSuffix(span.Text, "}"), "{")
	if !ok {
		return span
	}
	over := span
	over.Text, over.Size, over.RubyPart = reading, span.Size/2, typeset.RubyReading
	span.Text, span.Ruby, span.RubyPart = base, &typeset.Ruby{Reading: over}, typeset.RubyBase
	return span
}

// readingsOver writes the readings over a line with their edges.
func readingsOver(l *typeset.Line) string {
	var out []string
	for i := range l.Readings {
		run := &l.Readings[i]
		out = append(out, run.Text()+"("+ems(run.X)+"–"+ems(run.X+run.Width)+")")
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, "")
}

func unescape(t *testing.T, text string) string {
	t.Helper()
	if !strings.Contains(text, `\`) {
		return text
	}
	out, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// checkAt reads "forbidden number-unit 2025│年" and looks at the break there.
func (c *ruleCase) checkAt(t *testing.T, at string) {
	t.Helper()
	fields := strings.SplitN(at, " ", 3)
	left, right, ok := strings.Cut(fields[len(fields)-1], "│")
	if len(fields) != 3 || !ok {
		t.Fatalf("cannot read %q", at)
	}
	left, right = unescape(t, left), unescape(t, right)
	b := c.block(t, strings.ReplaceAll(left+right, `\`, `\\`))
	p := prepared(&b)
	for i := range p.breaks {
		if i < len(p.all) && int(p.all[i].start) != len(left) || i == 0 && left != "" {
			continue
		}
		kind := "priced"
		switch p.breaks[i].cost {
		case 0:
			kind = "open"
		case typeset.Forced:
			kind = "forced"
		case typeset.Forbidden:
			kind = "forbidden"
		}
		if got := kind + " " + string(p.breaks[i].rule); got != fields[0]+" "+fields[1] {
			t.Errorf("%s: the break is %s, want %s %s", fields[2], got, fields[0], fields[1])
		}
		return
	}
	t.Errorf("%s: no place between characters there", fields[2])
}

func visibleLines(lines []typeset.Line) []string {
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = strings.TrimRight(lines[i].Text(), " ")
	}
	return out
}

func joinLines(lines []typeset.Line, f func(*typeset.Line) string) string {
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = f(&lines[i])
	}
	return strings.Join(out, " ")
}

func firstInk(l *typeset.Line) float64 {
	if len(l.Runs) == 0 {
		return 0
	}
	g := l.Runs[0].Glyphs[0]
	box, _ := l.Runs[0].Face.Bounds(g.ID)
	x := l.Runs[0].X + g.X + l.Runs[0].Size.Scale(int64(box.XMin), 1000)
	return float64(x.Scale(1000, int64(em))) / 1000
}

// slots writes each cluster with its width in em.
func slots(b typeset.Block) string {
	p := prepared(&b)
	var out []string
	for i := range p.all {
		c := &p.all[i]
		name := p.text[c.start:c.end]
		switch {
		case c.class == space:
			name = "␣"
		case c.class == wideSpace:
			name = "□"
		}
		out = append(out, name+ems(c.lead+c.before.width+c.width+c.after.width+c.gap.width+c.trail))
	}
	return strings.Join(out, " ")
}

func ems(l typeset.Length) string {
	return strconv.FormatFloat(float64(l.Scale(1000, int64(em)))/1000, 'g', -1, 64)
}

func drawn(lines []typeset.Line) string {
	var out strings.Builder
	if len(lines) == 0 {
		return ""
	}
	for _, r := range lines[0].Runs {
		for _, g := range r.Glyphs {
			out.WriteRune(r.Face.(*squareface.Face).Rune(g.ID))
		}
	}
	return forms.Replace(out.String())
}

// forms shows the glyphs that the square face makes of others.
var forms = strings.NewReplacer("\U0010FFF0", "╶", "\U0010FFF1", "╴", "\U0010FFF2", "_")

func codes(warnings []typeset.Warning) string {
	var out []string
	for _, w := range warnings {
		out = append(out, w.Code)
	}
	return strings.Join(out, " ")
}

func ExampleSet() {
	face := &squareface.Face{}
	block := typeset.Block{
		Style: typeset.Style{Size: 10 * typeset.Point, Measure: 80 * typeset.Point, Lang: "zh-Hans", Align: typeset.Justify},
		Spans: []typeset.Span{{Text: "全年共投资达143亿元，同比增长“一成”。", Chain: typeset.Chain{face}, Size: 10 * typeset.Point}},
	}
	set, _, _ := Set(context.Background(), block)
	for i := range set.Lines {
		l := &set.Lines[i]
		fmt.Printf("%s pt, ended by %s: %d characters\n", l.Set, l.Break, utf8.RuneCountInString(l.Text()))
	}
	// Output:
	// 80 pt, ended by uax14: 6 characters
	// 80 pt, ended by uax14: 9 characters
	// 50 pt, ended by block-end: 6 characters
}
