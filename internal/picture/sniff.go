package picture

import (
	"bytes"
	"strings"

	"offprint/internal/imageformat"
)

// kind names a kind of file in words that a reader understands: that of a format
// which is printed is its name in package imageformat.
type kind string

const (
	kindEmpty   kind = "an empty file"
	kindUnknown kind = "a file of unknown kind"
)

// others are the first bytes of files that are not printed, so that people are told
// what they have; a dot stands for any byte.
var others = []struct {
	start string
	kind  kind
}{
	{"....ftypavif", "AVIF"},
	{"....ftypavis", "AVIF"},
	{"....ftyphei", "HEIC"},
	{"....ftyphev", "HEIC"},
	{"....ftypmif1", "HEIC or AVIF"},
	{"....ftypmsf1", "HEIC or AVIF"},
	{"....ftyp", "a film"},
	{"\x1A\x45\xDF\xA3", "a film"},
	{"\x00\x00\x00\x0CJXL ", "JPEG XL"},
	{"\xFF\x0A", "JPEG XL"},
	{"\x00\x00\x00\x0CjP  ", "JPEG 2000"},
	{"II*\x00", "TIFF"},
	{"MM\x00*", "TIFF"},
	{"\x00\x00\x01\x00", "an icon (ICO)"},
	{"%PDF-", "PDF"},
	{"\x1F\x8B", "a gzip file"},
}

// sniff tells what a file is by its content; what it is called or was sent as
// is too often wrong.
func sniff(data []byte) kind {
	if len(data) == 0 {
		return kindEmpty
	}
	if name := imageformat.Sniff(data); name != "" {
		return kind(name)
	}
	for _, other := range others {
		if imageformat.Begins(data, other.start) {
			return other.kind
		}
	}
	const enough = 1024
	text := bytes.TrimLeft(bytes.TrimPrefix(data[:min(enough, len(data))], []byte("\uFEFF")), " \t\r\n")
	if len(text) == 0 || text[0] != '<' {
		return kindUnknown
	}
	switch lower := strings.ToLower(string(text)); {
	case strings.Contains(lower, "<svg"):
		return "an SVG drawing"
	case strings.Contains(lower, "<html"), strings.HasPrefix(lower, "<!doctype html"):
		return "a web page (HTML)"
	}
	return "a text in markup"
}
