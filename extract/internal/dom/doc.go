// Package dom asks a parsed HTML page about its nodes, its text and its address.
//
// In: text, selectors, *html.Node. Out: nodes, text, resolved addresses; or a
// [LimitError] for a page larger than a page of news can be.
//
//	parse.go      text → tree, with its size bounded first; limit.go, the error
//	find.go       look-ups by selector, through goquery, with compiled matchers
//	node.go       questions about bare nodes, for walks and for maps of nodes
//	text.go       the text under a node, all of it or as much as is short
//	space.go      what is space, and what counts as a character
//	labelmarks.go marks behind a label and between names
//	style.go      a style attribute's declarations
//	address.go    where a page stands, and what its links mean
//
// Text of a node is bounded where many nodes are asked for theirs (ShortText): a
// hostile page nests boxes so that each holds the text of all the others.
//
// It must not know what an article is, or warn; and no walk of it may take more
// than the page is long, but for the text of an element that is asked twice.
package dom
