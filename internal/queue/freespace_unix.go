//go:build unix

package queue

import "syscall"

// freeSpace gives the bytes that are free for a folder; 0: that is not known.
func freeSpace(folder string) int64 {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0
	}
	return int64(disk.Bavail) * int64(disk.Bsize)
}
