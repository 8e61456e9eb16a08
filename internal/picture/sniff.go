package picture

import (
	"bytes"
	"strings"
)

// kind names a kind of file in words that a reader understands.
type kind string

const (
	kindJPEG    kind = "JPEG"
	kindPNG     kind = "PNG"
	kindGIF     kind = "GIF"
	kindWebP    kind = "WebP"
	kindEmpty   kind = "an empty file"
	kindUnknown kind = "a file of unknown kind"
)

// signatures are the first bytes of a kind of file; a dot stands for any byte.
var signatures = []struct {
	start string
	kind  kind
}{
	{"\xFF\xD8\xFF", kindJPEG},
	{"\x89PNG\r\n\x1a\n", kindPNG},
	{"GIF87a", kindGIF},
	{"GIF89a", kindGIF},
	{"RIFF....WEBP", kindWebP},
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
	{"BM", "BMP"},
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
	for _, s := range signatures {
		if begins(data, s.start) {
			return s.kind
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

func begins(data []byte, start string) bool {
	if len(data) < len(start) {
		return false
	}
	for i := range len(start) {
		if start[i] != '.' && start[i] != data[i] {
			return false
		}
	}
	return true
}
