package templates_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"offprint/templates"
)

func TestDefaultDesignLoads(t *testing.T) {
	d, err := templates.Load("")
	if err != nil {
		t.Fatal(err)
	}
	if d.Name != templates.Default || len(d.Steps) != 7 {
		t.Errorf("got design %q with %d steps", d.Name, len(d.Steps))
	}
}

// The contract's table of font size steps: type/leading in points, measure in em on A4.
func TestStepsAreTheContracts(t *testing.T) {
	d, err := templates.Load(templates.Default)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]templates.Step{
		"small": {9.5, 16.6, 38}, "medium": {10.5, 18.4, 36}, "large": {12, 21, 36}, "x-large": {14, 24, 32},
		"xx-large": {16, 27, 29}, "huge": {18, 30, 26}, "giant": {24, 40, 19},
	} {
		if got := d.Steps[name]; got != want {
			t.Errorf("step %s is %v, want %v", name, got, want)
		}
	}
}

func TestBadDesignsAreRefused(t *testing.T) {
	good, err := os.ReadFile("page/default/page.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown key", `"default_step"`, `"defalt_step"`, "unknown field"},
		{"colour", `"#1a1a1a"`, `"grey"`, "want #rrggbb"},
		{"no such step", `"default_step": "medium"`, `"default_step": "middling"`, "not one of the steps"},
		{"margins", `"side_mm": 20`, `"side_mm": 90`, "no text block"},
		{"leading", `"leading": 18.4`, `"leading": 9`, "1.5–2 times"},
		{"scale", `"scale": "root"`, `"scale": "half"`, "want body, root or none"},
		{"role", `"headline":`, `"headlyne":`, "headline is missing"},
		{"align", `"align": "balanced"`, `"align": "flush"`, "not known"},
		{"folio", `"Page {n} of {total}"`, `"Page"`, "no {n}"},
		{"widows", `"widows": 2`, `"widows": 0`, "want 1–5 lines"},
		{"small type", `"script": 0.65`, `"script": 6.5`, "want 0.3–1"},
		{"superscript", `"superscript_rise": 0.35`, `"superscript_rise": -1`, "want 0–1"},
		{"white in rows", `"row_pad_em": 0.25`, `"row_pad_em": -0.25`, "no less than 0"},
		{"room of the date", `"date_room_em": 8`, `"date_room_em": 80`, "up to 30"},
		{"two values", `"name": "default",`, `"name": "default"}{`, "page.json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := strings.Replace(string(good), c.old, c.new, 1)
			if bad == string(good) {
				t.Fatalf("the design has no %s any more", c.old)
			}
			_, err := templates.ParseDesign([]byte(bad))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one that says %q", err, c.want)
			}
		})
	}
}

// A page.json that was written before these keys were known means what it meant:
// the values that the engine had.
func TestLaterKeysMayBeAbsent(t *testing.T) {
	text, err := os.ReadFile("page/default/page.json")
	if err != nil {
		t.Fatal(err)
	}
	want, err := templates.ParseDesign(text)
	if err != nil {
		t.Fatal(err)
	}
	old := string(text)
	for _, key := range []string{
		`  "widows": 2,` + "\n", `  "orphans": 2,` + "\n",
		`  "small_type": {"script": 0.65, "superscript_rise": 0.35, "subscript_drop": 0.15, "ruby": 0.7},` + "\n",
		`    "date_room_em": 8, "folio_room_em": 14,` + "\n", `, "break_em": 6, "row_pad_em": 0.25`,
	} {
		if !strings.Contains(old, key) {
			t.Fatalf("the default design has no %s", key)
		}
		old = strings.Replace(old, key, "", 1)
	}
	got, err := templates.ParseDesign([]byte(old))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("without the later keys the design is\n%+v, want\n%+v", got, want)
	}

	// One of a group may be given alone, and nothing is not the same as absent.
	part := strings.Replace(string(text), `"script": 0.65, "superscript_rise": 0.35, "subscript_drop": 0.15, "ruby": 0.7`,
		`"superscript_rise": 0`, 1)
	if got, err = templates.ParseDesign([]byte(part)); err != nil {
		t.Fatal(err)
	}
	if want := (templates.SmallType{Script: 0.65, SubscriptDrop: 0.15, Ruby: 0.7}); got.SmallType != want {
		t.Errorf("small_type is %+v, want %+v", got.SmallType, want)
	}
}

func TestLoadFolder(t *testing.T) {
	good, err := os.ReadFile("page/default/page.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.json"), good, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := templates.Load(dir); err != nil {
		t.Error(err)
	}
	if _, err := templates.Load(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that isn't there was loaded")
	}
}
