// Package pdf draws a laid-out document as a PDF 1.7 file (ISO 32000-1):
// [typeset.Document] → bytes. It decides nothing: every glyph, rule and picture
// has its place already.
//
// The work has two halves.
//
//	document ─ draw ─→ content streams, pictures │ glyphs used, structure, links
//	                   └── fpdf: shell.go ──┘    │
//	                   split.go: its objects ────┴─ finish ─→ PDF
//
// fpdf makes the page tree, the content streams and the pictures' objects. Its
// text calls are never used: they lose characters at line ends and fail beyond
// U+FFFF. Text is written by this package's own glyph layer, whose fonts carry,
// for every character code, the very text that it stands for. Rectangles are
// written here too, because fpdf rounds them to 1/100 pt and the modules of a
// QR code would part.
//
// The white of a line is in its glyphs, not in the pen's movements, which readers
// take for spaces and line ends: white.go parts it among them, and the subset of
// a font has as many forms of a glyph as there are widths of it.
//
// What fpdf cannot make (fonts, tags, links, bookmarks, metadata) is added by
// the finisher, which takes fpdf's file apart by its own cross-reference table,
// changes the page, resource and catalogue objects and writes one new file. It
// relies on the byte layout of fpdf v0.12.0 and says so with an error if that
// is not what it finds.
//
// What the file claims to be is the document's Profile: by default PDF/UA-1 (ISO
// 14289-1) and PDF/A-2a (ISO 19005-2); see docs/decisions/0016. A document that lacks
// what these ask for (a title, a language, a text for each picture) is refused.
//
// The file depends on nothing but the document: no clock, no map order.
package pdf
