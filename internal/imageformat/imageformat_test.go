package imageformat

import "testing"

func TestTable(t *testing.T) {
	if got, want := Accept(), "image/webp,image/png,image/jpeg,image/gif;q=0.9,*/*;q=0.5"; got != want {
		t.Errorf("Accept is %q, want %q", got, want)
	}
	if got, want := Names(), "JPEG, PNG, GIF or WebP"; got != want {
		t.Errorf("the names are %q, want %q", got, want)
	}
	for mediaType, want := range map[string]bool{
		"image/jpeg": true, "image/png": true, "image/webp": true, "image/gif": true,
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
