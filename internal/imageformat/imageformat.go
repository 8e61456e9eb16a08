package imageformat

import (
	"slices"
	"strings"
)

// Format is a format of pictures that are printed.
type Format struct {
	Name      string // as a reader knows it
	MediaType string // image/jpeg (RFC 6838)
	// Aliases are media types that are not registered, or no more, and that pages write.
	Aliases []string
	Endings []string
	// Starts are the first bytes of its files; a dot stands for any byte.
	Starts []string
	// Quality is how much a server is told that it is wanted, from 0 to 1 as an
	// Accept header writes it (RFC 9110 §12.4.2); empty: 1.
	Quality string
	// Photographic formats are for photographs: nobody makes a spacer of them.
	Photographic bool
}

// The names of the formats.
const (
	JPEG = "JPEG"
	PNG  = "PNG"
	GIF  = "GIF"
	WebP = "WebP"
	BMP  = "BMP"
)

// formats are those that are printed. Those further down make the same picture
// smaller, so servers are asked for them first. A further one is a name above, a line
// here, and its decoder in the codecs of internal/picture/picture.go.
var formats = []Format{
	{
		// Two letters may begin anything: the four bytes behind the length are 0 in a BMP.
		Name: BMP, MediaType: "image/bmp", Aliases: []string{"image/x-bmp", "image/x-ms-bmp"}, Endings: []string{".bmp"},
		Starts: []string{"BM....\x00\x00\x00\x00"}, Quality: "0.6",
	},
	{
		Name: JPEG, MediaType: "image/jpeg", Aliases: []string{"image/jpg", "image/pjpeg"},
		Endings: []string{".jpg", ".jpeg", ".jfif"},
		Starts:  []string{"\xFF\xD8\xFF"}, Photographic: true,
	},
	{
		Name: PNG, MediaType: "image/png", Aliases: []string{"image/x-png", "image/apng"}, Endings: []string{".png", ".apng"},
		Starts: []string{"\x89PNG\r\n\x1a\n"},
	},
	{
		// Only the first frame of what moves is printed.
		Name: GIF, MediaType: "image/gif", Endings: []string{".gif"},
		Starts: []string{"GIF87a", "GIF89a"}, Quality: "0.9",
	},
	{
		Name: WebP, MediaType: "image/webp", Endings: []string{".webp"},
		Starts: []string{"RIFF....WEBP"}, Photographic: true,
	},
}

// All lists the formats that are printed.
func All() []Format { return slices.Clone(formats) }

// Printed reports whether pictures of a media type are printed. It knows a type as pages
// write it: in capitals, with parameters, by a name that was never registered.
func Printed(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	return slices.ContainsFunc(formats, func(f Format) bool {
		return f.MediaType == mediaType || slices.Contains(f.Aliases, mediaType)
	})
}

// Photographic reports whether files with an ending, such as ".jpg", are mostly
// photographs.
func Photographic(ending string) bool {
	return slices.ContainsFunc(formats, func(f Format) bool {
		return f.Photographic && slices.Contains(f.Endings, ending)
	})
}

// Accept is what a server that has several forms of a picture is asked for: the
// value of an Accept header.
func Accept() string {
	wanted := All()
	slices.Reverse(wanted)
	slices.SortStableFunc(wanted, func(a, b Format) int { return strings.Compare(b.quality(), a.quality()) })
	var accept strings.Builder
	for _, f := range wanted {
		accept.WriteString(f.MediaType)
		if f.Quality != "" {
			accept.WriteString(";q=" + f.Quality)
		}
		accept.WriteByte(',')
	}
	return accept.String() + "*/*;q=0.5"
}

func (f *Format) quality() string {
	if f.Quality == "" {
		return "1"
	}
	return f.Quality
}

// Names lists the formats in words: "BMP, JPEG or PNG".
func Names() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Sniff tells by its first bytes which of the formats a file has: its name, or "".
func Sniff(data []byte) string {
	for _, f := range formats {
		for _, start := range f.Starts {
			if Begins(data, start) {
				return f.Name
			}
		}
	}
	return ""
}

// Begins reports whether a file has these first bytes; a dot stands for any byte.
func Begins(data []byte, start string) bool {
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
