package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"offprint/internal/imageformat"
)

// limit is how much of what may be read.
type limit struct {
	what   string
	bytes  int64
	accept string // the Accept header
}

var (
	pageLimit    = limit{"a page", MaxPage, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"}
	pictureLimit = limit{"a picture", MaxPicture, imageformat.Accept()}
)

func (l limit) exceeded(source string) error {
	return &Error{
		Kind: TooLarge, Source: source,
		Err: fmt.Errorf("larger than the %d MB that %s may have", l.bytes>>20, l.what),
	}
}

// readAll reads r to its end, or fails as soon as it is over the limit. size is
// what r says it holds, −1 when it does not say.
func readAll(r io.Reader, size int64, source string, lim limit) ([]byte, error) {
	if size > lim.bytes {
		return nil, lim.exceeded(source)
	}
	var buf bytes.Buffer
	if size > 0 {
		buf.Grow(int(size) + bytes.MinRead)
	}
	n, err := buf.ReadFrom(io.LimitReader(r, lim.bytes+1))
	if err != nil {
		return nil, err
	}
	if n > lim.bytes {
		return nil, lim.exceeded(source)
	}
	return buf.Bytes(), nil
}

// readBody unpacks and reads the body of a response. The limit holds for the
// unpacked bytes, so a small body that unpacks to a huge one is cut off.
func readBody(resp *http.Response, source string, lim limit) ([]byte, error) {
	switch packing := strings.ToLower(strings.TrimSpace(resp.Header.Get("Content-Encoding"))); packing {
	case "", "identity":
		return readAll(resp.Body, resp.ContentLength, source, lim)
	case "gzip", "x-gzip":
		unpacked, err := gzip.NewReader(resp.Body)
		if errors.Is(err, io.EOF) {
			return nil, nil // an empty body is sent unpacked, whatever the header says
		}
		if err != nil {
			return nil, &Error{Kind: Unreadable, Source: source, Err: fmt.Errorf("unpack gzip: %w", err)}
		}
		return readAll(unpacked, -1, source, lim)
	default:
		return nil, &Error{
			Kind: Unreadable, Source: source,
			Err: fmt.Errorf("packed as %q, though only gzip was offered", packing),
		}
	}
}
