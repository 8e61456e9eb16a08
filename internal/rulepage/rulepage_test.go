package rulepage

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/internal/golden"
	"offprint/typeset/linebreak"
)

const pageFile = "../../docs/rules.md"

// TestPageSaysWhatTheRulesSay makes the tables of docs/rules.md anew and wants the
// page to be what they are: in every word, and in the order of the rules.
func TestPageSaysWhatTheRulesSay(t *testing.T) {
	text, err := os.ReadFile(pageFile)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, table := range []struct {
		folder  string
		regions bool
	}{{"typeset/linebreak", true}, {"typeset/paginate", false}} {
		rules, err := Read(os.DirFS("../.."), table.folder)
		if err != nil {
			t.Fatal(err)
		}
		if table.regions {
			rules = applied(t, rules)
		}
		var rows strings.Builder
		for _, rule := range rules {
			if (rule.Regions != "") != table.regions {
				t.Errorf("rule %s of %s: its comment names the regions %q", rule.ID, table.folder, rule.Regions)
			}
			rows.WriteString(rule.Row(table.regions))
		}
		if page, err = Replace(page, table.folder, rows.String()); err != nil {
			t.Fatal(err)
		}
	}
	if page == string(text) {
		return
	}
	if os.Getenv(golden.UpdateVar) == "1" {
		if err := os.WriteFile(pageFile, []byte(page), 0o644); err != nil {
			t.Error(err)
		}
		return
	}
	have := strings.Split(string(text), "\n")
	for _, line := range strings.Split(page, "\n") {
		if !slices.Contains(have, line) {
			t.Errorf("docs/rules.md lacks\n%s", line)
		}
	}
	t.Errorf("docs/rules.md differs from the rules' comments: %s=1 go test ./internal/rulepage writes it", golden.UpdateVar)
}

// applied puts the rules of lines into the order in which they are applied.
func applied(t *testing.T, rules []Rule) []Rule {
	t.Helper()
	var sorted []Rule
	for _, id := range linebreak.Rules() {
		at := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == string(id) })
		if at < 0 {
			t.Fatalf("rule %s has no constant with a comment", id)
		}
		sorted = append(sorted, rules[at])
	}
	if len(sorted) != len(rules) {
		t.Errorf("%d rules are applied, %d have constants", len(sorted), len(rules))
	}
	return sorted
}

func TestRead(t *testing.T) {
	head := "package rules\n\nimport \"offprint/typeset\"\n\n"
	for _, c := range []struct{ name, text, want, fault string }{
		{
			"a rule of lines", "// No line ends (so far)\n// here. All regions with Han.\n//\n// A book, page 2. https://a.example/b\n" +
				"const rule typeset.RuleID = \"one\"\n",
			"| `one` | No line ends (so far) here. | All with Han | [A book, page 2](https://a.example/b) |\n", "",
		},
		{
			"regions with a clause", "// White goes. CN, HK, each with its marks.\n//\n// A book.\n// https://a.example/b\n" +
				"const rule typeset.RuleID = \"one\"\n",
			"| `one` | White goes. | CN, HK, each with its marks | [A book](https://a.example/b) |\n", "",
		},
		{
			"a group", "// The rules.\nconst (\n\t// Nothing is | left.\n\tA typeset.RuleID = \"one\"\n)\n",
			"| `one` | Nothing is \\| left. |  | – |\n", "",
		},
		{"other constants", "const most = 3\n", "", ""},
		{"no comment", "const rule typeset.RuleID = \"one\"\n", "", "rule one has no comment"},
		{"no comment of its own", "// All.\nconst (\n\tA typeset.RuleID = \"one\"\n)\n", "", "rule one has no comment"},
		{"no address", "// What.\n//\n// A book.\nconst rule typeset.RuleID = \"one\"\n", "", "does not end with an address"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rules, err := Read(fstest.MapFS{
				"r/rule.go":      {Data: []byte(head + c.text)},
				"r/rule_test.go": {Data: []byte("no Go")},
			}, "r")
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) {
					t.Errorf("got error %v, want one that says %q", err, c.fault)
				}
				return
			}
			got := ""
			for _, rule := range rules {
				got += rule.Row(true)
			}
			if err != nil || got != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestReplace(t *testing.T) {
	page := "before\n<!-- rules: a -->\n| ID |\n|---|\n| old |\n<!-- /rules -->\nafter\n"
	got, err := Replace(page, "a", "| new |\n")
	if want := strings.Replace(page, "old", "new", 1); err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{"", "<!-- rules: a -->\n", "<!-- rules: b -->\n|\n|---\n<!-- /rules -->\n", "<!-- rules: a -->\n<!-- /rules -->\n"} {
		if _, err := Replace(bad, "a", ""); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}
