package main

import (
	"context"
	"sync"
	"time"
)

// inGoodOrder is held, for reading, by what a signal must not break off: a file on its
// way to its name, letters on their way, a service. They end by themselves, soon. No
// step that holds it may begin another that does.
var inGoodOrder sync.RWMutex

// tidyTime is how long other work has to end by itself after a signal. Within
// 200 ms the command is to have ended.
const tidyTime = 100 * time.Millisecond

// untilOver does work, and gives its error. Once ctx has ended it waits no longer for
// what cannot be told to end, such as reading a pipe that nobody writes to.
func untilOver(ctx context.Context, work func() error) error {
	over := make(chan error, 1)
	go func() { over <- work() }()
	select {
	case err := <-over:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-over:
		return err
	case <-time.After(tidyTime):
	}
	idle := make(chan struct{})
	go func() {
		inGoodOrder.Lock() // for good: nothing begins any more
		close(idle)
	}()
	select {
	case err := <-over:
		return err
	case <-idle:
		return ctx.Err()
	}
}
