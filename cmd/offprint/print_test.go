package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
)

// Nothing is left waiting when a batch is interrupted.
func TestInterruptedBatchLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // fails when a goroutine is still blocked at its end
		ctx, cancel := context.WithCancel(t.Context())
		a := &app{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}
		j := &printJob{app: a, sources: []string{"no/1.html", "no/2.html", "no/3.html", "no/4.html"}}
		cancel()
		if err := j.run(ctx, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}
