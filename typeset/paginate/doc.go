// Package paginate parts a galley into pages.
//
// In: a [typeset.Galley] of set blocks and the [Frame] that says where on a
// page the columns stand. Out: pages of placed items.
//
// It decides where a page ends and how large a picture is, nothing else: no
// line is broken again and no text is looked at. The whole article is fitted
// at once (Knuth & Plass's dynamic programme, on pages in place of lines): a
// picture may be made a little smaller on one page so that a hole on another
// is closed, which no first-fit engine can do.
//
// The story is told by [Paginate]: slugs → fit → place. Each keep rule has a
// file of its own and a line in keepRules, the table of rules.go.
//
// It must not break a line, choose a style or draw.
package paginate
