package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/draw"

	"golang.org/x/image/webp"
)

// What a WebP file begins with, before its chunks (RFC 9649 §2.4).
const riffHeader = 12

func configWebP(data []byte) (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(data)) }

// decodeWebP decodes a WebP; of one that moves, its first frame on a clear canvas.
func decodeWebP(data []byte) (image.Image, error) {
	frame := chunk(data[riffHeader:], "ANMF", binary.LittleEndian, true, 0)
	if frame == nil {
		m, err := webp.Decode(bytes.NewReader(data))
		return studioRange(m), err
	}
	canvas, err := configWebP(data)
	if err != nil {
		return nil, err
	}
	still, place, err := firstFrame(frame)
	if err != nil {
		return nil, err
	}
	config, err := configWebP(still)
	if err != nil {
		return nil, err
	}
	whole := image.Rect(0, 0, canvas.Width, canvas.Height)
	if !place.In(whole) || place.Size() != image.Pt(config.Width, config.Height) {
		return nil, errors.New("its first frame lies beyond the picture")
	}
	m, err := webp.Decode(bytes.NewReader(still))
	if err != nil {
		return nil, err
	}
	all := image.NewRGBA(whole)
	draw.Draw(all, place, studioRange(m), image.Point{}, draw.Src)
	return all, nil
}

// firstFrame makes of the body of an ANMF chunk (RFC 9649 §2.7.1.1) a file of its own,
// and tells the frame's place on the canvas.
func firstFrame(body []byte) (still []byte, place image.Rectangle, err error) {
	const head = 16
	if len(body) < head {
		return nil, place, errors.New("its first frame is cut off")
	}
	x, y := 2*uint24(body), 2*uint24(body[3:])
	w, h := uint24(body[6:])+1, uint24(body[9:])+1
	place = image.Rect(x, y, x+w, y+h)
	var chunks []byte
	if alpha := chunk(body[head:], "ALPH", binary.LittleEndian, true, 0); alpha != nil {
		const flagAlpha = 1 << 4
		extended := append([]byte{flagAlpha, 0, 0, 0}, body[6:12]...)
		chunks = appendChunk(chunks, "VP8X", extended)
		chunks = appendChunk(chunks, "ALPH", alpha)
	}
	for _, name := range []string{"VP8 ", "VP8L"} {
		if pixels := chunk(body[head:], name, binary.LittleEndian, true, 0); pixels != nil {
			chunks = appendChunk(chunks, name, pixels)
			still = append([]byte("RIFF\x00\x00\x00\x00WEBP"), chunks...)
			binary.LittleEndian.PutUint32(still[4:], uint32(len(still)-8))
			return still, place, nil
		}
	}
	return nil, place, errors.New("its first frame has no pixels")
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// appendChunk adds a chunk of RIFF: name, length, body, and a byte where that is odd.
func appendChunk(b []byte, name string, body []byte) []byte {
	b = append(b, name...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	b = append(b, body...)
	if len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

// studioRange turns the pixels of a lossy WebP into RGB. They are YCbCr whose luma goes
// from 16 to 235 (RFC 6386 §9.2), and package image takes each YCbCr for JPEG's, from 0
// to 255: so taken, black is a dark grey and all colours are dull.
func studioRange(m image.Image) image.Image {
	switch m := m.(type) {
	case *image.YCbCr:
		return studioPixels(m, nil, 0)
	case *image.NYCbCrA:
		return studioPixels(&m.YCbCr, m.A, m.AStride)
	}
	return m
}

// studioPixels has chroma for each two rows and columns, as VP8 does, and the top left
// corner at 0, 0.
func studioPixels(m *image.YCbCr, alpha []byte, alphaStride int) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		row, luma := out.Pix[y*out.Stride:][:4*w], m.Y[y*m.YStride:][:w]
		blue, red := m.Cb[y/2*m.CStride:], m.Cr[y/2*m.CStride:]
		for x, v := range luma {
			grey, cb, cr := 76309*(int32(v)-16), int32(blue[x/2])-128, int32(red[x/2])-128
			pixel := row[4*x:][:4]
			pixel[0] = sixteenth(grey + 104597*cr)
			pixel[1] = sixteenth(grey - 25675*cb - 53279*cr)
			pixel[2] = sixteenth(grey + 132201*cb)
			pixel[3] = 0xFF
			if alpha != nil {
				pixel[3] = alpha[y*alphaStride+x]
			}
		}
	}
	return out
}

// sixteenth rounds a number with 16 binary places to a byte.
func sixteenth(v int32) uint8 { return uint8(min(max((v+1<<15)>>16, 0), 255)) }
