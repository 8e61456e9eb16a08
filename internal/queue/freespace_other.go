//go:build !unix

package queue

// freeSpace gives the bytes that are free for a folder; 0: that is not known.
func freeSpace(string) int64 { return 0 }
