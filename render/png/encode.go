package png

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"
)

// encode writes a picture as a PNG file that states its resolution.
func encode(w io.Writer, m image.Image, dpi float64) error {
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := encoder.Encode(&b, m); err != nil {
		return err
	}
	// The resolution stands before the first IDAT: behind the signature and the
	// IHDR chunk, whose length is fixed (PNG 3 §5.6, §11.2.1).
	const head = 8 + 12 + 13
	file := b.Bytes()
	for _, part := range [][]byte{file[:head], physChunk(dpi), file[head:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// physChunk is the pHYs chunk: pixels a metre, across and down (PNG 3 §11.3.4.3).
func physChunk(dpi float64) []byte {
	const inch = 0.0254 // metres
	perMetre := uint32(math.Round(dpi / inch))
	const metre = 1
	body := append([]byte("pHYs"), 0, 0, 0, 0, 0, 0, 0, 0, metre)
	binary.BigEndian.PutUint32(body[4:], perMetre)
	binary.BigEndian.PutUint32(body[8:], perMetre)

	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	chunk = append(chunk, body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(body))
}
