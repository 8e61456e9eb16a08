// Package livefile keeps values that stand in files, and reads them again when the
// files change, while a program runs.
//
// In: the paths, and what reads them. Out: the newest value that could be read. A file
// is looked at when its value is asked for, at most once a second: its time, its size
// and whether it is the same file. A [Set] looks at all of its files at once, as a
// program does at SIGHUP.
//
// A file that cannot be read, or does not hold what it should, leaves the old value in
// place: the error is told once for each change. The package starts nothing of its own
// and writes nothing.
package livefile
