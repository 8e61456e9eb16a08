// Package charset makes text of a page's bytes.
//
// In: the bytes, and the Content-Type header. Out: a [Text]: valid UTF-8, the name
// of the encoding that it was read as, whether that was guessed, and how many
// characters could not be read. It never fails.
//
// It must not warn or parse HTML; it looks for the declaration in the first bytes
// as browsers do.
package charset
