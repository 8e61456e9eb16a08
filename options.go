package offprint

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"offprint/fonts"
	"offprint/render"
	"offprint/templates"
)

// PrintOptions are what a reader may choose. Flags, JSON, queries and the
// configuration file share these names. The zero value of each is its default.
type PrintOptions struct {
	FontSize    string `json:"font_size,omitempty" toml:"font_size"`     // a step, small to giant, or points from 8 to 32; medium
	Paper       string `json:"paper,omitempty" toml:"paper"`             // A4, A5, B5, Letter; A4
	Columns     int    `json:"columns,omitempty" toml:"columns"`         // 1 or 2; 1
	Lang        string `json:"lang,omitempty" toml:"lang"`               // BCP 47; the page's
	Images      string `json:"images,omitempty" toml:"images"`           // all, none, gray; all
	Punctuation string `json:"punctuation,omitempty" toml:"punctuation"` // auto, keep, fullwidth; auto
	Template    string `json:"template,omitempty" toml:"template"`       // a page design's name or folder; default
	Logo        string `json:"logo,omitempty" toml:"logo"`               // file or URL; the site's, else its name
	Drop        []int  `json:"drop,omitempty" toml:"drop"`               // indexes of blocks to leave out
	Title       string `json:"title,omitempty" toml:"title"`             // in place of the page's, as are the next two
	Author      string `json:"author,omitempty" toml:"author"`
	Date        string `json:"date,omitempty" toml:"date"` // 2025-07-21, 2025-07-21 10:45[:19], or RFC 3339
}

// Options are the reader's wishes and what the program that asks adds to them.
type Options struct {
	PrintOptions

	// Fonts are the faces to set text in. Layout needs them, Parse does not.
	Fonts *fonts.Library
	// Fetch says how pages and pictures are read.
	Fetch FetchOptions
	// Site is the publisher whose name and logo its pages are printed with.
	Site Site
	// Sites are folders of site rules that go before the built-in ones.
	Sites []fs.FS
	// Explain has Parse tell where it found each field.
	Explain bool
	// Created (RFC 3339) is written into the PDF when the article has no date.
	Created string
	// PictureMemory limits the memory that pictures take: it is called with the
	// number of pixels before a picture is decoded, at some twenty bytes a pixel, and
	// waits until there is room for them; release is called when they are gone. An
	// error leaves the picture out. Nil: two pictures a document at a time.
	PictureMemory func(ctx context.Context, pixels int) (release func(), err error)
	// Remember, when set, keeps what became of small pictures, such as a paper's logo,
	// for the next documents that have it. Nil: each document makes its own.
	Remember *SmallPictures
	// Log is told of each stage, at level debug. Nil: nothing is.
	Log *slog.Logger
}

// acquirePixels is PictureMemory as package picture asks for it.
func (o *Options) acquirePixels(ctx context.Context) func(pixels int) (release func(), err error) {
	if o.PictureMemory == nil {
		return func(int) (func(), error) { return func() {}, nil }
	}
	return func(pixels int) (func(), error) { return o.PictureMemory(ctx, pixels) }
}

// Validate gives an [*OptionError] for the first option whose value is not one
// that it may have.
func (o *PrintOptions) Validate() error {
	_, err := o.checkedDesign()
	return err
}

// checkedDesign loads the page design and checks all options, some of whose
// values are the design's own.
func (o *PrintOptions) checkedDesign() (*templates.Design, error) {
	design, err := templates.Load(o.Template)
	if err != nil {
		return nil, &OptionError{Option: "template", Value: o.Template, Err: err}
	}
	if _, _, err := parseFontSize(o.FontSize, design); err != nil {
		return nil, err
	}
	return design, o.checkValues(design)
}

func (o *PrintOptions) checkValues(design *templates.Design) error {
	for _, c := range []struct {
		option, value string
		allowed       []string
	}{
		{"paper", o.Paper, slices.Sorted(maps.Keys(design.Papers))},
		{"images", o.Images, []string{render.ImagesAll, render.ImagesNone, render.ImagesGray}},
		{"punctuation", o.Punctuation, []string{render.PunctuationAuto, render.PunctuationKeep, render.PunctuationFullwidth}},
	} {
		if c.value != "" && !slices.Contains(c.allowed, c.value) {
			return &OptionError{Option: c.option, Value: c.value, Want: oneOf(c.allowed)}
		}
	}
	if o.Columns < 0 || o.Columns > 2 {
		return &OptionError{Option: "columns", Value: strconv.Itoa(o.Columns), Want: "1 or 2"}
	}
	if o.Lang != "" {
		if _, err := language.Parse(o.Lang); err != nil {
			return &OptionError{Option: "lang", Value: o.Lang, Want: "a BCP 47 tag such as zh-Hans, zh-Hant-HK, ja, ko or en"}
		}
	}
	for _, i := range o.Drop {
		if i < 0 {
			return &OptionError{Option: "drop", Value: strconv.Itoa(i), Want: "indexes of blocks, from 0"}
		}
	}
	if o.Date != "" {
		if _, err := parseDate(o.Date, nil); err != nil {
			return err
		}
	}
	return nil
}

// parseFontSize gives the step's name or the points; both are zero for the
// design's own default.
func parseFontSize(value string, design *templates.Design) (step string, points float64, err error) {
	if value == "" {
		return "", 0, nil
	}
	if _, ok := design.Steps[value]; ok {
		return value, 0, nil
	}
	points, err = strconv.ParseFloat(value, 64)
	if err != nil || !(points >= 8 && points <= 32) {
		steps := slices.SortedFunc(maps.Keys(design.Steps), func(a, b string) int {
			return int(100 * (design.Steps[a].Size - design.Steps[b].Size))
		})
		return "", 0, &OptionError{Option: "font_size", Value: value, Want: strings.Join(steps, ", ") + ", or points from 8 to 32"}
	}
	return "", points, nil
}

// forRender gives the checked options in the words of package render.
func (o *Options) forRender(design *templates.Design) (render.Options, error) {
	step, points, err := parseFontSize(o.FontSize, design)
	return render.Options{
		Step:        step,
		Size:        points,
		Paper:       o.Paper,
		Columns:     o.Columns,
		Lang:        o.Lang,
		Images:      o.Images,
		Punctuation: o.Punctuation,
		Drop:        o.Drop,
		Producer:    "offprint " + Version,
		Created:     o.Created,
	}, err
}

// oneOf lists values in words: "A4, A5 or B5".
func oneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return fmt.Sprintf("%s or %s", strings.Join(names[:last], ", "), names[last])
}
