package picture

import (
	"bytes"
	"encoding/binary"

	"offprint/internal/imageformat"
)

// orientation reads the Orientation tag of EXIF data, which is a TIFF file
// without a picture (Exif 2.32 §4.6.4): 1 to 8, and 1 for anything that is not
// as it should be.
func orientation(exif []byte) int {
	if len(exif) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(exif[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	const entry = 12
	at := uint64(order.Uint32(exif[4:]))
	if at+2 > uint64(len(exif)) {
		return 1
	}
	fields := exif[at+2:]
	count := min(int(order.Uint16(exif[at:])), len(fields)/entry)
	for i := range count {
		field := fields[i*entry:]
		const tagOrientation, typeShort = 0x0112, 3
		if order.Uint16(field) != tagOrientation || order.Uint16(field[2:]) != typeShort {
			continue
		}
		if v := order.Uint16(field[8:]); v >= 1 && v <= 8 {
			return int(v)
		}
		return 1
	}
	return 1
}

// exifOf finds the EXIF data of a file that is not a JPEG: in a chunk named
// eXIf (PNG 3 §11.3.3.6) or EXIF (WebP container). It gives nil if there is
// none.
func exifOf(kind kind, data []byte) []byte {
	switch string(kind) {
	case imageformat.PNG:
		const signature, crc = 8, 4
		return chunk(data[signature:], "eXIf", binary.BigEndian, false, crc)
	case imageformat.WebP:
		exif := chunk(data[riffHeader:], "EXIF", binary.LittleEndian, true, 0)
		return bytes.TrimPrefix(exif, []byte("Exif\x00\x00")) // some write it as in a JPEG
	}
	return nil
}

// chunk walks a chain of chunks, each of a length and a name of four bytes, and
// gives the body of the first of the name. In RIFF the name comes first and
// bodies are padded to an even length.
func chunk(data []byte, name string, order binary.ByteOrder, riff bool, trailer uint64) []byte {
	for len(data) >= 8 {
		length, id := uint64(order.Uint32(data)), string(data[4:8])
		if riff {
			id, length = string(data[:4]), uint64(order.Uint32(data[4:]))
		}
		data = data[8:]
		if length > uint64(len(data)) {
			return nil
		}
		if id == name {
			return data[:length]
		}
		if riff {
			length += length & 1
		}
		data = data[min(length+trailer, uint64(len(data))):]
	}
	return nil
}
