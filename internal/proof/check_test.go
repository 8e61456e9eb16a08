package proof

import (
	"slices"
	"strings"
	"testing"

	"offprint/typeset"
)

// wrongSheet is a sheet with one fault, and the same sheet without it.
type wrongSheet struct {
	name  string
	kind  Kind
	right func(*sheet) // nil: a paragraph of three lines
	wrong func(*sheet)
	note  string // in the fault's text or note
}

var wrongSheets = slices.Concat(wrongText, wrongLines, wrongPages)

// Each fault is counted once where it is, and a right sheet has none at all.
func TestFaultsAreCounted(t *testing.T) {
	for _, c := range wrongSheets {
		t.Run(string(c.kind)+" "+c.name, func(t *testing.T) {
			right := newSheet()
			if c.right == nil {
				right.text(3)
			} else {
				c.right(right)
			}
			if report := right.check(); len(report.Faults) > 0 || report.Lines == 0 {
				t.Errorf("right sheet:\n%s", report)
			}
			wrong := newSheet()
			c.wrong(wrong)
			report := wrong.check()
			found := report.Of(c.kind)
			if len(found) != 1 || report.Count(c.kind) != 1 {
				t.Fatalf("want one %s:\n%s", c.kind, report)
			}
			if f := found[0]; !strings.Contains(f.Text+" "+f.Note, c.note) {
				t.Errorf("got %+v, want %q in it", f, c.note)
			}
		})
	}
}

func TestEveryKindHasAWrongSheet(t *testing.T) {
	for _, kind := range Kinds() {
		if !slices.ContainsFunc(wrongSheets, func(c wrongSheet) bool { return c.kind == kind }) {
			t.Errorf("%s: no sheet shows it", kind)
		}
	}
}

// A whole small article, with all that the proofreader looks at.
func TestArticleWithoutFaults(t *testing.T) {
	s := newSheet()
	s.put(Title, typeset.RoleHeadline, s.han(9))
	s.put(Author, typeset.RoleByline, s.han(3))
	s.put(Intro, typeset.RoleBio, s.full(), s.short())
	s.text(3)
	s.head()
	s.text(3)
	s.figure()
	s.caption(s.full(), s.short())
	s.para(s.first(), s.full(), newPage, s.full(), s.short())
	report := s.check()
	if len(report.Faults) > 0 {
		t.Error(report)
	}
	if report.Pages != 2 || report.Lines != 17 || report.Full != 8 || report.Paragraphs != 3 || report.Characters != 217 {
		t.Errorf("looked at the wrong things: %s", report)
	}
}

// What is looked at may be empty or senseless; the report says so.
func TestSenselessDocuments(t *testing.T) {
	expected := []Block{{Para, "国"}}
	for name, doc := range map[string]*typeset.Document{
		"no pages": {},
		"a run without face and size": {
			Blocks: []typeset.SetBlock{{}},
			Pages:  []typeset.Page{{Items: []typeset.Placed{{Run: &typeset.Run{Glyphs: []typeset.Glyph{{Text: "国"}}}}}}},
		},
		"no run": {
			Blocks: []typeset.SetBlock{{}},
			Pages:  []typeset.Page{{Items: []typeset.Placed{{}, {Block: 7}, {Kind: typeset.PlacedImage}}}},
		},
	} {
		if report := Check(doc, expected, "zh-Hans"); len(report.Faults) == 0 {
			t.Errorf("%s: no fault", name)
		}
	}
}

func TestReportIsATable(t *testing.T) {
	s := newSheet()
	s.para(s.first(), "，"+s.han(19), s.short())
	got := s.check().String()
	for _, want := range []string{"pages 1", "full 2", "faults 1\n", "line-start    1\n  p1   y     117  ，"} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
}
