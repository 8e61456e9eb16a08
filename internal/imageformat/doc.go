// Package imageformat is the table of the picture formats that are printed: their
// names, media types, file endings and first bytes.
//
// In comes what somebody says of a file, a media type or an ending, or the file's
// first bytes. Out comes whether pictures of that format are printed, and which
// they are. It decodes nothing: internal/picture does, which has a decoder for
// each line of the table. So packages that only choose among pictures, extract
// and internal/fetch, need not import decoders.
package imageformat
