package pdf

import (
	"bytes"
	"context"
	"errors"
	"math"
	"testing"

	"offprint/internal/countdown"
)

// Wherever ctx ends, the file is left off at the next look, and nothing is written.
func TestWriteLeavesOff(t *testing.T) {
	doc := sample(t)
	whole := countdown.New(t.Context(), math.MaxInt)
	if err := Write(whole, &bytes.Buffer{}, doc); err != nil {
		t.Fatal(err)
	}
	if least := 2 * len(doc.Pages); whole.Seen() < least {
		t.Errorf("ctx was looked at %d times for %d pages, want %d", whole.Seen(), len(doc.Pages), least)
	}
	for looks := range whole.Seen() {
		ctx := countdown.New(t.Context(), looks)
		var file bytes.Buffer
		if err := Write(ctx, &file, doc); !errors.Is(err, context.Canceled) || file.Len() > 0 {
			t.Errorf("%d looks: %d bytes were written, error %v", looks, file.Len(), err)
		}
		if ctx.Over() > 2 {
			t.Errorf("%d looks: %d more after the end", looks, ctx.Over())
		}
	}
}
