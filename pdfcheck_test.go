package offprint_test

import (
	"testing"

	"offprint/internal/pdfcheck"
	"offprint/typeset"
)

// TestEveryPDFKeepsWhatItClaims holds the corpus against the rules of PDF/UA-1 and
// PDF/A, under every profile.
func TestEveryPDFKeepsWhatItClaims(t *testing.T) {
	want := map[typeset.Profile]pdfcheck.Claims{
		typeset.ProfileA2a:   {UA: 1, Part: 2, Level: "A"},
		typeset.ProfileA2u:   {Part: 2, Level: "U"},
		typeset.ProfileUA:    {UA: 1},
		typeset.ProfileA3a:   {UA: 1, Part: 3, Level: "A"},
		typeset.ProfilePlain: {},
	}
	for i, s := range corpus(t) {
		doc := s.lay(t)
		for j, p := range profiles {
			if j > 0 && i%7 != 0 {
				continue // the objects are the same: some are enough
			}
			claims, faults := pdfcheck.Check(drawn(t, doc, p))
			if claims != want[p] {
				t.Errorf("%s, %s: it claims %+v, want %+v", s.name, p, claims, want[p])
			}
			for k, fault := range faults {
				if k < 5 {
					t.Errorf("%s, %s: %s", s.name, p, fault)
				}
			}
		}
	}
}
