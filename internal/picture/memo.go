package picture

import (
	"crypto/sha256"
	"sync"

	"offprint/typeset"
)

// A paper's logo comes with every article of it, and to pack it anew each time takes
// a fifth of the time that a document takes. So what was last made of small files
// can be remembered, by their content: the result is the same as without.
const (
	memoEntries = 32
	memoBytes   = 256 << 10 // of a file, and of what became of it
)

// Memo remembers what small picture files became, those that were used last. The
// zero value is ready for use, by many goroutines at once; a nil Memo remembers
// nothing.
type Memo struct {
	mu     sync.Mutex
	byFile map[[sha256.Size]byte]*typeset.Picture
	order  [][sha256.Size]byte // the one used last at the end
}

// once makes a picture of a file, unless that is remembered. What it gives is the
// caller's but for its Bytes, which all share.
func (m *Memo) once(data []byte, make func() (*typeset.Picture, error)) (*typeset.Picture, error) {
	if m == nil || len(data) > memoBytes {
		return make()
	}
	file := sha256.Sum256(data)
	kept := m.get(file)
	if kept == nil {
		var err error
		if kept, err = make(); err != nil {
			return nil, err
		}
		m.put(file, len(data), kept)
	}
	own := *kept
	return &own, nil
}

// get gives what the file became, or nil. The picture is not to be changed.
func (m *Memo) get(file [sha256.Size]byte) *typeset.Picture {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.byFile[file]
	if p != nil {
		m.use(file)
	}
	return p
}

// put remembers what the file became, if both are small.
func (m *Memo) put(file [sha256.Size]byte, size int, p *typeset.Picture) {
	if size > memoBytes || len(p.Bytes) > memoBytes {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.byFile == nil {
		m.byFile = map[[sha256.Size]byte]*typeset.Picture{}
	}
	m.byFile[file] = p
	m.use(file)
	if len(m.order) > memoEntries {
		delete(m.byFile, m.order[0])
		m.order = m.order[1:]
	}
}

// use moves a file to the end of the order.
func (m *Memo) use(file [sha256.Size]byte) {
	for i, one := range m.order {
		if one == file {
			m.order = append(m.order[:i], m.order[i+1:]...)
			break
		}
	}
	m.order = append(m.order, file)
}
