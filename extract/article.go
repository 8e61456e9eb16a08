package extract

import (
	"cmp"
	"context"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/charset"
	"offprint/extract/internal/dom"
)

// Article reads a page. It returns a [*NotArticleError] when there is no
// article in it, a [*LimitError] when it is too large, and never panics.
// Everything that was guessed is in the result's Warnings.
//
// Where ctx ends, the error is its own. It is looked at between the steps: none
// takes more than a small multiple of the time in which the page is parsed, and a
// page has at most 8 MiB and 200,000 nodes. The parser, the selectors and
// readability, which are others' code, do not look at it.
func Article(ctx context.Context, page Page, opts Options) (*article.Article, error) {
	// Bytes to text to tree.
	if err := checkBytes(page); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	text := charset.Decode(page.Body, page.ContentType)
	root, err := dom.Parse(text.Text)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rules, err := allRules(opts.Sites)
	if err != nil {
		return nil, err
	}
	d := newDocument(page, root, rules)
	warnOfCharset(d, text)

	// What the page says of itself, before its furniture is cleared away.
	witnesses := readWitnesses(d)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	signs := readSigns(d)
	logo := findLogo(d)
	next := nextPages(d)
	prune(d)
	if err := ctx.Err(); err != nil {
		return nil, err
	}

	// All blocks, which of them are the article, and what stands round them.
	pieces := block.Read(d, d.Body)
	pieces, bio := takeBio(pieces)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := findBody(d, pieces)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	seen := visibleHeadline(d, pieces)
	witnesses = append(witnesses, readPatterns(d, s, headlineIndex(pieces, seen)), readURL(d))

	if err := ctx.Err(); err != nil {
		return nil, err
	}

	// The fields, each from its best witness.
	b := &builder{d: d, a: &article.Article{Schema: article.Schema, URL: page.URL}, explain: opts.Explain}
	b.a.NextPages = next
	b.fields(witnesses, seen, logo, opts.Lang, bodyText(s))
	b.a.Authors = addBio(b.a.Authors, bio)

	// The body.
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.body(s, seen)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b.a.Warnings = d.Warnings
	err = signs.verdict(b.a, witnesses, page.URL)
	block.SettleLinks(b.a.Blocks)
	return b.a, err
}

func (b *builder) fields(witnesses []claims, seen headlineFinding, logo, lang, text string) {
	beside := titleNames(b.d.TitleTag, seen.text)
	b.chooseSite(witnesses, beside, logo)
	b.chooseTitle(aboutThis(b.d, witnesses, seen.text), seen, b.names(witnesses))
	ranked := aboutThis(b.d, witnesses, b.a.Title)
	b.chooseLanguage(ranked, lang, text)
	zone, zoneKnown := pageZone(b.d, b.a.Lang)
	b.chooseDates(ranked, zone, zoneKnown)
	b.chooseAuthors(ranked)
	b.chooseSection(ranked, beside)
}

// names are what may stand after the headline in <title>.
func (b *builder) names(witnesses []claims) []string {
	names := []string{b.a.Site.Name}
	for _, c := range witnesses {
		names = append(names, c.site, c.column)
		names = append(names, c.section...)
	}
	return names
}

func (b *builder) chooseLanguage(ranked []claims, wanted, text string) {
	if wanted != "" {
		b.a.Lang = wanted
		return
	}
	declared := ""
	for _, c := range ranked {
		if c.source == "site-rule" && c.lang != "" {
			declared = c.lang
		}
	}
	for _, c := range ranked {
		if c.source == "meta" || c.source == "json-ld" {
			declared = cmp.Or(declared, c.lang)
		}
	}
	b.a.Lang = pageLanguage(text, declared, b.d.Address)
}

// languageSample is how much of the text, in bytes, the language is told from.
const languageSample = 64 << 10

// bodyText is the text that the language is told from.
func bodyText(s *story) string {
	var text []byte
	for i, p := range s.pieces {
		if s.inside[i] && len(text) < languageSample {
			text = append(text, block.Text(p.Block)...)
			text = append(text, '\n')
		}
	}
	return string(text)
}

// headlineIndex is the block that the headline was taken from, or -1.
func headlineIndex(pieces []block.Piece, seen headlineFinding) int {
	for i, p := range pieces {
		if seen.node == nil || p.Node != seen.node {
			continue
		}
		if dom.Squeeze(p.Text) == seen.text || dom.Squeeze(block.FirstLine(p.Text)) == seen.text {
			return i
		}
	}
	return -1
}
