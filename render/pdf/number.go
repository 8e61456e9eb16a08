package pdf

import (
	"strconv"

	"offprint/typeset"
)

// appendLength writes a length in points, rounded to a thousandth. It counts in
// integers, so that every machine writes the same digits.
func appendLength(b []byte, l typeset.Length) []byte {
	return appendDecimal(b, int64(l.Scale(1000, int64(typeset.Point))), 3)
}

// appendSize writes a font size in points, rounded to 1/100000: the places of a
// whole line's glyphs are reckoned from it.
func appendSize(b []byte, l typeset.Length) []byte {
	return appendDecimal(b, int64(l.Scale(100000, int64(typeset.Point))), 5)
}

// appendDecimal writes v / 10^places without trailing zeros.
func appendDecimal(b []byte, v int64, places int) []byte {
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	unit := int64(1)
	for range places {
		unit *= 10
	}
	b = strconv.AppendInt(b, v/unit, 10)
	if v %= unit; v == 0 {
		return b
	}
	b = append(b, '.')
	for ; v > 0; v %= unit {
		unit /= 10
		b = append(b, byte('0'+v/unit))
	}
	return b
}

// appendInt writes a whole number after a space.
func appendInt(b []byte, v int) []byte {
	return strconv.AppendInt(append(b, ' '), int64(v), 10)
}

const hexDigits = "0123456789ABCDEF"

func appendHex16(b []byte, v uint16) []byte {
	return append(b, hexDigits[v>>12], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
}
