package fonts

import "encoding/binary"

// section is a table of a font that is being written.
type section struct {
	tag  string
	size int
}

// writer lays a font file out in one piece of memory. Tables that are empty are
// left out.
type writer struct {
	file     []byte
	sections []section
	starts   []int
}

// newWriter makes room for the tables, which are ordered by tag.
func newWriter(tables []section) *writer {
	w := &writer{}
	for _, t := range tables {
		if t.size > 0 {
			w.sections = append(w.sections, t)
		}
	}
	at := 12 + 16*len(w.sections)
	for _, t := range w.sections {
		w.starts = append(w.starts, at)
		at += padded(t.size)
	}
	w.file = make([]byte, at)
	return w
}

// table is the room of a table; nil for one that was left out.
func (w *writer) table(tag string) []byte {
	for i, t := range w.sections {
		if t.tag == tag {
			return w.file[w.starts[i]:][:t.size]
		}
	}
	return nil
}

func (w *writer) copy(tag string, content view) { copy(w.table(tag), content) }

// finish writes the directory and the checksums (OpenType specification,
// "Calculating checksums").
func (w *writer) finish() []byte {
	const version, magic, adjustment = 0x00010000, 0xB1B0AFBA, 8
	put32(w.table("head")[adjustment:], 0)

	n := len(w.sections)
	log := 0
	for 2<<log <= n {
		log++
	}
	put32(w.file, version)
	put16(w.file[4:], n)
	put16(w.file[6:], 16<<log)
	put16(w.file[8:], log)
	put16(w.file[10:], 16*n-16<<log)
	for i, t := range w.sections {
		entry := w.file[12+16*i:]
		copy(entry, t.tag)
		put32(entry[4:], int(checksum(w.file[w.starts[i]:][:padded(t.size)])))
		put32(entry[8:], w.starts[i])
		put32(entry[12:], t.size)
	}
	put32(w.table("head")[adjustment:], int(magic-checksum(w.file)))
	return w.file
}

// checksum adds up the words of a table, whose length is a multiple of four.
func checksum(table []byte) uint32 {
	var sum uint32
	for ; len(table) >= 4; table = table[4:] {
		sum += binary.BigEndian.Uint32(table)
	}
	return sum
}

func put16(b []byte, n int) { binary.BigEndian.PutUint16(b, uint16(n)) }

func put32(b []byte, n int) { binary.BigEndian.PutUint32(b, uint32(n)) }
