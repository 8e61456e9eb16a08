package extract

import (
	"strings"
	"testing"
)

// Hopeless bytes are read with replacement characters, and that is said.
func TestBrokenCharsetWarns(t *testing.T) {
	body := "<html><head><meta charset=utf-8><title>码头</title></head><body><h1>码头</h1><p>" +
		strings.Repeat("码头的居民起初担心\xff噪音。", 10) + "</p></body></html>"
	a, err := Article(t.Context(), Page{Body: []byte(body)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Warnings) != 1 || a.Warnings[0].Code != "charset-broken" {
		t.Errorf("warnings %+v", a.Warnings)
	}
}
