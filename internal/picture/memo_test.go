package picture

import (
	"crypto/sha256"
	"encoding/binary"
	"reflect"
	"testing"

	"offprint/typeset"
)

// The second time, a small file is neither unpacked nor another picture.
func TestDecodeRemembers(t *testing.T) {
	var m Memo
	data := read(t, "turned.png")
	first, err := m.Decode(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	kept := *first
	first.W = 0 // a caller's change must not reach others
	again, err := m.Decode(data, Limits{AcquirePixels: func(int) (func(), error) {
		t.Error("unpacked again")
		return func() {}, nil
	}})
	if err != nil || !reflect.DeepEqual(*again, kept) {
		t.Errorf("the second time: %v, %v", again, err)
	}
	if _, err := m.Decode(data, Limits{Pixels: 10}); err == nil {
		t.Error("remembered beyond the caller's limits")
	}
}

// Without a memo nothing is remembered: the package has no state.
func TestDecodeRemembersNothing(t *testing.T) {
	data := read(t, "turned.png")
	turns := 0
	for range 2 {
		_, err := Decode(data, Limits{AcquirePixels: func(int) (func(), error) {
			turns++
			return func() {}, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if turns != 2 {
		t.Errorf("unpacked %d times, want 2", turns)
	}
}

func TestMemoIsBounded(t *testing.T) {
	var m Memo
	name := func(i int) (file [sha256.Size]byte) {
		binary.BigEndian.PutUint64(file[:], uint64(i))
		return file
	}
	small := &typeset.Picture{W: 1, H: 1}
	m.put(name(0), 10, small)
	for i := 1; i < 2*memoEntries; i++ {
		m.put(name(i), 10, small)
		if m.get(name(0)) == nil {
			t.Fatalf("the one used last is forgotten after %d others", i)
		}
	}
	if len(m.byFile) != memoEntries || len(m.order) != memoEntries {
		t.Errorf("%d and %d are kept", len(m.byFile), len(m.order))
	}
	m.put(name(-1), memoBytes+1, small)
	if m.get(name(-1)) != nil {
		t.Error("a large one is kept")
	}
}
