package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// A file of a [Folder] is the object's bytes and then a tail:
//
//	JSON of Meta · its length in bytes (4 bytes, big-endian) · "offprint"
//
// Bytes and tail are one file, so that one rename publishes both. A PDF reader
// still opens it: what stands after the end of a PDF is passed over.
const (
	tailMark = "offprint"
	tailEnd  = 4 + len(tailMark)
	maxMeta  = 64 << 10
)

// errDamaged says that a file is not as Put left it.
var errDamaged = errors.New("the file is damaged")

func encodeTail(meta Meta) ([]byte, error) {
	text, err := json.Marshal(meta)
	if err != nil {
		return nil, fmt.Errorf("write meta: %w", err)
	}
	if len(text) > maxMeta {
		return nil, fmt.Errorf("write meta: %d bytes, more than %d", len(text), maxMeta)
	}
	tail := binary.BigEndian.AppendUint32(text, uint32(len(text)))
	return append(tail, tailMark...), nil
}

// readTail reads the meta of an open file and holds the file's length to it.
func readTail(f *os.File) (Meta, error) {
	info, err := f.Stat()
	if err != nil {
		return Meta{}, err
	}
	end := make([]byte, tailEnd)
	if info.Size() < int64(len(end)) {
		return Meta{}, errDamaged
	}
	if _, err := f.ReadAt(end, info.Size()-int64(len(end))); err != nil {
		return Meta{}, err
	}
	length := int64(binary.BigEndian.Uint32(end))
	size := info.Size() - int64(len(end)) - length
	if string(end[4:]) != tailMark || length > maxMeta || size < 0 {
		return Meta{}, errDamaged
	}
	text := make([]byte, length)
	if _, err := f.ReadAt(text, size); err != nil {
		return Meta{}, err
	}
	var meta Meta
	if err := json.Unmarshal(text, &meta); err != nil || meta.Size != size {
		return Meta{}, errDamaged
	}
	meta.Modified = info.ModTime()
	return meta, nil
}
