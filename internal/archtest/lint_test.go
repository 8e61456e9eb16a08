package archtest

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestStyle holds this repository to the rules of Lint.
func TestStyle(t *testing.T) {
	problems, err := Lint(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Rule, p.Text)
	}
}

func TestLint(t *testing.T) {
	long := strings.Repeat("长", 120)
	cases := []struct {
		name, file, text string
		want             []Problem
	}{
		{"sound", "units/more.go", "package units\n", nil},
		{"120 columns", "units/more.go", "package units\n\n//" + long[:118*3] + "\n", nil},
		{
			"121 columns, a tab as one", "units/more.go", "package units\n\nfunc f() {\n\t//" + long[:118*3] + "\n}\n",
			[]Problem{{"units", LongLine, "units/more.go:4: 121 columns, more than 120"}},
		},
		{"a test", "units/more_test.go", "package units\n\n// " + long + "\n", nil},
		{"a struct tag", "units/more.go", "package units\n\ntype T struct {\n\tA int `json:\"" + long + "\"`\n}\n", nil},
		{"an address in a comment", "units/more.go", "package units\n\n// See https://a.example/" + long + "\n", nil},
		{
			"an address in code", "units/more.go", "package units\n\nconst a = \"https://a.example/" + long + "\"\n",
			[]Problem{{"units", LongLine, "units/more.go:3: 150 columns, more than 120"}},
		},
		{
			"other words of a predicate", "units/more_test.go", "package units\n\n// f tells\n// whether it holds.\nfunc f() bool { return true }\n",
			[]Problem{{"units", Whether, "units/more_test.go:3: a comment has \"tells whether\": Go's word is \"reports whether\""}},
		},
		{
			"a long file of extract", "extract/deep/a.go", "package deep\n" + strings.Repeat("\n", 300),
			[]Problem{{"extract/deep", LongFile, "extract/deep/a.go: 301 lines, more than 300"}},
		},
		{"a long file elsewhere", "units/a.go", "package units\n" + strings.Repeat("\n", 300), nil},
		{
			"a koanf tag", "units/more.go", "package units\n\ntype T struct {\n\tA int `koanf:\"a\"`\n\tB int `koanf:\"b\"`\n}\n",
			[]Problem{{"units", ForeignKoanf, "units/more.go: has koanf tags: koanf stands in internal/config alone"}},
		},
		{
			"koanf imported", "units/more.go", "package units\n\nimport _ \"four.example/knadh/koanf/v2\"\n",
			[]Problem{{"units", ForeignKoanf, "units/more.go: imports four.example/knadh/koanf/v2: koanf stands in internal/config alone"}},
		},
		{"koanf at home", "internal/config/a.go", "package config\n\ntype T struct {\n\tA int `koanf:\"a\"`\n}\n", nil},
		{
			"mail below the root", "units/more.go", "package units\n\nimport (\n\t_ \"five.example/go-mail/smtp\"\n\t_ \"five.example/go-mail\"\n)\n",
			[]Problem{{".", PrintLinks, "the root package links go-mail, which units imports: printing sends no mail"}},
		},
		{"mail beside the root", "draw/b/more.go", "package b\n\nimport _ \"demo/letter\"\n", nil},
		{"mail in a test", "units/more_test.go", "package units\n\nimport _ \"five.example/go-mail\"\n", nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Lint(changed(func(files map[string]string) {
				files["go.mod"] += "\nrequire five.example/go-mail v0.1.0\n"
				files["demo.go"] = "package demo\n\nimport _ \"demo/draw/a\"\n"
				files["letter/letter.go"] = "package letter\n\nimport _ \"five.example/go-mail\"\n"
				files[c.file] = c.text
			}))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("problems %q, want %q", got, c.want)
			}
		})
	}
}
