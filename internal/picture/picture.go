package picture

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"offprint/internal/imageformat"
	"offprint/typeset"
)

// The kinds of failure; errors.Is finds them in what [Decode] returns.
var (
	ErrTooLarge   = errors.New("picture is too large")
	ErrNotPicture = errors.New("not a picture that can be printed")
	ErrDamaged    = errors.New("picture is damaged")
)

// Limits bounds what is decoded. A zero field takes its default.
type Limits struct {
	Bytes  int // of the file; 20 MB
	Pixels int // width × height; 50 million
	// AcquirePixels, when set, is called before so many pixels are decoded, and release
	// when they are gone: each takes some twenty bytes meanwhile. JPEGs that pass
	// through untouched need none.
	AcquirePixels func(pixels int) (release func(), err error)
	// Ended, when set, is asked now and then whether to stop, with what error: a
	// context's Err. Decoders of others do not ask.
	Ended func() error
}

const (
	defaultBytes  = 20 << 20
	defaultPixels = 50_000_000
)

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = defaultBytes
	}
	if l.Pixels <= 0 {
		l.Pixels = defaultPixels
	}
	return l
}

// Decode checks a JPEG, PNG, GIF, WebP or BMP file and gives it as a picture that can
// be drawn. Of one that moves it takes the first frame. The result may share
// data's memory.
func Decode(data []byte, limits Limits) (*typeset.Picture, error) {
	return (*Memo)(nil).Decode(data, limits)
}

// Decode does as [Decode], and remembers what became of small files. The picture
// that it gives is the caller's; its Bytes are not: others may have them.
func (m *Memo) Decode(data []byte, limits Limits) (*typeset.Picture, error) {
	p, err := m.decode(data, limits.withDefaults())
	if err != nil {
		return nil, fmt.Errorf("decode picture: %w", err)
	}
	return p, nil
}

func (m *Memo) decode(data []byte, limits Limits) (*typeset.Picture, error) {
	if len(data) > limits.Bytes {
		return nil, fmt.Errorf("%w: %d bytes of at most %d", ErrTooLarge, len(data), limits.Bytes)
	}
	kind := sniff(data)
	if kind == imageformat.JPEG {
		return decodeJPEG(data, limits)
	}
	codec, ok := codecs[string(kind)]
	if !ok {
		return nil, fmt.Errorf("%w: %s; use %s", ErrNotPicture, kind, imageformat.Names())
	}
	if w, h := headerSize(string(kind), data); w > 0 && h > 0 {
		if err := limits.check(w, h); err != nil {
			return nil, err
		}
	}
	config, err := codec.config(data)
	if errors.Is(err, ErrNotPicture) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, kind, err)
	}
	if err := limits.check(config.Width, config.Height); err != nil {
		return nil, err
	}
	return m.once(data, func() (*typeset.Picture, error) {
		done, err := limits.acquire(config.Width, config.Height)
		if err != nil {
			return nil, err
		}
		defer done()
		pixels, err := codec.decode(data)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, kind, err)
		}
		// The first frame of a GIF need not have the size of the whole.
		if size := pixels.Bounds().Size(); size.X < 1 || size.Y < 1 {
			return nil, fmt.Errorf("%w: %s: its first frame is empty", ErrDamaged, kind)
		}
		if pixels, err = profileOf(kind, data).asSRGB(pixels, limits.Ended); err != nil {
			return nil, err
		}
		return pack(pixels, orientation(exifOf(kind, data)), photoQuality)
	})
}

// acquire waits until a picture of a size may be decoded.
func (l Limits) acquire(w, h int) (release func(), err error) {
	if l.AcquirePixels == nil {
		return func() {}, nil
	}
	return l.AcquirePixels(w * h)
}

// check holds a picture's size against the limits.
func (l Limits) check(w, h int) error {
	if w <= 0 || h <= 0 {
		return fmt.Errorf("%w: it says that it is %d × %d pixels", ErrDamaged, w, h)
	}
	if w > l.Pixels/h {
		return fmt.Errorf("%w: %d × %d pixels of at most %d million", ErrTooLarge, w, h, l.Pixels/1_000_000)
	}
	return nil
}

// codec reads one kind of file. The decoders bound themselves by the size that
// config tells and by the file's end.
type codec struct {
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
}

// codecs has a line for each format of package imageformat but JPEG.
var codecs = map[string]codec{
	imageformat.PNG: {
		func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) },
	},
	imageformat.GIF: {
		func(b []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return gif.Decode(bytes.NewReader(b)) },
	},
	imageformat.WebP: {configWebP, decodeWebP},
	imageformat.BMP:  {configBMP, decodeBMP},
}

// decodeJPEG passes a whole JPEG of grey or YCbCr through. CMYK, the rare RGB, colours
// of another space than sRGB and files with something wrong are decoded, if they can be.
func decodeJPEG(data []byte, limits Limits) (*typeset.Picture, error) {
	info, fault := inspect(data)
	if errors.Is(fault, ErrNotPicture) {
		return nil, fault
	}
	if fault != nil && !info.ended {
		data = append(bytes.Clone(data), 0xFF, markEOI) // perhaps nothing else is missing
	}
	plain := info.components == 4 && info.transform < 0
	if plain {
		data = markedAdobe(data)
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, cmp.Or(fault, damaged("%w", err))
	}
	if err := limits.check(config.Width, config.Height); err != nil {
		return nil, err
	}
	colours := unlike(readProfile(jpegProfile(info.profile)))
	if fault == nil && colours == nil && info.printable() {
		return &typeset.Picture{
			Encoding: typeset.JPEG, Bytes: data, W: info.w, H: info.h, Orientation: orientation(info.exif),
		}, nil
	}
	done, err := limits.acquire(config.Width, config.Height)
	if err != nil {
		return nil, err
	}
	defer done()
	m, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, cmp.Or(fault, damaged("%w", err))
	}
	if ink, ok := m.(*image.CMYK); ok && plain {
		for i := range ink.Pix {
			ink.Pix[i] = ^ink.Pix[i]
		}
	}
	if m, err = colours.asSRGB(m, limits.Ended); err != nil {
		return nil, err
	}
	return pack(m, orientation(info.exif), photoQuality)
}

// markedAdobe puts Adobe's segment into a JPEG of four channels that has none: package
// jpeg reads no other. It then takes the channels for inverted, as Adobe writes them,
// which those of a plain JPEG are not.
func markedAdobe(data []byte) []byte {
	segment := "\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00"
	return bytes.Join([][]byte{data[:2], []byte(segment), data[2:]}, nil)
}
