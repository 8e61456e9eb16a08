package extract

import "offprint/article"

// claims are what one witness says of the page. A field that it does not
// speak of is empty.
type claims struct {
	source     string  // json-ld, microdata, meta, …: the name in the provenance
	confidence float64 // how often this witness is right, 0 to 1
	rules      map[string]string

	title     string
	subtitle  string
	authors   []article.Author
	published string // the witness's own words
	modified  string
	section   []string
	column    string
	agency    string
	site      string
	logo      string
	canonical string
	lang      string
	tags      []string

	isArticle bool // it calls the page an article
	locked    bool // it calls the text not free to read
}

func (c *claims) setRule(field, rule string) {
	if c.rules == nil {
		c.rules = map[string]string{}
	}
	c.rules[field] = rule
}
