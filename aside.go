package offprint

import (
	"context"
	"fmt"
	"runtime/debug"
)

// aside runs f and waits for it no longer than ctx lives. The stages look at ctx
// themselves and end soon after it; what they call of others does not: the HTML
// parser, readability, picture decoders. What is left running then is bounded by
// the size of its input, which is checked first, and its result is dropped. f must
// not touch anything that the caller goes on to use.
//
// A panic of f becomes one of the caller, with f's stack in its words.
func aside[T any](ctx context.Context, f func() (T, error)) (T, error) {
	type outcome struct {
		value  T
		err    error
		panics string
	}
	if err := ctx.Err(); err != nil {
		var none T
		return none, err
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if cause := recover(); cause != nil {
				o.panics = fmt.Sprintf("%v\n%s", cause, debug.Stack())
			}
			done <- o
		}()
		o.value, o.err = f()
	}()
	select {
	case o := <-done:
		if o.panics != "" {
			panic(o.panics)
		}
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
