package offprint

import (
	"offprint/internal/picture"
	"offprint/typeset"
)

// SmallPictures remembers what became of the small picture files that were read
// last, by their content: some dozens, of a few hundred kilobytes each. A program
// that prints many documents of one paper shares one in their Options. That saves the
// logo's decoding, a fifth of each document's time. It changes no
// document. The zero value is ready for use, by many goroutines at once.
type SmallPictures struct{ memo picture.Memo }

func (s *SmallPictures) decode(body []byte, limits picture.Limits) (*typeset.Picture, error) {
	if s == nil {
		return picture.Decode(body, limits)
	}
	return s.memo.Decode(body, limits)
}
