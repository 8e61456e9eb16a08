package pdf

import (
	"fmt"
	"testing"
)

// raster is a page as another program draws it.
type raster struct {
	w, h int
	pix  string // three bytes a pixel
}

// ppm reads a binary portable pixmap.
func ppm(t *testing.T, data string) raster {
	t.Helper()
	var r raster
	var most int
	if _, err := fmt.Sscanf(data, "P6\n%d %d\n%d\n", &r.w, &r.h, &most); err != nil || most != 255 {
		t.Fatalf("not a pixmap: %v", err)
	}
	r.pix = data[len(data)-3*r.w*r.h:]
	return r
}

// name tells one of four colours, however a JPEG has dulled it.
func (r raster) name(x, y int) string {
	i := 3 * (y*r.w + x)
	full := func(k int) bool { return r.pix[i+k] > 128 }
	switch {
	case full(0) && full(1) && full(2):
		return "white"
	case full(0) && !full(1) && !full(2):
		return "red"
	case full(1) && !full(0) && !full(2):
		return "green"
	case full(2) && !full(0) && !full(1):
		return "blue"
	}
	return "another colour"
}
