package picture

import (
	"bytes"
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"

	"offprint/typeset"
)

// FuzzDecode: whatever comes in, an error is of a known kind; a picture has the
// size that its own bytes tell, keeps to the limits, and can be drawn if it was
// packed here.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.*"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	limits := Limits{Bytes: 1 << 20, Pixels: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data, limits)
		if err != nil {
			if !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrNotPicture) && !errors.Is(err, ErrDamaged) {
				t.Fatalf("error of no kind: %v", err)
			}
			return
		}
		if p.W < 1 || p.H < 1 || p.W*p.H > limits.Pixels || p.Orientation < 1 || p.Orientation > 8 {
			t.Fatalf("%d × %d, orientation %d", p.W, p.H, p.Orientation)
		}
		config, name, err := image.DecodeConfig(bytes.NewReader(p.Bytes))
		if err != nil || typeset.Encoding(name) != p.Encoding || config.Width != p.W || config.Height != p.H {
			t.Fatalf("%s of %d × %d reads as %s of %d × %d: %v", p.Encoding, p.W, p.H, name, config.Width, config.Height, err)
		}
		if bytes.Equal(p.Bytes, data) {
			return
		}
		if _, err := pixels(p); err != nil {
			t.Fatal(err)
		}
	})
}
