// Package hint words what people at a command line are told of an error: what is
// wrong in one line, and what they can do about it.
//
// In: errors. Out: errors with a Hint method, and words. It must not print, know
// an exit code, or know what any of our packages does.
package hint
