package livefile

import (
	"io/fs"
	"os"
	"sync"
	"time"
)

// lookEvery is how often a file is looked at, however often its value is asked for.
const lookEvery = time.Second

// File is a value of type T that is read from one or more files. Its methods may be
// called from several goroutines.
type File[T any] struct {
	paths []string
	read  func() (T, error)
	// told is told of each reading after the first: nil, or why it failed. It may be nil.
	told func(error)
	now  func() time.Time // tests set it

	mu     sync.Mutex
	value  T
	looked time.Time
	seen   []stamp
}

// Open reads the value for the first time, and gives its error. read reads all of the
// files; paths say which they are. told is told of each reading that follows: nil, or
// why the value stays as it was. It may be nil.
func Open[T any](paths []string, read func() (T, error), told func(error)) (*File[T], error) {
	f := &File[T]{paths: paths, read: read, told: told, now: time.Now}
	// The stamps come first: a file that changes while it is read is read again.
	f.looked, f.seen = f.now(), stampsOf(paths)
	var err error
	f.value, err = read()
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Get gives the newest value that could be read.
func (f *File[T]) Get() T {
	f.mu.Lock()
	defer f.mu.Unlock()
	// A clock that was put back does not keep it from looking.
	if since := f.now().Sub(f.looked); since < 0 || since >= lookEvery {
		f.look(false)
	}
	return f.value
}

// Look reads the files now, whether or not they seem to have changed.
func (f *File[T]) Look() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.look(true)
}

func (f *File[T]) look(always bool) {
	f.looked = f.now()
	stamps := stampsOf(f.paths)
	if !always && sameStamps(stamps, f.seen) {
		return
	}
	f.seen = stamps
	value, err := f.read()
	if err == nil {
		f.value = value
	}
	if f.told != nil {
		f.told(err)
	}
}

// stamp is what tells one state of a file from another. Zero: it cannot be looked at.
type stamp struct{ info fs.FileInfo }

func stampsOf(paths []string) []stamp {
	stamps := make([]stamp, len(paths))
	for i, path := range paths {
		if info, err := os.Stat(path); err == nil {
			stamps[i].info = info
		}
	}
	return stamps
}

func sameStamps(a, b []stamp) bool {
	for i := range a {
		if !a[i].same(b[i]) {
			return false
		}
	}
	return true
}

func (s stamp) same(t stamp) bool {
	if s.info == nil || t.info == nil {
		return s.info == nil && t.info == nil
	}
	return os.SameFile(s.info, t.info) && s.info.ModTime().Equal(t.info.ModTime()) && s.info.Size() == t.info.Size()
}

// Looker is a [File], of whatever value.
type Looker interface{ Look() }

// Set is the files of a program. The zero Set is empty.
type Set struct {
	mu    sync.Mutex
	files []Looker
}

// Add puts a file into the set.
func (s *Set) Add(f Looker) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = append(s.files, f)
}

// Look reads all files now.
func (s *Set) Look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		f.Look()
	}
}
