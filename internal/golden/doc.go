// Package golden compares what a test made with a file that stands in the
// repository.
//
// In: a folder of golden files and the bytes that a test made.
// Out: a test failure that shows a line diff, and nothing else.
//
// UPDATE_GOLDEN=1 writes the files instead; without it a missing file fails,
// and so does a file that no test asked for. It must not be imported by anything
// but tests.
package golden
