package imageformat

import (
	"slices"
	"strings"
)

// Format is a format of pictures that are printed.
type Format struct {
	Name      string // as a reader knows it
	MediaType string // image/jpeg (RFC 6838)
	Endings   []string
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
)

// formats are those that are printed. Those further down make the same picture
// smaller, so servers are asked for them first. A further one is a name above, a line
// here, and its decoder in the codecs of internal/picture/picture.go.
var formats = []Format{
	{
		Name: JPEG, MediaType: "image/jpeg", Endings: []string{".jpg", ".jpeg"},
		Starts: []string{"\xFF\xD8\xFF"}, Photographic: true,
	},
	{
		Name: PNG, MediaType: "image/png", Endings: []string{".png"},
		Starts: []string{"\x89PNG\r\n\x1a\n"},
	},
	{
		// Only the first frame of a GIF is printed.
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

// Printed reports whether pictures of a media type are printed.
func Printed(mediaType string) bool {
	return slices.ContainsFunc(formats, func(f Format) bool { return f.MediaType == mediaType })
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

// Names lists the formats in words: "JPEG, PNG, GIF or WebP".
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
