//go:build !linux

package main

import (
	"context"
	"errors"
)

// memory is the most that a program held at one time, in bytes.
type memory struct{ process, tree int64 }

// peakMemory needs /proc.
func peakMemory(context.Context, program) (memory, error) {
	return memory{}, errors.New("the memory of a process tree is read from /proc: run this on Linux")
}
