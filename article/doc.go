// Package article says what an article is: its data, its JSON form (schema 1)
// and its text dump. Nothing in here parses a page or sets type.
//
// In: values made by package extract, by an API client's JSON, or by hand.
// Out: the same values, handed on to package render, which never changes them.
//
// Who wrote an article, who else had a hand in it, where it stands and what its
// date is in words is answered here, once, for page and letter alike:
// [Article.Writers], [Article.Others], [Article.Trail], [Article.Address],
// [Stamp.Dateline].
//
// An [Article] is a list of typed [Block]s with a headline, authors, dates and
// a disclaimer round it. Code points are the source's own: nothing here folds,
// normalises or converts text.
package article
