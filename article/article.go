package article

// Schema is the version of the JSON form that this package reads and writes.
const Schema = 1

// Article is one news article, with all of its text and nothing of its page.
type Article struct {
	Schema     int           `json:"schema" required:"false"` // 0, when it comes in: the present one
	URL        string        `json:"url,omitempty"`           // where the page was read from
	Canonical  string        `json:"canonical,omitempty"`     // the address the publisher gives it
	Lang       string        `json:"lang"`                    // BCP 47: zh-Hans, zh-Hant-HK, ja, ko, en, …
	Site       Site          `json:"site" required:"false"`
	Section    []string      `json:"section,omitempty"` // from the widest to the narrowest
	Column     string        `json:"column,omitempty"`
	Title      string        `json:"title"`
	Subtitle   string        `json:"subtitle,omitempty"`
	Authors    []Author      `json:"authors,omitempty"`
	Published  *Stamp        `json:"published,omitempty"`
	Modified   *Stamp        `json:"modified,omitempty"`
	Source     string        `json:"source,omitempty"` // agency or paper that the article was taken from
	Blocks     []Block       `json:"blocks"`
	Disclaimer []string      `json:"disclaimer,omitempty"` // one paragraph each
	Tags       []string      `json:"tags,omitempty"`
	NextPages  []string      `json:"next_pages,omitempty"` // absolute URLs of the article's further pages
	Warnings   []Warning     `json:"warnings,omitempty"`
	Provenance ProvenanceMap `json:"provenance,omitempty"` // only when asked for (--explain)
}

// Site is the publication that the page belongs to.
type Site struct {
	Name string `json:"name,omitempty"`
	Host string `json:"host,omitempty"`
	Logo string `json:"logo,omitempty"` // absolute URL of the logo picture
}

// Author is one person or desk named in the byline.
type Author struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"` // as printed: 作者, 記者, 編輯, …
	URL  string `json:"url,omitempty"`
	Bio  string `json:"bio,omitempty"` // the author note (作者介绍); paragraphs are parted by "\n"
}

// Precision says how much of a [Stamp] the page really stated.
type Precision string

// The precisions of a date.
const (
	PrecisionDay    Precision = "day"
	PrecisionMinute Precision = "minute"
	PrecisionSecond Precision = "second"
)

// Zone says where the time zone of a [Stamp] comes from.
type Zone string

// The origins of a time zone.
const (
	ZoneStated  Zone = "stated"  // written in the page
	ZoneAssumed Zone = "assumed" // taken from the site or its host
)

// Stamp is a date as far as the page states it.
type Stamp struct {
	Time      string    `json:"time"` // RFC 3339
	Precision Precision `json:"precision"`
	Zone      Zone      `json:"zone"`
	Raw       string    `json:"raw,omitempty"` // the page's own words
}

// Warning is something a reader of the result should know. It never stops the work.
type Warning struct {
	Code    string `json:"code"` // kebab-case: charset-guessed, picture-failed, …
	Message string `json:"message"`
	Where   string `json:"where,omitempty"` // field, block ("blocks[3]") or URL
}

// Provenance says which evidence a field was taken from.
type Provenance struct {
	Source     string  `json:"source"` // site-rule, json-ld, microdata, meta, pattern, url, readability, contract
	Rule       string  `json:"rule,omitempty"`
	Confidence float64 `json:"confidence"` // 0 to 1
}

// ProvenanceMap is keyed by field name: "title", "published", "body", ….
type ProvenanceMap map[string]Provenance

// HanScript reports which form of Chinese the article is in: "Hans", "Hant",
// or "" when it is not Chinese.
func (a *Article) HanScript() string { return HanScript(a.Lang) }
