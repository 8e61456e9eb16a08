// Package squareface is a [typeset.Face] for tests whose lines can be counted
// by eye: Han and full-width characters are one em wide, all others half an em.
//
// The ink of a full-width mark stands where a real face has it: a closing mark
// in the left half of its em, an opening mark in the right half, an interpunct
// in the middle; Centred stops stand in the middle as in Hong Kong and Taiwan.
// Two em dashes touch.
//
// In: characters. Out: glyphs of the same sizes in any run. The package is for tests
// only, and must not read a font file.
package squareface
