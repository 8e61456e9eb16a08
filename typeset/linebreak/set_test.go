package linebreak

import "testing"

// The widest piece that nothing parts: HK$3,260 has eight characters of half an
// em; marks are trimmed at either edge; a word that no measure holds is whole.
func TestNarrowest(t *testing.T) {
	for text, want := range map[string]float64{
		"": 0, "国国国": 1, "国国，国": 1.5, "国国HK$3,260国": 4, "abcdefghij国": 5, "国（国）国": 2,
	} {
		b := blockOf("zh-Hans", text, 3)
		if got := Narrowest(t.Context(), &b); got.Points()/em.Points() != want {
			t.Errorf("%q: %.3f em, want %.3f", text, got.Points()/em.Points(), want)
		}
		if b.Items != nil {
			t.Errorf("%q: the block was changed", text)
		}
	}
}
