package extract

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"
)

var scriptElement = dom.MustCompile("script[type]")

// readJSONLD reads schema.org data in <script type="application/ld+json">:
// Article and its kinds, in arrays, @graph or mainEntity. Of several articles
// the one whose headline stands in <title> is taken.
func readJSONLD(d *block.Document) claims {
	c := claims{source: "json-ld", confidence: confidenceJSONLD}
	var found []map[string]any
	var crumbs []string
	for _, script := range dom.Find(d.Root, scriptElement) {
		kind := strings.TrimSpace(dom.Attr(script, "type"))
		if !strings.EqualFold(kind, "application/ld+json") || script.FirstChild == nil {
			continue
		}
		var data any
		if err := json.Unmarshal(tolerant(script.FirstChild.Data), &data); err != nil {
			d.Warn("json-ld-broken", "structured data can't be read: "+err.Error(), "page")
			continue
		}
		eachObject(data, 0, func(o map[string]any) {
			switch {
			case isArticleType(o["@type"]):
				found = append(found, o)
			case typeIs(o["@type"], "BreadcrumbList") && crumbs == nil:
				crumbs = breadcrumbNames(o)
			}
		})
	}
	if best := bestArticle(found, d.TitleTag); best != nil {
		c.fill(best)
	}
	if len(c.section) == 0 {
		c.section = withoutEnds(crumbs, c.title, "")
	}
	return c
}

func bestArticle(found []map[string]any, headline string) map[string]any {
	wanted := dom.MatchKey(headline)
	for _, o := range found {
		if k := dom.MatchKey(jsonText(o["headline"])); k != "" && strings.Contains(wanted, k) {
			return o
		}
	}
	if len(found) > 0 {
		return found[0]
	}
	return nil
}

func (c *claims) fill(o map[string]any) {
	c.isArticle = true
	c.title = jsonText(o["headline"])
	if c.title == "" {
		c.title = jsonText(o["name"])
	}
	c.subtitle = jsonText(o["alternativeHeadline"])
	c.authors = jsonAuthors(o["author"])
	if len(c.authors) == 0 {
		c.authors = jsonAuthors(o["creator"])
	}
	c.published = jsonText(o["datePublished"])
	if c.published == "" {
		c.published = jsonText(o["dateCreated"])
	}
	c.modified = jsonText(o["dateModified"])
	c.section = jsonTexts(o["articleSection"])
	c.tags = jsonKeywords(o["keywords"])
	c.lang = jsonText(o["inLanguage"])
	c.canonical = jsonLink(o["mainEntityOfPage"])
	if c.canonical == "" {
		c.canonical = jsonText(o["url"])
	}
	if p, ok := o["publisher"].(map[string]any); ok {
		c.site = jsonText(p["name"])
		c.logo = jsonLink(p["logo"])
	}
	switch v := o["isAccessibleForFree"].(type) {
	case bool:
		c.locked = !v
	case string:
		c.locked = strings.EqualFold(v, "false")
	}
}

// tolerant repairs what is often wrong in the wild: CDATA and comment marks,
// commas before a closing bracket, raw line breaks and tabs inside strings,
// a semicolon at the end.
func tolerant(s string) []byte {
	s = strings.NewReplacer("//<![CDATA[", "", "//]]>", "", "/*<![CDATA[*/", "", "/*]]>*/", "",
		"<![CDATA[", "", "]]>", "", "<!--", "", "-->", "").Replace(s)
	s = strings.TrimSuffix(strings.TrimSpace(s), ";")
	out := make([]byte, 0, len(s))
	quoted := false
	for i := 0; i < len(s); i++ {
		ch := s[i]
		switch {
		case quoted && ch == '\\' && i+1 < len(s):
			out = append(out, ch, s[i+1])
			i++
			continue
		case ch == '"':
			quoted = !quoted
		case quoted && ch < 0x20:
			ch = ' '
		case !quoted && ch == ',' && closes(s[i+1:]):
			continue
		}
		out = append(out, ch)
	}
	return out
}

// closes reports whether a bracket closes straight away.
func closes(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\n")
	return rest == "" || rest[0] == '}' || rest[0] == ']'
}

// maxJSONDepth bounds the search for articles in nested data.
const maxJSONDepth = 12

// eachObject visits the objects of a value: its own, those of arrays, @graph,
// mainEntity. Related articles inside other fields are not looked at.
func eachObject(v any, depth int, f func(map[string]any)) {
	if depth > maxJSONDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			eachObject(e, depth+1, f)
		}
	case map[string]any:
		f(v)
		for _, name := range []string{"@graph", "mainEntity", "mainEntityOfPage", "breadcrumb"} {
			eachObject(v[name], depth+1, f)
		}
	}
}

// isArticleType reports whether a @type is schema.org's Article or a kind of it.
func isArticleType(v any) bool {
	switch v := v.(type) {
	case string:
		v = v[strings.LastIndexByte(v, '/')+1:]
		return strings.HasSuffix(v, "Article") || v == "BlogPosting" || v == "Report" ||
			v == "LiveBlogPosting" || v == "Review"
	case []any:
		for _, e := range v {
			if isArticleType(e) {
				return true
			}
		}
	}
	return false
}

// typeIs reports whether a @type is the one named, or has it among others.
func typeIs(v any, name string) bool {
	for _, s := range jsonTexts(v) {
		if s == name {
			return true
		}
	}
	return false
}

// jsonText is a string value, also inside {"@value": …}, {"name": …} or the
// first of an array; entities in it are resolved, as many sites escape twice.
func jsonText(v any) string {
	switch v := v.(type) {
	case string:
		return dom.Squeeze(html.UnescapeString(v))
	case []any:
		if len(v) > 0 {
			return jsonText(v[0])
		}
	case map[string]any:
		for _, name := range []string{"@value", "name", "alternateName"} {
			if s := jsonText(v[name]); s != "" {
				return s
			}
		}
	}
	return ""
}

func jsonTexts(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, e := range list {
		if s := jsonText(e); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func jsonKeywords(v any) []string {
	if s, ok := v.(string); ok {
		return splitKeywords(html.UnescapeString(s))
	}
	return jsonTexts(v)
}

func jsonLink(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			return jsonLink(v[0])
		}
	case map[string]any:
		for _, name := range []string{"url", "@id", "contentUrl"} {
			if s := jsonLink(v[name]); s != "" {
				return s
			}
		}
	}
	return ""
}

func jsonAuthors(v any) []article.Author {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var authors []article.Author
	for _, e := range list {
		if len(authors) >= maxAuthors {
			break
		}
		name := jsonText(e)
		if name == "" || strings.Contains(name, "://") {
			continue
		}
		people := parseByline(name)
		if o, ok := e.(map[string]any); ok && len(people) == 1 {
			people[0].URL = jsonText(o["url"])
		}
		authors = append(authors, people...)
	}
	return authors
}

func breadcrumbNames(o map[string]any) []string {
	items, _ := o["itemListElement"].([]any)
	var names []string
	for _, it := range items {
		m, ok := it.(map[string]any)
		if !ok {
			continue
		}
		name := jsonText(m["name"])
		if name == "" {
			name = jsonText(m["item"])
		}
		if name != "" && !strings.Contains(name, "://") {
			names = append(names, name)
		}
	}
	return names
}
