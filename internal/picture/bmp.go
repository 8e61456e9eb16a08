package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"

	"golang.org/x/image/bmp"
)

// configBMP reads the header of a BMP, and holds the size in it against that of the
// file: rows are not packed, so none is promised that is not there.
func configBMP(data []byte) (image.Config, error) {
	config, err := bmp.DecodeConfig(bytes.NewReader(data))
	if errors.Is(err, bmp.ErrUnsupported) {
		return config, fmt.Errorf("%w: BMP of a rare kind", ErrNotPicture)
	}
	if err != nil {
		return config, err
	}
	const bitsAt = 28 // behind both headers' first fields; DecodeConfig has read them
	bits := uint64(binary.LittleEndian.Uint16(data[bitsAt:]))
	row := (uint64(config.Width)*bits + 31) / 32 * 4
	if row > 0 && uint64(config.Height) > uint64(len(data))/row {
		return config, errors.New("it is cut off")
	}
	return config, nil
}

func decodeBMP(data []byte) (image.Image, error) { return bmp.Decode(bytes.NewReader(data)) }
