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
//	article.go         the pipeline
//	checkbytes.go      what is no HTML is refused
//	internal/charset   bytes → text
//	internal/dom       text → tree, with its size bounded first; questions about nodes
//	page.go            a page, put together with its address and its site's rule
//	sites.go           the rules of sites/NAME.json, read by internal/site
//	internal/block     the page while it is being read: the marks of publisher and
//	                   site rule, and its tree as typed blocks in reading order
//
// The witnesses of headline, author, date and section, each a set of claims:
//
//	claims.go          what a witness says; confidence.go, how sure it is
//	marked.go          the marks of publisher and site rule
//	jsonld.go          JSON-LD
//	microdata.go       itemprop and <time>
//	meta.go            <meta>
//	trail.go           the breadcrumb trail
//	urldate.go         the page's address
//	pattern.go         what stands round the headline in print, by means of
//	                   labels.go, byline.go, visiblebyline.go, barename.go, recordline.go
//	title.go           the headline as the reader sees it
//
// The fields, each from its best witness:
//
//	cascade.go         the order of the witnesses
//	datechoose.go      which of the dates, read by internal/dates; zonedefault.go, in
//	                   which zone
//	sitename.go        the publication; logo.go, its logo
//	language.go        the language, from the text
//	bio.go             the author note
//	nextpages.go       the article's further pages
//
// The body:
//
//	prune.go           hidden elements and furniture go; drawings.go, drawings of figures
//	                   become pictures before
//	story.go           which of the blocks are the article, chosen in findbody.go by
//	                   readable.go (go-readability), restore.go, factbox.go, postscript.go
//	clean.go           the blocks of the article, a step a line: cut.go, disclaimer.go,
//	                   noise.go, dropknown.go (by knownlines.go), copies.go
//	prose.go           what is plainly a paragraph; textmemo.go, answers kept beside a text
//	verdict.go         whether this is an article; reject.go, why not
//
// Words that several steps read stand in words.go, those of furniture in
// noisewords.go. Every number that decides something is a constant; what a lower
// and a higher one change on testdata, in the tests and on the development half of
// the public article extraction benchmark is in docs/thresholds.md.
//
// It must not fetch, read a clock, or change the article's code points; text
// is trimmed at the edges of a block and white space is collapsed as a browser
// does, no more. A field that can't be told is left empty rather than guessed
// wrong: that holds for dates above all.
package extract
