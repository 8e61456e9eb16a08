package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"offprint/typeset"
)

// Design is the look of a page. Sizes are in points, and in em of the body
// size where the name says so.
type Design struct {
	Name           string             `json:"name"`
	Papers         map[string]Paper   `json:"papers"`
	Steps          map[string]Step    `json:"steps"`
	DefaultStep    string             `json:"default_step"`
	MaxMeasureEm   int                `json:"max_measure_em"`
	MinJustifiedEm int                `json:"min_justified_em"` // narrower columns are set ragged right
	Columns        Columns            `json:"columns"`
	IndentEm       map[string]float64 `json:"indent_em"` // by language; "*" for the others
	Widows         int                `json:"widows"`    // fewest lines of a paragraph at the top of a page; 2 if absent
	Orphans        int                `json:"orphans"`   // fewest lines of a paragraph at its foot; 2 if absent
	SmallType      SmallType          `json:"small_type"`
	Spacing        Spacing            `json:"spacing"`
	Colours        map[string]Colour  `json:"colours"`
	Roles          map[string]Role    `json:"roles"`
	Furniture      Furniture          `json:"furniture"`
	Words          map[string]Words   `json:"words"` // by language
}

// Paper is a page and its least margins. The top margin includes the running head.
type Paper struct {
	WidthMM  float64 `json:"width_mm"`
	HeightMM float64 `json:"height_mm"`
	TopMM    float64 `json:"top_mm"`
	BottomMM float64 `json:"bottom_mm"`
	SideMM   float64 `json:"side_mm"`
}

// Step is one of the font sizes that the page's buttons offer.
type Step struct {
	Size      float64 `json:"size"`
	Leading   float64 `json:"leading"`
	MeasureEm int     `json:"measure_em"`
}

// Columns says how a page is parted into two.
type Columns struct {
	GutterEm     float64 `json:"gutter_em"`
	IndentEm     float64 `json:"indent_em"`
	MinMeasureEm int     `json:"min_measure_em"`
}

// SmallType is the type that stands within a line of a larger size. All of it is
// in parts of that size.
type SmallType struct {
	Script          float64 `json:"script"`           // size of superscripts and subscripts; 0.65 if absent
	SuperscriptRise float64 `json:"superscript_rise"` // over the line's baseline; 0.35 if absent
	SubscriptDrop   float64 `json:"subscript_drop"`   // below the line's baseline; 0.15 if absent
	Ruby            float64 `json:"ruby"`             // size of a reading in brackets behind its word; 0.7 if absent
}

// Spacing is the white that justification may change, in thousandths of an em.
// Space 0 is the face's own word space.
type Spacing struct {
	HanLatin    int `json:"han_latin"`
	HanLatinMin int `json:"han_latin_min"`
	HanLatinMax int `json:"han_latin_max"`
	Space       int `json:"space"`
	SpaceMin    int `json:"space_min"`
	SpaceMax    int `json:"space_max"`
}

// Role is how the blocks of a typeset.Role look. Size holds at the size of the
// default step; Scale says how it follows the reader's choice: "body" in
// proportion, "root" by the square root of the proportion, "none" not at all.
type Role struct {
	Size         float64 `json:"size"`
	Scale        string  `json:"scale"`
	Min          float64 `json:"min,omitempty"`
	Max          float64 `json:"max,omitempty"`
	Leading      float64 `json:"leading"` // times the size; 0 is the body's leading, which is the grid
	Bold         bool    `json:"bold,omitempty"`
	Align        string  `json:"align,omitempty"`
	Indent       bool    `json:"indent,omitempty"` // the first line, by indent_em
	Colour       string  `json:"colour,omitempty"`
	Left         float64 `json:"left,omitempty"`   // em of the body size
	Right        float64 `json:"right,omitempty"`  // em of the body size
	Before       float64 `json:"before,omitempty"` // lines of the grid
	After        float64 `json:"after,omitempty"`  // lines of the grid
	KeepWithNext int     `json:"keep_with_next,omitempty"`
}

// Furniture is what stands on a page beside the article, and the lines and white
// within it. None of it scales with the font size, but for the values in em.
type Furniture struct {
	LogoHeightMM    float64 `json:"logo_height_mm"`
	LogoMaxWidthMM  float64 `json:"logo_max_width_mm"`
	LogoTopMM       float64 `json:"logo_top_mm"`
	WordmarkSize    float64 `json:"wordmark_size"`
	MastheadRulePt  float64 `json:"masthead_rule_pt"`
	MastheadRuleMM  float64 `json:"masthead_rule_mm"` // from the top of the page
	HeadBaselineMM  float64 `json:"head_baseline_mm"` // from the top of the page
	HeadRulePt      float64 `json:"head_rule_pt"`
	HeadRuleMM      float64 `json:"head_rule_mm"`     // from the top of the page
	FootBaselineMM  float64 `json:"foot_baseline_mm"` // from the foot of the page
	BoxPadPt        float64 `json:"box_pad_pt"`
	ThinRulePt      float64 `json:"thin_rule_pt"`
	BarPt           float64 `json:"bar_pt"`
	DateRoomEm      float64 `json:"date_room_em"`      // of the running head, kept free for the date; 8 if absent
	FolioRoomEm     float64 `json:"folio_room_em"`     // of the foot, kept free for the folio; 14 if absent
	BreakEm         float64 `json:"break_em"`          // length of the line that parts sections; 6 if absent
	RowPadEm        float64 `json:"row_pad_em"`        // over and under the text of a table's row; 0.25 if absent
	QRMM            float64 `json:"qr_mm"`             // side of the code without its quiet zone
	FigureMinPPI    float64 `json:"figure_min_ppi"`    // a picture is not blown up beyond this
	FigureMaxHeight float64 `json:"figure_max_height"` // share of the text block's height
	FigureMinScale  float64 `json:"figure_min_scale"`  // as small as a picture is made to fill a page
}

// Words are the texts that the page adds, in one language.
type Words struct {
	Folio      string `json:"folio"` // with {n} and {total}
	Bio        string `json:"bio"`
	Source     string `json:"source"`
	NoPicture  string `json:"no_picture"`
	Embed      string `json:"embed"`
	Picture    string `json:"picture"` // said of a picture of which nothing is known; else Picture
	BylineJoin string `json:"byline_join"`
}

// Colour is written "#rrggbb" in a design.
type Colour typeset.Colour

// UnmarshalJSON reads "#rrggbb".
func (c *Colour) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	v, err := strconv.ParseUint(s[min(1, len(s)):], 16, 32)
	if len(s) != 7 || s[0] != '#' || err != nil {
		return fmt.Errorf("colour %q: want #rrggbb", s)
	}
	*c = Colour{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}
	return nil
}

// laterKeys is a design with the values of the keys that came after the first
// designs. A page.json that was written before them keeps its meaning.
func laterKeys() Design {
	return Design{
		Widows: 2, Orphans: 2,
		SmallType: SmallType{Script: 0.65, SuperscriptRise: 0.35, SubscriptDrop: 0.15, Ruby: 0.7},
		Furniture: Furniture{DateRoomEm: 8, FolioRoomEm: 14, BreakEm: 6, RowPadEm: 0.25},
	}
}

// ParseDesign reads and checks a page.json. Keys that are not known are refused;
// those of laterKeys may be absent.
func ParseDesign(data []byte) (*Design, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	d := laterKeys()
	if err := dec.Decode(&d); err != nil {
		return nil, fmt.Errorf("parse page.json: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("parse page.json: more than one value")
	}
	if err := d.validate(); err != nil {
		return nil, fmt.Errorf("parse page.json: %w", err)
	}
	return &d, nil
}
