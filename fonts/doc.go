// Package fonts reads TrueType faces and hands out the parts of them that a
// document uses.
//
// In comes a font file as a string, mostly one that is embedded in the program;
// [Parse] checks it in microseconds and reads from it in place ever after, so
// that only the pages of the file that a document needs are ever loaded. Out
// come [*Font], which is a [typeset.Face], and, for a language and weight, the
// [typeset.Chain] of faces that [Library.Chain] puts in order.
//
//	library := noto.Library()
//	chain := library.Chain("zh-Hans", false)
//	face, glyph, ok := chain.Find('文')
//
// The embedded faces are in package noto, which no package of the pipeline
// imports: a program brings its own faces, or those 35 MB, as it likes.
//
// A face also makes a few glyphs that no character has ([Font.Form]), and a subset
// may have a glyph many times: with other advances, and moved ([Font.Subset]).
//
// This package chooses no sizes, sets no lines and substitutes no characters.
// It does not read PostScript outlines (CFF), collections (.ttc) or WOFF files,
// and takes a variable font at its default instance. Sources: the OpenType
// specification 1.9 (ISO/IEC 14496-22) and, for what a PDF needs of a font,
// ISO 32000-1 §9.9.
package fonts
