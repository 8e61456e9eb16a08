package extract

import (
	"cmp"
	"strings"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

// metaFields maps names of <meta> to fields; of two with the same field the
// one that stands earlier in this table wins.
var metaFields = []struct{ name, field string }{
	{"og:title", "title"},
	{"twitter:title", "title"},
	{"dc.title", "title"},
	{"parsely-title", "title"},
	{"sailthru.title", "title"},
	{"article:author", "author"},
	{"author", "author"},
	{"dc.creator", "author"},
	{"byl", "author"},
	{"parsely-author", "author"},
	{"sailthru.author", "author"},
	{"article:author_name", "author"},
	{"article:published_time", "published"},
	{"og:published_time", "published"},
	{"apub:time", "published"},
	{"bytedance:published_time", "published"},
	{"weibo:article:create_at", "published"},
	{"pubdate", "published"},
	{"publishdate", "published"},
	{"publish-date", "published"},
	{"publish_date", "published"},
	{"publication_date", "published"},
	{"datepublished", "published"},
	{"dc.date.issued", "published"},
	{"dcterms.issued", "published"},
	{"dcterms.created", "published"},
	{"dc.date", "published"},
	{"parsely-pub-date", "published"},
	{"sailthru.date", "published"},
	{"og:release_date", "published"},
	{"article.published", "published"},
	{"citation_publication_date", "published"},
	{"date", "published"},
	{"article:modified_time", "modified"},
	{"og:updated_time", "modified"},
	{"lastmod", "modified"},
	{"bytedance:updated_time", "modified"},
	{"article:section", "section"},
	{"parsely-section", "section"},
	{"section", "section"},
	{"og:site_name", "site"},
	{"application-name", "site"},
	{"news_keywords", "tags"},
	{"article:tag", "tags"},
	{"keywords", "tags"},
	{"source", "agency"},
	{"og:url", "canonical"},
	{"og:type", "type"},
	{"content-language", "lang"},
	{"language", "lang"},
}

var (
	metaElement   = dom.MustCompile("meta")
	canonicalLink = dom.MustCompile(`link[rel="canonical" i]`)
	htmlElement   = dom.MustCompile("html")
)

// readMeta reads <meta> (Open Graph, Dublin Core and the many older names),
// <link rel=canonical> and <html lang>.
func readMeta(d *block.Document) claims {
	c := claims{source: "meta", confidence: confidenceMeta}
	values := map[string][]string{}
	for _, n := range dom.Find(d.Root, metaElement) {
		v := dom.Squeeze(dom.Attr(n, "content"))
		for _, a := range []string{"property", "name", "http-equiv"} {
			if name := strings.ToLower(dom.Attr(n, a)); name != "" && v != "" {
				values[name] = append(values[name], v)
			}
		}
	}
	for _, n := range dom.Find(d.Root, canonicalLink) {
		c.canonical = cmp.Or(c.canonical, dom.Attr(n, "href"))
	}
	for _, f := range metaFields {
		if v := values[f.name]; len(v) > 0 {
			c.metaField(f.field, f.name, v)
		}
	}
	page := dom.FindFirst(d.Root, htmlElement)
	c.lang = cmp.Or(dom.Attr(page, "lang"), dom.Attr(page, "xml:lang"), c.lang)
	return c
}

func (c *claims) metaField(field, name string, values []string) {
	set := func(s *string) {
		if *s == "" {
			*s = values[0]
			c.setRule(field, "meta "+name)
		}
	}
	switch field {
	case "title":
		set(&c.title)
	case "author":
		if len(c.authors) == 0 && !strings.Contains(values[0], "://") && !strings.HasPrefix(values[0], "@") {
			c.authors = parseByline(strings.Join(values, "、"))
			c.setRule(field, "meta "+name)
		}
	case "published":
		set(&c.published)
	case "modified":
		set(&c.modified)
	case "section":
		if len(c.section) == 0 {
			c.section = values[:1]
		}
	case "site":
		set(&c.site)
	case "agency":
		set(&c.agency)
	case "canonical":
		set(&c.canonical)
	case "lang":
		set(&c.lang)
	case "tags":
		if len(c.tags) == 0 {
			for _, v := range values {
				c.tags = append(c.tags, splitKeywords(v)...)
			}
		}
	case "type":
		c.isArticle = strings.EqualFold(values[0], "article")
	}
}

func splitKeywords(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，、;；|", r) }) {
		if w = dom.Squeeze(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}
