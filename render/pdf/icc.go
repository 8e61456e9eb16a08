package pdf

import _ "embed"

// srgb is an ICC profile (ICC.1:2001-04, version 2) of sRGB (IEC 61966-2-1), which
// says what the numbers of a document's colours mean. It is our own work: its test
// makes it again from the standard's numbers.
//
//go:embed srgb.icc
var srgb string
