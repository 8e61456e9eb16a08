// Package typeset is the vocabulary of the typesetting stages: units, faces,
// blocks, items, lines, pages, pictures, warnings and rule IDs, and the text
// dump of each. It decides nothing and imports nothing of ours.
//
//	[]Block → typeset/linebreak → Galley → typeset/paginate → []Page → render/pdf, render/png
//
// Every length is a [Length], an integer of 1/65536 pt: a sum of floating-point
// numbers may be fused differently on another CPU, and the same article must
// give the same bytes everywhere. Page co-ordinates have their origin in the
// top left corner and y grows downwards.
//
// A value handed on is never changed by a later stage.
package typeset
