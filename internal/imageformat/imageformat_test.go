package imageformat

import (
	"slices"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	// The last line of the table is asked for first, all else last.
	for _, f := range All() {
		want := f.MediaType
		if f.Quality != "" {
			want += ";q=" + f.Quality
		}
		if !slices.Contains(strings.Split(Accept(), ","), want) {
			t.Errorf("Accept is %q, without %q", Accept(), want)
		}
		if !strings.Contains(Names(), f.Name) {
			t.Errorf("the names are %q, without %s", Names(), f.Name)
		}
	}
	if !strings.Contains(Accept(), "image/webp,image/png,image/jpeg,image/gif;q=0.9,") || !strings.HasSuffix(Accept(), ",*/*;q=0.5") {
		t.Errorf("Accept is %q: smaller forms first, photographs before GIF, all else last", Accept())
	}
	if !strings.HasPrefix(Names(), "BMP, JPEG, PNG, GIF") || strings.Count(Names(), " or ") != 1 {
		t.Errorf("the names are %q", Names())
	}
	for mediaType, want := range map[string]bool{
		"image/jpeg": true, "image/png": true, "image/webp": true, "image/gif": true, "image/bmp": true,
		"image/jpg": true, "image/pjpeg": true, "IMAGE/JPEG": true, " image/webp; q=1 ": true, "image/x-ms-bmp": true,
		"image/avif": false, "image/svg+xml": false, "text/html": false, "": false,
	} {
		if Printed(mediaType) != want {
			t.Errorf("%q is printed: %t", mediaType, !want)
		}
	}
	for ending, want := range map[string]bool{".jpg": true, ".jpeg": true, ".webp": true, ".png": false, ".gif": false, "": false} {
		if Photographic(ending) != want {
			t.Errorf("%q is photographic: %t", ending, !want)
		}
	}
}

// Each line of the table is whole, and no file is of two formats.
func TestLinesAreWhole(t *testing.T) {
	for _, f := range All() {
		if f.Name == "" || !Printed(f.MediaType) || len(f.Endings) == 0 || len(f.Starts) == 0 {
			t.Errorf("the line of %s is not whole: %+v", f.Name, f)
		}
		for _, start := range f.Starts {
			if got := Sniff([]byte(start + "\x00")); got != f.Name {
				t.Errorf("a %s is sniffed as %q", f.Name, got)
			}
			if got := Sniff([]byte(start[:len(start)-1])); got != "" {
				t.Errorf("a %s that is cut short is sniffed as %q", f.Name, got)
			}
		}
	}
}
