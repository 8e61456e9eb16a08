// Package block reads a page's tree into typed blocks in reading order.
//
// In: a tree, where it stands, and the rule of its site. Out: [Piece]s, which are
// article blocks that still know the element and the role that they came from, and
// warnings in the [Document].
//
//	document.go   the page while it is being read
//	marks.go      which element the publisher, or the site's rule, says is what
//	contents.go   what each element holds, counted once
//	piece.go      a block with its element
//	blocks.go     the walk: elements that start a paragraph
//	inline.go     and those inside one
//	lists.go, tables.go, headings.go
//	figures.go    figures, and picturebox.go: boxes that are one without the name
//	images.go     the best address of a picture; decoration.go, what is none
//	captions.go   the line under a picture; setting.go, how it is set
//	credit.go     caption and credit parted
//	text.go       the text of a block and of its lines
//
// It must not decide which blocks are the article, nor what is prose: that is handed
// in where a heading needs to know. It does not change a code point.
package block
