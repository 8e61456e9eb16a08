// Package extract reads one news page and gives the article in it.
//
// In: a [Page], which is the bytes of an HTML document in any encoding, where
// it was read from, and what the server said it is. Nothing is fetched.
// Out: an [article.Article] with typed blocks, and warnings about everything
// that was guessed; or a [NotArticleError] that says why there is no article;
// or a [LimitError] when the page is larger than a page of news can be.
//
// [Article] is the whole pipeline, one step a file:
//
//	charset.go   bytes → text
//	parse.go     text → tree, with its size bounded first
//	rules.go     what we know of this site (sites/NAME.json)
//	marks.go     which element the publisher, or the site rule, says is what
//	cascade.go   every witness of headline, author and date, best first
//	blocks.go    tree → typed blocks in reading order
//	findbody.go  which of the blocks are the article
//	clean.go     captions, headings, author note, disclaimer, noise
//
// It must not fetch, read a clock, or change the article's code points; text
// is trimmed at the edges of a block and white space is collapsed as a browser
// does, no more. A field that can't be told is left empty rather than guessed
// wrong: that holds for dates above all.
package extract
