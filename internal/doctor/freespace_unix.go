//go:build unix

package doctor

import "syscall"

// freeBytes is the room that is left to us on the disk of a folder.
func freeBytes(folder string) (free uint64, known bool) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(folder, &disk); err != nil {
		return 0, false
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), true
}
