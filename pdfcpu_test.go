package offprint_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"offprint/typeset"
)

// TestValidators holds a part of the corpus, under every profile, against pdfcpu and,
// where it is installed, qpdf.
func TestValidators(t *testing.T) {
	api.DisableConfigDir() // it would write one
	_, missing := exec.LookPath("qpdf")
	dir := t.TempDir()
	for i, s := range corpus(t) {
		if i%9 != 0 {
			continue
		}
		doc := s.lay(t)
		for _, p := range profiles {
			file := drawn(t, doc, p)
			config := model.NewDefaultConfiguration()
			if p != typeset.ProfileA3a { // whose AFRelationship is of PDF 2.0 for pdfcpu
				config.ValidationMode = model.ValidationStrict
			}
			if err := api.Validate(bytes.NewReader(file), config); err != nil {
				t.Errorf("pdfcpu: %s, %s: %v", s.name, p, err)
			}
			if missing != nil {
				continue
			}
			path := filepath.Join(dir, "a.pdf")
			if err := os.WriteFile(path, file, 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("qpdf", "--check", path).CombinedOutput(); err != nil {
				t.Errorf("qpdf: %s, %s: %s", s.name, p, out)
			}
		}
	}
	if missing != nil {
		skipWithout(t, "qpdf")
	}
}
