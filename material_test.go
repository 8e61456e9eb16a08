package offprint

import (
	"bytes"
	"strings"
	"testing"
)

// Material that was kept makes the same document later, without the network.
func TestMaterial(t *testing.T) {
	art := news()
	art.Blocks[1].Image.URL = "data:image/png;base64,AAAA" // damaged: it leaves a box and a warning
	o := Options{Fonts: library, PrintOptions: PrintOptions{Title: "另一个题目", FontSize: "large"}}
	m, err := Gather(t.Context(), art, o)
	if err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	if n, err := m.WriteTo(&kept); err != nil || n != int64(kept.Len()) {
		t.Fatalf("%d bytes written of %d: %v", kept.Len(), n, err)
	}
	again, err := ReadMaterial(bytes.NewReader(kept.Bytes()), o)
	if err != nil {
		t.Fatal(err)
	}
	if again.Article.Title != "另一个题目" || len(again.Pictures()) != 1 || again.Logo() != nil {
		t.Errorf("material of %q with %d pictures", again.Article.Title, len(again.Pictures()))
	}
	if a, b := document(t, m), document(t, again); !bytes.Equal(a, b) {
		t.Errorf("documents of %d and %d bytes are not the same", len(a), len(b))
	}
	for name, damaged := range map[string][]byte{
		"empty": nil, "cut off": kept.Bytes()[:kept.Len()/2], "something else": []byte(strings.Repeat("x", 100)),
	} {
		if _, err := ReadMaterial(bytes.NewReader(damaged), o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// document draws what the material makes, and sees to it that the missing picture is told of.
func document(t *testing.T, m *Material) []byte {
	t.Helper()
	doc, err := m.Layout()
	if err != nil {
		t.Fatal(err)
	}
	told := false
	for _, w := range doc.Warnings {
		told = told || w.Code == "picture-failed"
	}
	if !told {
		t.Errorf("warnings %v", doc.Warnings)
	}
	var b bytes.Buffer
	if err := doc.PDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
