// Package picture makes of a file's bytes a [typeset.Picture] that every back
// end can draw: checked, opaque, 8 bits a channel, grey or RGB.
//
// In: bytes from the network or a disk, of any origin, and the [Limits] that
// hold for them. Out: the picture, or an error that is [ErrTooLarge],
// [ErrNotPicture] or [ErrDamaged]. The size is read from the header and held
// against the limits before a pixel is decoded. Nothing in here panics on bad
// input.
//
//	file ─ sniff ─┬─ JPEG, grey or YCbCr, in sRGB ─ inspect ───────── the same bytes
//	              ├─ other JPEG, PNG, GIF, WebP, BMP ─ decode ─ pack ─ PNG or JPEG
//	              └─ anything else ────────────────────────────────── ErrNotPicture
//
// A JPEG that a PDF can hold passes through untouched: it neither loses quality
// nor takes time. Everything else is laid on white and packed again: as a JPEG
// of quality 90 if it looks like a photograph (see pack.go), which would take
// ten times the room as a PNG, and as a PNG otherwise, so that letters and
// lines stay sharp.
//
// The EXIF orientation is read, not applied: the back ends turn the picture
// when they draw it. Small results are remembered only in a [Memo] that the caller
// brings.
//
// Colours under a profile that is not sRGB's are turned into sRGB before they are
// packed (icc.go, inks.go); under one that cannot be read they are taken as sRGB.
package picture
