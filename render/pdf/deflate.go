package pdf

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// deflateLevel: on font subsets level 2 is four times as fast as level 6 and
// gives 5 % more bytes.
const deflateLevel = 2

// deflater is a compressor with the buffer it writes to.
type deflater struct {
	packed bytes.Buffer
	zlib   *zlib.Writer
}

// deflaters keeps compressors, whose tables take longer to make than a page
// takes to compress. A compressor that is reset gives what a new one gives.
var deflaters = sync.Pool{New: func() any {
	d := new(deflater)
	var err error
	if d.zlib, err = zlib.NewWriterLevel(&d.packed, deflateLevel); err != nil {
		panic("pdf: deflate level out of range") // a constant is wrong
	}
	return d
}}

// appendStream writes a deflated stream object's dictionary and data. Extra is
// what else stands in the dictionary.
func appendStream(b []byte, extra string, data []byte) []byte {
	d := deflaters.Get().(*deflater)
	defer deflaters.Put(d)
	d.packed.Reset()
	d.zlib.Reset(&d.packed)
	// Neither call fails: a bytes.Buffer takes everything.
	_, _ = d.zlib.Write(data)
	_ = d.zlib.Close()

	b = append(b, "<<"...)
	b = append(b, extra...)
	b = append(b, "/Filter /FlateDecode /Length"...)
	b = appendInt(b, d.packed.Len())
	b = append(b, ">>\nstream\n"...)
	b = append(b, d.packed.Bytes()...)
	return append(b, "\nendstream\n"...)
}
