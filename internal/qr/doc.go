// Package qr turns a text, mostly an address, into the modules of a QR code
// (ISO/IEC 18004).
//
// In: the text. Out: a [Matrix], or an error for a text that no version holds.
//
// The text is written as bytes of UTF-8, a web address as ASCII, at error
// correction level M, which survives the loss of 15 % of the symbol: a crease
// or a coffee ring. The smallest version that holds the text is taken.
//
// It must not draw: package render places the dark modules on the page.
package qr
