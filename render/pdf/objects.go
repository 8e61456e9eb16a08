package pdf

import (
	"crypto/sha256"
	"fmt"
	"strconv"
)

// objects is the file in the making: objects one after another, in any order
// of their numbers.
type objects struct {
	buf     []byte
	offsets []int // by number; 0 for one that has not been written
}

// header names PDF 1.7 and, in a comment of bytes beyond ASCII, says that the
// file is binary (ISO 32000-1 §7.5.2).
const header = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"

// newObjects begins a file that has the numbers up to last already.
func newObjects(last, size int) *objects {
	return &objects{buf: append(make([]byte, 0, size), header...), offsets: make([]int, last+1)}
}

// reserve takes the next n object numbers and gives the first.
func (o *objects) reserve(n int) int {
	first := len(o.offsets)
	o.offsets = append(o.offsets, make([]int, n)...)
	return first
}

// begin starts an object; the caller adds its body to buf and ends it.
func (o *objects) begin(number int) {
	o.offsets[number] = len(o.buf)
	o.buf = strconv.AppendInt(o.buf, int64(number), 10)
	o.add(" 0 obj\n")
}

func (o *objects) end() { o.add("\nendobj\n") }

func (o *objects) add(s string) { o.buf = append(o.buf, s...) }

func (o *objects) int(v int) { o.buf = appendInt(o.buf, v) }

// ref adds a reference to an object.
func (o *objects) ref(number int) {
	o.int(number)
	o.add(" 0 R")
}

// entry adds a dictionary entry that refers to an object.
func (o *objects) entry(key string, number int) {
	o.add(key)
	o.ref(number)
}

// close adds the cross-reference table and the trailer, whose ID is a hash of
// all before it.
func (o *objects) close(root, info int) ([]byte, error) {
	sum := sha256.Sum256(o.buf)
	table := len(o.buf)
	o.add("xref\n0")
	o.int(len(o.offsets))
	o.add("\n0000000000 65535 f \n")
	for number, offset := range o.offsets[1:] {
		if offset == 0 {
			return nil, fmt.Errorf("object %d was never written", number+1)
		}
		digits := strconv.Itoa(offset)
		o.add("0000000000"[min(10, len(digits)):])
		o.add(digits)
		o.add(" 00000 n \n")
	}
	o.add("trailer\n<</Size")
	o.int(len(o.offsets))
	o.entry(" /Root", root)
	o.entry(" /Info", info)
	o.buf = fmt.Appendf(o.buf, " /ID [<%X> <%X>]>>\nstartxref\n%d\n%%%%EOF\n", sum[:16], sum[:16], table)
	return o.buf, nil
}
