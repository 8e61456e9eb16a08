// Package countdown is a context for tests that ends when it has been looked at so
// many times: a stage that looks often enough can be held to what it does after
// that, without a clock. The package is for tests only.
package countdown

import (
	"context"
	"sync"
)

// Context ends at the look after the first Looks. Its Done channel is closed then.
type Context struct {
	context.Context
	Looks int

	mu   sync.Mutex
	done chan struct{}
	seen int
}

// New gives a context that lives for so many looks at its error.
func New(parent context.Context, looks int) *Context {
	return &Context{Context: parent, Looks: looks, done: make(chan struct{})}
}

// Done is closed when the context has ended.
func (c *Context) Done() <-chan struct{} { return c.done }

// Err counts a look.
func (c *Context) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen++
	if c.seen <= c.Looks {
		return nil
	}
	if c.seen == c.Looks+1 {
		close(c.done)
	}
	return context.Canceled
}

// Seen counts the looks so far.
func (c *Context) Seen() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen
}

// Over counts the looks after the end.
func (c *Context) Over() int { return max(0, c.Seen()-c.Looks) }
