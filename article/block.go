package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a block is.
type Kind string

// The kinds of block.
const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	Figure    Kind = "figure"
	List      Kind = "list"
	Quote     Kind = "quote"
	Table     Kind = "table"
	Pre       Kind = "pre"
	Rule      Kind = "rule"  // a thematic break
	Embed     Kind = "embed" // a video, map or post: kept as a link
)

// Block is one piece of the body. Which fields are filled follows from Kind:
//
//	paragraph, heading, pre  Text, Inlines (heading: Level 2–6)
//	figure                   Image
//	list, quote              Items: one list of blocks an item (a quote has one item)
//	table                    Rows
//	embed                    URL, Text
type Block struct {
	Kind    Kind      `json:"kind"`
	Level   int       `json:"level,omitempty"`
	Text    string    `json:"text,omitempty"` // all inlines joined
	Inlines []Inline  `json:"inlines,omitempty"`
	Items   [][]Block `json:"items,omitempty"`
	Ordered bool      `json:"ordered,omitempty"`
	// Start is the number of an ordered list's first item; 0 is 1. A list whose
	// numbers jump (<li value>) is several lists, one after the other.
	Start int `json:"start,omitempty"`
	// Reversed has the numbers fall from Start.
	Reversed bool     `json:"reversed,omitempty"`
	Rows     [][]Cell `json:"rows,omitempty"`
	Image    *Image   `json:"image,omitempty"`
	URL      string   `json:"url,omitempty"`
}

// Inline is a stretch of text in one style. A line break inside a block is "\n".
type Inline struct {
	Text   string `json:"text"`
	Bold   bool   `json:"bold,omitempty"`
	Italic bool   `json:"italic,omitempty"`
	Sup    bool   `json:"sup,omitempty"`
	Sub    bool   `json:"sub,omitempty"`
	Code   bool   `json:"code,omitempty"`
	Href   string `json:"href,omitempty"` // absolute; http, https or mailto
	Ruby   string `json:"ruby,omitempty"`
}

// Image is a picture with what is written under it.
type Image struct {
	URL     string `json:"url"`
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"` // without the credit
	Credit  string `json:"credit,omitempty"`  // the name alone: X of （图片来源：X）
	// CreditLine is the credit in the source's own words and marks,
	// "（图片来源：X）", so that print can put them back. Empty when the page has
	// only the name.
	CreditLine string `json:"credit_line,omitempty"`
	Width      int    `json:"width,omitempty"` // in pixels, as the page says
	Height     int    `json:"height,omitempty"`
}

// FullCaption is the text that stands under the printed picture: the caption
// followed by the credit in the source's own words.
func (i *Image) FullCaption() string {
	credit := i.CreditLine
	if credit == "" && i.Credit != "" {
		credit = "（" + i.Credit + "）"
	}
	if i.Caption != "" && spaced(i.Caption, credit) {
		return i.Caption + " " + credit
	}
	return i.Caption + credit
}

// spaced reports whether a space parts a caption from the credit that follows it:
// where neither is set in full-width characters.
func spaced(caption, credit string) bool {
	last, _ := utf8.DecodeLastRuneInString(caption)
	for _, r := range credit {
		if r != '(' && r != '[' {
			return last < 0x2E80 && (unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Hangul, r))
		}
	}
	return false
}

// Cell is one cell of a table.
type Cell struct {
	Text    string `json:"text"`
	Header  bool   `json:"header,omitempty"`
	Colspan int    `json:"colspan,omitempty"`
	Rowspan int    `json:"rowspan,omitempty"`
}

// Number is the number printed before an item of an ordered list, counted from 0.
func (b *Block) Number(item int) int {
	from := b.Start
	if from == 0 {
		from = 1
		if b.Reversed {
			from = len(b.Items)
		}
	}
	if b.Reversed {
		return from - item
	}
	return from + item
}

// JoinText gives the plain text of inlines: Block.Text is always this.
func JoinText(inlines []Inline) string {
	var b strings.Builder
	for _, in := range inlines {
		b.WriteString(in.Text)
	}
	return b.String()
}
