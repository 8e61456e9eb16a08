package templates_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"testing"

	"offprint/templates"
)

// A reader pays for the buttons with each first visit to a newspaper: with the
// dialogs and five languages they stay within 6 KB, packed as servers pack them.
func TestButtonsAreSmall(t *testing.T) {
	const limit = 6 * 1024
	script, err := fs.ReadFile(templates.Web(), "buttons.js")
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(script); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("buttons.js: %d bytes, %d packed", len(script), packed.Len())
	if packed.Len() > limit {
		t.Errorf("buttons.js has %d bytes packed, more than %d", packed.Len(), limit)
	}
}
