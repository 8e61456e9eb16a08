// Package durable writes files that outlive a power cut.
//
// In: bytes, the path of a file and its mode. Out: the old file or the whole new one,
// for whoever reads it and for whoever starts after a crash. [WriteFile] is the whole
// way; [WriteTemp], [Rename], [SyncFolder] and [Sync] are its steps, for those who
// write several files or choose the name only when the bytes are there. [CreateFile]
// never replaces a file.
//
// Package store goes these steps by itself: its objects are streamed, hashed and held
// to a size while they are written, beneath an [os.Root].
//
// It makes no folder, takes no lock and follows no link. Callers keep apart two who
// replace one file at the same time.
package durable
