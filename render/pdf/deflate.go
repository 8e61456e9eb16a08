package pdf

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// deflateLevel: on font subsets level 2 is four times as fast as level 6 and
// gives 5 % more bytes.
const deflateLevel = 2

// deflaters keeps compressors, whose tables take longer to make than a page
// takes to compress. A compressor that is reset gives what a new one gives.
var deflaters = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(nil, deflateLevel)
	if err != nil {
		panic("pdf: deflate level out of range") // a constant is wrong
	}
	return w
}}

// appendStream writes a deflated stream object's dictionary and data. Extra is
// what else stands in the dictionary.
func appendStream(b []byte, extra string, data []byte) []byte {
	packed := bytes.NewBuffer(make([]byte, 0, len(data)/2+64))
	w := deflaters.Get().(*zlib.Writer)
	w.Reset(packed)
	// Neither call fails: a bytes.Buffer takes everything.
	_, _ = w.Write(data)
	_ = w.Close()
	deflaters.Put(w)

	b = append(b, "<<"...)
	b = append(b, extra...)
	b = append(b, "/Filter /FlateDecode /Length"...)
	b = appendInt(b, packed.Len())
	b = append(b, ">>\nstream\n"...)
	b = append(b, packed.Bytes()...)
	return append(b, "\nendstream\n"...)
}
