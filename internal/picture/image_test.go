package picture

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"offprint/typeset"
)

func TestImage(t *testing.T) {
	var jpegFile, pngFile bytes.Buffer
	m := image.NewGray(image.Rect(0, 0, 7, 5))
	if err := errors.Join(jpeg.Encode(&jpegFile, m, nil), png.Encode(&pngFile, m)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		from typeset.Picture
		want error
	}{
		{"JPEG", typeset.Picture{Encoding: typeset.JPEG, Bytes: jpegFile.Bytes(), W: 7, H: 5, Orientation: 6}, nil},
		{"PNG", typeset.Picture{Encoding: typeset.PNG, Bytes: pngFile.Bytes(), W: 7, H: 5}, nil},
		{"another size", typeset.Picture{Encoding: typeset.PNG, Bytes: pngFile.Bytes(), W: 5, H: 7}, ErrDamaged},
		{"another encoding", typeset.Picture{Encoding: typeset.JPEG, Bytes: pngFile.Bytes(), W: 7, H: 5}, ErrDamaged},
		{"cut off", typeset.Picture{Encoding: typeset.PNG, Bytes: pngFile.Bytes()[:45], W: 7, H: 5}, ErrDamaged},
		{"nothing", typeset.Picture{Encoding: typeset.JPEG, W: 7, H: 5}, ErrDamaged},
	} {
		got, err := Image(&c.from)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
		}
		if c.want == nil && err == nil && got.Bounds().Size() != image.Pt(7, 5) {
			t.Errorf("%s: stored pixels are %v, want 7 × 5", c.name, got.Bounds())
		}
	}
}
