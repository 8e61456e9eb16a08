// Package proof reads laid-out pages as a proofreader does, and counts what is
// wrong with them.
//
// In: a [typeset.Document], the text that it should carry, written by hand from
// the manuscript, and its language. Out: a [Report] of faults, each with its
// page, its height on the page and the text around it.
//
// It is a witness for tests. It trusts nothing that the typesetting stages say
// of their own work, such as a line's ratio or flags: it looks at where each
// glyph stands, how wide its face says that it is and where its ink is. Of the
// blocks it takes their style alone. It changes nothing and sets nothing.
//
// The faults are those of the table in [Kinds], one check each; the sources are
// CLREQ (https://www.w3.org/TR/clreq/), JLREQ (https://www.w3.org/TR/jlreq/),
// GB/T 15834-2011 and the project's own contract for measure and leading.
package proof
