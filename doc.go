// Package offprint makes print-ready PDFs of news articles in Chinese, Japanese
// and Korean, without a browser.
//
// In: the address of an article's page, its HTML, or an [article.Article] that
// was made elsewhere; and the reader's wishes, [Options].
// Out: a [Document], which is written as a PDF, drawn page by page, or dumped
// stage by stage.
//
// Most programs need one function: [Print], or [Set] where the PDF is not all
// that they want. Those that look at the article before it is set call [Open],
// [Page.Parse] and [Page.Layout], which are the steps of Set:
//
//	source ─ Open ─→ Page ─ Parse ─→ article ─ Layout ─→ Document ─ PDF, PNG ─→ bytes
//
// [OpenHTML] stands in the place of Open where the program holds the page's HTML.
//
// All that a document is made of beside the options is its [Material], which can
// be kept and set again later without the network.
//
// A letter that carries the article as an attachment is made by [Compose], or,
// for many recipients, by a [Mailing]. To send it is package mailer's work.
//
// Errors tell by their type whose they are: [*OptionError] the caller's,
// [*FetchError] the network's or the file system's, [*NotArticleError] the
// page's, [*LayoutError] ours or the article's, [*LetterError] and
// [*TooLargeError] the letter's. What did not stop the work, such
// as a picture that could not be had, is a warning in the Document.
//
// The package has no state, and reads no clock and no environment: the same
// page and the same options give the same bytes. It must not decide anything
// about text or type itself: packages extract and render do.
package offprint
