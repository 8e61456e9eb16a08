// Package render makes laid-out pages of an article: article and design →
// blocks → lines → pages.
//
// In: an [article.Article], a page design, a font library, the reader's
// options and the pictures, already fetched and checked.
// Out: a [typeset.Document], which render/pdf and render/png draw.
//
// It asks typeset/linebreak where lines end and typeset/paginate where pages
// end; its own business is which style each part of an article has, and the
// furniture of the page. It reads no file, clock or network, and never changes
// the article.
package render
