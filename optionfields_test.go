package offprint

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"offprint/templates"
)

// Each tag can be used as it stands: the word and the values are in the words, and the
// fallback is a value.
func TestOptionTags(t *testing.T) {
	for _, f := range OptionFields() {
		if !strings.HasSuffix(f.Doc, ".") && !strings.HasSuffix(f.Doc, "…") {
			t.Errorf("%s: %q is no sentence", f.Name, f.Doc)
		}
		if !strings.Contains(f.LocalDoc(), f.Word) || f.Word == "" {
			t.Errorf("%s: no %q in %q", f.Name, f.Word, f.LocalDoc())
		}
		for _, value := range f.Values {
			if !strings.Contains(f.Doc, value) {
				t.Errorf("%s: no %q in %q", f.Name, value, f.Doc)
			}
		}
		if (f.Fallback == "") == (f.Otherwise == "") {
			t.Errorf("%s has fallback %q and otherwise %q: want one", f.Name, f.Fallback, f.Otherwise)
		}
		if !slices.Contains([]string{"", "design", "address"}, f.File) || (f.File == "") != (f.Local == "" || f.Type.Kind() == reflect.Slice) {
			t.Errorf("%s: file %q, beside %q", f.Name, f.File, f.Local)
		}
		var o PrintOptions
		if f.Fallback == "" {
			continue
		}
		if err := o.Set(f.Name, f.Fallback); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if err := o.Validate(); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func TestSetOption(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        PrintOptions
		bad         bool
	}{
		{"font_size", "giant", PrintOptions{FontSize: "giant"}, false},
		{"font_size", "", PrintOptions{}, false},
		{"columns", "2", PrintOptions{Columns: 2}, false},
		{"columns", "two", PrintOptions{}, true},
		{"drop", "3, 7", PrintOptions{Drop: []int{3, 7}}, false},
		{"drop", "3,", PrintOptions{}, true},
		{"font-size", "giant", PrintOptions{}, true},
		{"FontSize", "giant", PrintOptions{}, true},
		{"", "x", PrintOptions{}, true},
	} {
		var o PrintOptions
		err := o.Set(c.name, c.value)
		var option *OptionError
		if c.bad != errors.As(err, &option) || !c.bad && err != nil || !reflect.DeepEqual(o, c.want) {
			t.Errorf("%s = %q: %+v, %v; want %+v", c.name, c.value, o, err, c.want)
		}
		if option != nil && option.Option != c.name {
			t.Errorf("%s = %q: the error is of option %q", c.name, c.value, option.Option)
		}
	}
}

func TestOptionsOrDefaults(t *testing.T) {
	defaults := PrintOptions{FontSize: "large", Paper: "A5", Columns: 2, Drop: []int{1}, Title: "题"}
	if got := (PrintOptions{}).Or(defaults); !reflect.DeepEqual(got, defaults) {
		t.Errorf("none or %+v is %+v", defaults, got)
	}
	own := PrintOptions{FontSize: "9", Columns: 1, Drop: []int{2}, Date: "2025-07-21"}
	want := PrintOptions{FontSize: "9", Paper: "A5", Columns: 1, Drop: []int{2}, Title: "题", Date: "2025-07-21"}
	if got := own.Or(defaults); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v or %+v is %+v", own, defaults, got)
	}
	if own.Paper != "" {
		t.Error("the options themselves were changed")
	}
	if got, want := defaults.General(), (PrintOptions{FontSize: "large", Paper: "A5", Columns: 2}); !reflect.DeepEqual(got, want) {
		t.Errorf("for all articles %+v, want %+v", got, want)
	}
	design, err := templates.Load("")
	if err != nil {
		t.Fatal(err)
	}
	design.DefaultStep = "giant"
	whole := PrintOptions{FontSize: "giant", Paper: "A4", Columns: 1, Images: "all", Punctuation: "auto", PDFProfile: "a2a", Template: "default"}
	if got := (PrintOptions{}).WithDefaults(design); !reflect.DeepEqual(got, whole) {
		t.Errorf("the defaults are %+v, want %+v", got, whole)
	}
	whole.FontSize = "medium"
	if got, err := (PrintOptions{}).Complete(); err != nil || !reflect.DeepEqual(got, whole) {
		t.Errorf("none, completed, is %+v (%v), want %+v", got, err, whole)
	}
	var option *OptionError
	if _, err := (PrintOptions{Paper: "A3"}).Complete(); !errors.As(err, &option) || option.Option != "paper" {
		t.Errorf("paper A3: %v", err)
	}
}

// The guide's table has a row for each option, as the tags say.
func TestPrintGuide(t *testing.T) {
	const path = "docs/guide/print.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const head, end = "| flag | what | default |\n|---|---|---|\n", "| `--font` "
	before, rest, found := strings.Cut(string(text), head)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no table of options", path)
	}
	var want strings.Builder
	want.WriteString(before + head)
	for _, f := range OptionFields() {
		holds := f.Otherwise
		if f.Fallback != "" {
			holds = "`" + f.Fallback + "`"
		}
		fmt.Fprintf(&want, "| `--%s` | %s | %s |\n", f.Flag(), f.LocalDoc(), holds)
	}
	want.WriteString(end + after)
	if want.String() == string(text) {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Fatalf("%s is not what the tags of PrintOptions say; UPDATE_GOLDEN=1 writes it", path)
	}
	if err := os.WriteFile(path, []byte(want.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
