package typeset

// Encoding is how the bytes of a [Picture] are packed.
type Encoding string

// The encodings that every back end can draw.
const (
	JPEG Encoding = "jpeg" // baseline or progressive; grey or RGB; as the source sent it
	PNG  Encoding = "png"  // 8 bits, grey or RGB, no alpha, not interlaced
)

// Picture is a checked picture, ready to be drawn.
type Picture struct {
	Encoding    Encoding
	Bytes       []byte
	W, H        int // in pixels, as stored
	Orientation int // EXIF 1–8; 1 is upright
}

// Upright gives the width and height in pixels after Orientation is applied.
func (p *Picture) Upright() (w, h int) {
	if p.Orientation >= 5 {
		return p.H, p.W
	}
	return p.W, p.H
}
