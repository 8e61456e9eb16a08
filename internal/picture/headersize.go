package picture

import (
	"encoding/binary"
	"math"

	"offprint/internal/imageformat"
)

// headerSize gives the size that the header of a PNG or BMP says, 0 × 0 for none. The
// decoders refuse one that their platform's int cannot count: with 32 bits that is
// sooner, and as a fault of another kind.
func headerSize(kind string, data []byte) (w, h int) {
	switch {
	case kind == imageformat.PNG && len(data) >= 24 && string(data[12:16]) == "IHDR":
		return side(binary.BigEndian.Uint32(data[16:])), side(binary.BigEndian.Uint32(data[20:]))
	case kind == imageformat.BMP && len(data) >= 26 && binary.LittleEndian.Uint32(data[14:]) >= 40:
		height := binary.LittleEndian.Uint32(data[22:])
		if height > math.MaxInt32 {
			height = -height // its rows go from the top down
		}
		return side(binary.LittleEndian.Uint32(data[18:])), side(height)
	}
	return 0, 0
}

// side is a length that the decoders take; 0 where it is none.
func side(n uint32) int {
	if n > math.MaxInt32 {
		return 0
	}
	return int(n)
}
