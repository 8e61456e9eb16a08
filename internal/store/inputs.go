package store

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
)

// Inputs are everything that decides a document's bytes. Two documents with the
// same inputs are the same document.
type Inputs struct {
	Engine   string         // the program's version
	Article  []byte         // its JSON, as package article writes it
	Options  []byte         // JSON of the print options, defaults filled in
	Design   []byte         // the design's files, or a hash of them
	Logo     []byte         // picture file; nil: none
	Pictures map[string]Key // by address in the article: hash of the picture's bytes; zero: it could not be had
	Fonts    []Key          // hashes of the font files, in any order
}

// Key hashes the inputs. The canonical form that is hashed is a row of fields,
// each written as its length in bytes (8 bytes, big-endian) and its bytes:
//
//	"offprint document 1"
//	Engine · Article · Options · Design · Logo
//	for each picture, by address in byte order: address · hash
//	for each font, by hash in byte order, each once: hash
//
// Pictures and fonts are preceded by a field that holds their number, so that
// nothing can move from one group to the other unnoticed.
func (in *Inputs) Key() Key {
	fields := [][]byte{[]byte(in.Engine), in.Article, in.Options, in.Design, in.Logo}

	addresses := make([]string, 0, len(in.Pictures))
	for address := range in.Pictures {
		addresses = append(addresses, address)
	}
	slices.Sort(addresses)
	fields = append(fields, number(len(addresses)))
	for _, address := range addresses {
		hash := in.Pictures[address]
		fields = append(fields, []byte(address), hash[:])
	}

	fonts := slices.Clone(in.Fonts)
	slices.SortFunc(fonts, func(a, b Key) int { return slices.Compare(a[:], b[:]) })
	fonts = slices.Compact(fonts)
	fields = append(fields, number(len(fonts)))
	for i := range fonts {
		fields = append(fields, fonts[i][:])
	}
	return digest("offprint document 1", fields...)
}

// digest hashes a name and fields so that no two different rows of fields give
// the same bytes to hash.
func digest(name string, fields ...[]byte) Key {
	h := sha256.New()
	for _, field := range append([][]byte{[]byte(name)}, fields...) {
		h.Write(number(len(field)))
		h.Write(field)
	}
	return Key(h.Sum(nil))
}

func number(n int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
