package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"golang.org/x/image/bmp"
)

func configBMP(data []byte) (image.Config, error) {
	config, err := bmp.DecodeConfig(bytes.NewReader(data))
	if errors.Is(err, bmp.ErrUnsupported) {
		return config, fmt.Errorf("%w: BMP of a rare kind", ErrNotPicture)
	}
	return config, err
}

// decodeBMP holds the size in the header against that of the file before it decodes: rows
// are not packed, so none is promised that is not there.
func decodeBMP(data []byte) (image.Image, error) {
	config, err := configBMP(data)
	if err != nil {
		return nil, err
	}
	const bitsAt = 28 // of a pixel, in the header that was read
	bits := uint64(binary.LittleEndian.Uint16(data[bitsAt:]))
	row := (uint64(config.Width)*bits + 31) / 32 * 4
	if uint64(config.Height) > uint64(len(data))/row {
		return nil, errors.New("it is cut off")
	}
	return bmp.Decode(bytes.NewReader(data))
}
