package extract

import (
	"context"
	"errors"
	"maps"
	"math"
	"slices"
	"testing"

	"offprint/internal/countdown"
)

// Wherever ctx ends, the page is left off at the next look.
func TestArticleLeavesOff(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		page := shapes[name](2 << 10)
		whole := countdown.New(t.Context(), math.MaxInt)
		_, _ = Article(whole, page, Options{}) // many of these pages are no articles
		for looks := range whole.Seen() {
			ctx := countdown.New(t.Context(), looks)
			art, err := Article(ctx, page, Options{})
			if !errors.Is(err, context.Canceled) || art != nil {
				t.Errorf("%s: %d of %d looks: article %v, error %v", name, looks, whole.Seen(), art != nil, err)
			}
			if ctx.Over() > 1 {
				t.Errorf("%s: %d looks: %d more after the end", name, looks, ctx.Over())
			}
		}
	}
}
