package store

import (
	"context"
	"errors"
	"io"
	"time"

	"offprint/article"
)

// Errors that callers tell apart. They come wrapped, with the key.
var (
	ErrNotFound = errors.New("no such object")
	ErrFull     = errors.New("no space left: free some, or let objects expire sooner")
	ErrTooLarge = errors.New("object is larger than the store takes")
)

// Meta is what a store remembers of an object beside its bytes. Size, SHA256 and
// Modified are set by the store; the others are the caller's.
type Meta struct {
	Type  string `json:"type,omitempty"`  // media type
	Name  string `json:"name,omitempty"`  // file name to offer
	Pages int    `json:"pages,omitempty"` // of a document
	// Subject is that of letters that carry a document, in the article's language.
	Subject string `json:"subject,omitempty"`
	// Warned counts a document's warnings by their codes. Warnings are the first of
	// them, at most some tens.
	Warned   map[string]int    `json:"warned,omitempty"`
	Warnings []article.Warning `json:"warnings,omitempty"`

	Size     int64     `json:"size"`   // bytes
	SHA256   Key       `json:"sha256"` // of the bytes
	Modified time.Time `json:"-"`      // when it was put
}

// Object is an open object. Reads and seeks are over its bytes alone.
type Object struct {
	io.ReadSeeker
	Meta
	close func() error
}

// Close lets go of the object.
func (o *Object) Close() error { return o.close() }

// Store keeps objects. Its methods may be called from several goroutines, and
// an object that is open stays readable whatever happens to its key.
type Store interface {
	// Put keeps what r gives under key, in place of what is there. When it fails,
	// what was there stays: nothing half-written is ever seen.
	Put(ctx context.Context, key Key, meta Meta, r io.Reader) (Meta, error)
	// Open gives the object, or an error that is ErrNotFound.
	Open(ctx context.Context, key Key) (*Object, error)
	// Delete forgets the object. That there is none is no error.
	Delete(ctx context.Context, key Key) error
	// Expire forgets the objects that were put before a time, and says how many.
	Expire(ctx context.Context, before time.Time) (int, error)
}
