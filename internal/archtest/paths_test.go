package archtest

import (
	"os"
	"slices"
	"testing"
	"testing/fstest"
)

// TestPaths holds this repository's documents to what is there.
func TestPaths(t *testing.T) {
	missing, err := Paths(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range missing {
		t.Error(sentence)
	}
}

func TestPathsFindsWhatIsMissing(t *testing.T) {
	root := fstest.MapFS{
		"README.md": {Data: []byte("See [the guide](docs/guide/a.md#top), [gone](docs/gone.md), [out](https://a.example/b).\n" +
			"| to change | look at |\n|---|---|\n| sites | `sites/<name>.json`, `rules/<rule>.go` |\n" +
			"| more | `gone.go`, `sites/`, `cmd/x -flag` |\n\n| other | `nowhere/at/all` |\n")},
		"docs/guide/a.md":    {Data: []byte("[back](../../README.md), [beside](b.md)\n")},
		"sites/one.json":     {},
		"node_modules/a.md":  {Data: []byte("[x](y.md)")},
		"docs/guide/pic.png": {},
	}
	got, err := Paths(root)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"README.md names docs/gone.md, which is not there",
		"README.md names rules/<rule>.go, which is not there",
		"README.md names gone.go, which is not there",
		"docs/guide/a.md names docs/guide/b.md, which is not there",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("missing:\n%q\nwant:\n%q", got, want)
	}
}
