package archtest

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestArchitecture holds this repository to its own table.
func TestArchitecture(t *testing.T) {
	problems, err := Check(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// sound is a small repository without a fault.
var sound = map[string]string{
	"go.mod": "module demo\n\nrequire one.example/x/text v1.0.0\n\nrequire (\n\ttwo.example/pdf/v2 v2.0.0\n\tthree.example/oracle v0.1.0 // indirect\n)\n",
	"ARCHITECTURE.md": `# Demo
<!-- imports -->
| package | owns | may import (ours) | outside |
|---|---|---|---|
| ` + "`units`" + ` | lengths | – | – |
| draw/a, draw/b | drawing | units | pdf |
| . | the pipeline | draw/a | x/text |
| cmd/demo | flags | any | – |
| tests | for tests alone | – | oracle |
<!-- /imports -->
`,
	"units/units.go":        "package units\n",
	"units/units_test.go":   "package units\n\nimport (\n\t\"testing\"\n\t\"demo/draw/a\"\n\t\"three.example/oracle/deep\"\n)\n",
	"draw/a/a.go":           "package a\n\nimport (\n\t\"demo/units\"\n\t\"two.example/pdf/v2\"\n)\n",
	"draw/b/b.go":           "package b\n\nimport \"fmt\"\n",
	"demo.go":               "package demo\n\nimport (\n\t\"demo/draw/a\"\n\t\"one.example/x/text/width\"\n)\n",
	"cmd/demo/main.go":      "package main\n\nimport (\n\t\"demo\"\n\t\"demo/draw/b\"\n)\n",
	"testdata/broken.go":    "package",
	"node_modules/x/big.js": strings.Repeat("\n", 701),
}

func TestCheck(t *testing.T) {
	edit := func(old, text string) func(map[string]string) {
		return func(files map[string]string) {
			files["ARCHITECTURE.md"] = strings.Replace(files["ARCHITECTURE.md"], old, text, 1)
		}
	}
	file := func(name, text string) func(map[string]string) {
		return func(files map[string]string) { files[name] = text }
	}
	cases := []struct {
		name   string
		change func(map[string]string)
		want   []string
	}{
		{"sound", func(map[string]string) {}, nil},
		{
			"forbidden import", file("units/more.go", "package units\n\nimport \"demo/draw/a\"\n"),
			[]string{"units/more.go: imports draw/a, which its row does not allow"},
		},
		{
			"root imported from below", file("units/more.go", "package units\n\nimport \"demo\"\n"),
			[]string{"units/more.go: imports ., which its row does not allow"},
		},
		{
			"undeclared module", file("draw/b/more.go", "package b\n\nimport \"one.example/x/text\"\n"),
			[]string{"draw/b/more.go: imports one.example/x/text, which its row does not allow"},
		},
		{
			"module that go.mod lacks", file("draw/b/more.go", "package b\n\nimport \"nine.example/x\"\n"),
			[]string{"draw/b/more.go: imports nine.example/x, which its row does not allow"},
		},
		{
			"test's module outside tests", file("draw/b/more.go", "package b\n\nimport \"three.example/oracle\"\n"),
			[]string{"draw/b/more.go: imports three.example/oracle, which its row does not allow"},
		},
		{
			"package without a row", file("new/new.go", "package new\n"),
			[]string{"new: the package has no row in ARCHITECTURE.md"},
		},
		{
			"row without a package", func(files map[string]string) { delete(files, "draw/b/b.go") },
			[]string{"ARCHITECTURE.md: draw/b is not a package"},
		},
		{
			"row that looks down", edit("| lengths | – |", "| lengths | draw/a |"),
			[]string{
				"ARCHITECTURE.md: units may import draw/a, which is not in a row above it",
				"ARCHITECTURE.md: units may import draw/a, and does not",
			},
		},
		{
			"two rows", edit("draw/a, draw/b |", "draw/a, draw/b, units |"),
			[]string{"ARCHITECTURE.md: units has two rows"},
		},
		{
			"stale module", edit("| x/text |", "| x/text, x/image |"),
			[]string{
				"ARCHITECTURE.md: .: x/image is no module of go.mod",
				"ARCHITECTURE.md: . may import x/image, and does not",
			},
		},
		{
			"unused permission", edit("the pipeline | draw/a |", "the pipeline | units, draw/a |"),
			[]string{"ARCHITECTURE.md: . may import units, and does not"},
		},
		{
			"permission whose import is gone", file("demo.go", "package demo\n\nimport \"one.example/x/text\"\n"),
			[]string{"ARCHITECTURE.md: . may import draw/a, and does not"},
		},
		{
			"unused module", edit("| drawing | units | pdf |", "| drawing | units | pdf, x/text |"),
			[]string{"ARCHITECTURE.md: draw/a, draw/b may import x/text, and does not"},
		},
		{
			"long file", file("units/long.go", "package units\n"+strings.Repeat("\n", 700)),
			[]string{"units/long.go: 701 lines, more than 700"},
		},
		{
			"long script", file("units/long.js", strings.Repeat("\n", 701)),
			[]string{"units/long.js: 701 lines, more than 700"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Check(changed(c.change))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("problems %q, want %q", got, c.want)
			}
		})
	}
}

func TestCheckCannotLook(t *testing.T) {
	cases := []struct {
		name   string
		change func(map[string]string)
	}{
		{"no table", func(f map[string]string) { f["ARCHITECTURE.md"] = "# Demo\n" }},
		{"no end of the table", func(f map[string]string) { f["ARCHITECTURE.md"] = "<!-- imports -->\n" }},
		{"row of three cells", func(f map[string]string) {
			f["ARCHITECTURE.md"] = "<!-- imports -->\n| a | b | c |\n<!-- /imports -->\n"
		}},
		{"no ARCHITECTURE.md", func(f map[string]string) { delete(f, "ARCHITECTURE.md") }},
		{"no go.mod", func(f map[string]string) { delete(f, "go.mod") }},
		{"broken Go file", func(f map[string]string) { f["units/bad.go"] = "import" }},
	}
	for _, c := range cases {
		if _, err := Check(changed(c.change)); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
}

// changed is the sound repository after one change.
func changed(change func(map[string]string)) fstest.MapFS {
	files := make(map[string]string, len(sound))
	for name, text := range sound {
		files[name] = text
	}
	change(files)
	tree := fstest.MapFS{}
	for name, text := range files {
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree
}
