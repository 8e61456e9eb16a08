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

// seeds adds the files in testdata whose names match a pattern.
func seeds(f *testing.F, patterns ...string) {
	f.Helper()
	found := 0
	for _, folder := range []string{"testdata", filepath.Join("testdata", "colours")} {
		for _, pattern := range patterns {
			files, err := filepath.Glob(filepath.Join(folder, pattern))
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range files {
				data, err := os.ReadFile(file)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(data)
				found++
			}
		}
	}
	if found == 0 {
		f.Fatal("no seeds")
	}
}

// holds asserts of any file: an error is of a known kind; a picture has the size that
// its own bytes tell, keeps to the limits, and can be drawn if it was packed here.
func holds(t *testing.T, data []byte) {
	limits := Limits{Bytes: 1 << 20, Pixels: 1 << 20}
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
}

// FuzzDecode takes a file of any kind; the others, one kind each.
func FuzzDecode(f *testing.F) {
	seeds(f, "*.*")
	f.Fuzz(holds)
}

func FuzzPictureJPEG(f *testing.F) {
	seeds(f, "*.jpg")
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, append([]byte("\xFF\xD8\xFF"), data[min(3, len(data)):]...)) })
}

func FuzzPicturePNG(f *testing.F) {
	seeds(f, "*.png")
	f.Fuzz(func(t *testing.T, data []byte) {
		holds(t, append([]byte("\x89PNG\r\n\x1a\n"), data[min(8, len(data)):]...))
	})
}

func FuzzPictureGIF(f *testing.F) {
	seeds(f, "*.gif")
	f.Fuzz(func(t *testing.T, data []byte) { holds(t, append([]byte("GIF89a"), data[min(6, len(data)):]...)) })
}

func FuzzPictureWebP(f *testing.F) {
	seeds(f, "*.webp")
	f.Fuzz(func(t *testing.T, data []byte) {
		holds(t, append([]byte("RIFF\x00\x00\x01\x00WEBP"), data[min(riffHeader, len(data)):]...))
	})
}

func FuzzPictureBMP(f *testing.F) {
	seeds(f, "*.bmp")
	f.Fuzz(func(t *testing.T, data []byte) {
		holds(t, append([]byte("BM\x00\x00\x00\x00\x00\x00\x00\x00"), data[min(10, len(data)):]...))
	})
}

// FuzzPictureProfile: a profile is refused, or gives a colour for each colour, and white
// and black are not taken for one another where it is a plain one.
func FuzzPictureProfile(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "profiles", "*.icc"))
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
	small := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	ink := image.NewCMYK(small.Rect)
	for i := range small.Pix {
		small.Pix[i], ink.Pix[i] = byte(7*i), byte(11*i)
	}
	f.Fuzz(func(t *testing.T, icc []byte) {
		p := readProfile(icc)
		if p == nil {
			return
		}
		for _, m := range []image.Image{small, ink} {
			turned, err := p.asSRGB(m, nil)
			if err != nil || turned.Bounds() != m.Bounds() {
				t.Fatalf("%v of %v: %v", turned.Bounds(), m.Bounds(), err)
			}
		}
		if p.plain() && (p.rgb([3]uint8{}) == [3]uint8{255, 255, 255}) {
			t.Fatal("black is white")
		}
	})
}
