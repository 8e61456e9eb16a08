package picture

import (
	"image"
	"testing"

	"offprint/typeset"
)

func TestGray(t *testing.T) {
	for _, file := range []string{"turned.jpg", "interlaced.png"} {
		p, err := Decode(read(t, file), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		g, err := Gray(p)
		if err != nil {
			t.Fatal(err)
		}
		m, err := pixels(g)
		if err != nil {
			t.Fatal(err)
		}
		gray, ok := m.(*image.Gray)
		if !ok || g.Encoding != p.Encoding || g.Orientation != p.Orientation {
			t.Fatalf("%s: got %T, %s, orientation %d", file, m, g.Encoding, g.Orientation)
		}
		// Red is 0.299 of white, green 0.587, blue 0.114 (BT.601).
		for i, at := range []image.Point{{4, 4}, {43, 4}, {43, 27}, {4, 27}} {
			want := []int{76, 150, 29, 255}[i]
			if got := int(gray.GrayAt(at.X, at.Y).Y); got < want-4 || got > want+4 {
				t.Errorf("%s at %v: %d, want %d", file, at, got, want)
			}
		}
		if again, err := Gray(g); err != nil || again != g {
			t.Errorf("%s: a grey picture was made again (error %v)", file, err)
		}
	}
}

func TestShrink(t *testing.T) {
	photo := &typeset.Picture{Encoding: typeset.JPEG, Bytes: encodeJPEG(t, noise(400, 200)), W: 400, H: 200, Orientation: 6}
	for _, c := range []struct {
		name       string
		maxW, maxH int
		w, h       int // as stored: the picture is seen on its side
	}{
		{"to a width", 50, 1000, 100, 50},
		{"to a height", 1000, 100, 100, 50},
		{"to a line", 1, 1000, 2, 1},
		{"by quality alone", 1000, 1000, 400, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Shrink(photo, c.maxW, c.maxH, 40)
			if err != nil {
				t.Fatal(err)
			}
			if s.W != c.w || s.H != c.h || s.Orientation != 6 || len(s.Bytes) >= len(photo.Bytes) {
				t.Errorf("got %d × %d, orientation %d, %d bytes of %d", s.W, s.H, s.Orientation, len(s.Bytes), len(photo.Bytes))
			}
			if _, err := pixels(s); err != nil {
				t.Error(err)
			}
		})
	}
	if s, err := Shrink(photo, 1000, 1000, 100); err != nil || s != photo {
		t.Errorf("a picture that only grows was not given back as it is (error %v)", err)
	}
	if _, err := Shrink(photo, 0, 100, 80); err == nil {
		t.Error("a width of 0 was accepted")
	}
}
