// Package filelock keeps processes off each other by locks on files.
//
// In: the name of a file, which is made when it is not there. Out: a [Lock]
// that the system takes back when its process ends, however it ends. The file
// itself stays: deleting it would give two processes a lock each.
//
// It reads and writes nothing in the file. Where the system has no such lock
// (not Unix), taking one fails.
package filelock
