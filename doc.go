// Package offprint makes print-ready PDFs of news articles in Chinese, Japanese
// and Korean, without a browser.
//
// In: the address of an article's page, its HTML, or an [article.Article] that
// was made elsewhere; and the reader's wishes, [Options].
// Out: a [Document], which is written as a PDF, drawn page by page, or dumped
// stage by stage.
//
// Most programs need one function: [Print], or [Typeset] where the PDF is not all
// that they want:
//
//	doc, err := offprint.Print(ctx, "https://news.example/a.html", file, offprint.Options{Fonts: faces})
//
// Those that look at the article before it is set call [Open], [WebPage.Parse] and
// [WebPage.Layout], which are the steps of Typeset:
//
//	source ─ Open ─→ WebPage ─ Parse ─→ article ─ Layout ─→ Document ─ PDF, PNG ─→ bytes
//
// [OpenHTML] stands in the place of Open where the program holds the page's HTML.
//
// All that a document is made of beside the options is its [Material], which can
// be kept and set again later without the network. Layout is two steps:
// [WebPage.Gather] puts the reader's title, author and date in place and fetches
// the pictures, and [Material.Layout] sets what was gathered.
//
// Letters that carry an article are made by package letter. This package links no
// mail, so a program that only prints does not either.
//
// Errors tell by their type whose they are: [*OptionError] the caller's,
// [*FetchError] the network's or the file system's, [*NotArticleError] and
// [*LimitError] the page's, [*LayoutError] ours or the article's. What did not
// stop the work, such as a picture that could not be had, is a warning in the
// Document.
//
// The package keeps nothing between calls, and reads no clock and no environment:
// the same page and the same options give the same bytes. What small pictures, such
// as logos, were decoded to is remembered only where the caller brings the place:
// [SmallPictures]. The package must not decide anything about text or type itself:
// packages extract and render do.
package offprint
