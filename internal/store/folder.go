package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"
	"time"

	"offprint/internal/durable"
	"offprint/internal/filelock"
)

// DefaultMaxObject is the largest object that a folder takes, in bytes, unless
// it is told otherwise.
const DefaultMaxObject = 256 << 20

// Folder is a store in a folder of the file system. Objects lie at
// KE/KEY, KE being the first two digits of KEY; tmp/ holds what is being
// written, and lock/ keeps processes that share the folder off each other. All
// access goes through an [os.Root], so not even a symbolic link leads out of it.
type Folder struct {
	// MaxObject is the largest object, in bytes.
	MaxObject int64

	root *os.Root
	// create makes a file to write to. Tests stand a full disk in its place.
	create func(name string) (file, error)
}

// file is what Put needs of an open file.
type file interface {
	io.WriteCloser
	Sync() error
}

const (
	tmpFolder  = "tmp"
	lockFolder = "lock" // files that stay empty; see [Folder.lock]
	// tmpAge is after how long a file in tmp/ can only be left from a crash.
	tmpAge = 6 * time.Hour
)

// OpenFolder opens the store in dir, and makes dir when it is not there.
func OpenFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(path.Join(dir, tmpFolder), 0o750); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := makeLocks(path.Join(dir, lockFolder)); err != nil {
		return nil, fmt.Errorf("open store: %w", spaceError(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	f := &Folder{MaxObject: DefaultMaxObject, root: root}
	f.create = func(name string) (file, error) {
		return f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	}
	return f, nil
}

// makeLocks makes the files of locks now: on a full disk it could not be done.
func makeLocks(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	for n := range turns {
		f, err := os.OpenFile(path.Join(dir, lockName(n)), os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

func lockName(n int) string { return fmt.Sprintf("%02d", n) }

// lock implements [shared].
func (f *Folder) lock(ctx context.Context, n int) (release func(), err error) {
	lock, err := filelock.Wait(ctx, path.Join(f.root.Name(), lockFolder, lockName(n)))
	if err != nil {
		return nil, err
	}
	return lock.Release, nil
}

// Close lets go of the folder. Open objects stay readable.
func (f *Folder) Close() error { return f.root.Close() }

// Put implements [Store]: it writes to tmp/, flushes to the disk and renames.
func (f *Folder) Put(ctx context.Context, key Key, meta Meta, r io.Reader) (Meta, error) {
	tmp := path.Join(tmpFolder, rand.Text())
	meta, err := f.write(ctx, tmp, meta, r)
	if err == nil {
		err = f.publish(tmp, key)
	}
	if err != nil {
		_ = f.root.Remove(tmp)
		return Meta{}, fmt.Errorf("store object %s: %w", key, spaceError(err))
	}
	meta.Modified = time.Now()
	return meta, nil
}

// write puts bytes and meta into a new file and makes sure that they are on the
// disk.
func (f *Folder) write(ctx context.Context, name string, meta Meta, r io.Reader) (Meta, error) {
	out, err := f.create(name)
	if err != nil {
		return meta, err
	}
	defer out.Close()
	hash := sha256.New()
	source := io.LimitReader(&contextReader{ctx, r}, f.MaxObject+1)
	meta.Size, err = io.Copy(io.MultiWriter(out, hash), source)
	if err != nil {
		return meta, err
	}
	if meta.Size > f.MaxObject {
		return meta, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, f.MaxObject)
	}
	meta.SHA256 = Key(hash.Sum(nil))
	tail, err := encodeTail(meta)
	if err != nil {
		return meta, err
	}
	if _, err := out.Write(tail); err != nil {
		return meta, err
	}
	if err := out.Sync(); err != nil {
		return meta, err
	}
	return meta, out.Close()
}

// publish gives a finished file its name, for good.
func (f *Folder) publish(tmp string, key Key) error {
	name := place(key)
	if err := f.root.MkdirAll(path.Dir(name), 0o750); err != nil {
		return err
	}
	if err := f.root.Rename(tmp, name); err != nil {
		return err
	}
	return f.syncFolder(path.Dir(name))
}

// syncFolder flushes the names in a folder of the store.
func (f *Folder) syncFolder(name string) error {
	folder, err := f.root.Open(name)
	if err != nil {
		return err
	}
	defer folder.Close()
	return durable.Sync(folder)
}

// Open implements [Store]. A damaged file counts as none.
func (f *Folder) Open(_ context.Context, key Key) (*Object, error) {
	in, err := f.root.Open(place(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open object %s: %w", key, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("open object %s: %w", key, err)
	}
	meta, err := readTail(in)
	if err != nil {
		in.Close()
		return nil, fmt.Errorf("open object %s: %w: %w", key, ErrNotFound, err)
	}
	return &Object{io.NewSectionReader(in, 0, meta.Size), meta, in.Close}, nil
}

// Delete implements [Store].
func (f *Folder) Delete(_ context.Context, key Key) error {
	if err := f.root.Remove(place(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete object %s: %w", key, err)
	}
	return nil
}

// Expire implements [Store]. It also clears away what crashes left in tmp/.
func (f *Folder) Expire(ctx context.Context, before time.Time) (int, error) {
	n := 0
	err := fs.WalkDir(f.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil || !entry.Type().IsRegular() || path.Dir(name) == lockFolder {
			return ignoreMissing(err)
		}
		info, err := entry.Info()
		if err != nil {
			return ignoreMissing(err)
		}
		isTmp := path.Dir(name) == tmpFolder
		if isTmp && time.Since(info.ModTime()) < tmpAge || !isTmp && !info.ModTime().Before(before) {
			return nil
		}
		if err := f.root.Remove(name); err != nil {
			return ignoreMissing(err)
		}
		if !isTmp {
			n++
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("expire objects: %w", err)
	}
	return n, nil
}

// place is where an object lies.
func place(key Key) string {
	name := key.String()
	return path.Join(name[:2], name)
}

// ignoreMissing forgives that another was quicker to delete.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// spaceError marks the errors that mean a full disk or quota.
func spaceError(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	return err
}

// contextReader stops when its context does.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
