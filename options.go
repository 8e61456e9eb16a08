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

// PrintOptions are what a reader may choose. The zero value of each is its default.
//
// An option stands here and nowhere else: flags, JSON, queries, the configuration
// file and the actions of web hooks are made from these tags.
//
//   - json, query, toml: its name; the flag's has hyphens
//   - doc, local, word: what it is; see [OptionField]
//   - fallback, otherwise: the value, or words for what holds, when nobody sets it
//   - values, want: the values that it may have, or what an error says of them
//   - scope:"article": it belongs to one article, and so is no action of a hook
//   - reader:"yes": who may only have pages as they stand may set it, too; a new option
//     that puts words or pictures of the caller's on the paper must not have it
//   - file: how its value may name a file
//   - example, nullable: for the OpenAPI document
type PrintOptions struct {
	FontSize    string `json:"font_size,omitempty" query:"font_size" toml:"font_size" reader:"yes" word:"size" otherwise:"medium, or as the design says" doc:"Size of the text: small, medium, large, x-large, xx-large, huge, giant, or points from 8 to 32." example:"large"`
	Paper       string `json:"paper,omitempty" query:"paper" toml:"paper" reader:"yes" word:"size" fallback:"A4" doc:"Size of the page: A4, A5, B5 or Letter." example:"A4"`
	Columns     int    `json:"columns,omitempty" query:"columns" toml:"columns" reader:"yes" word:"number" values:"1,2" fallback:"1" doc:"Number of columns: 1 or 2."`
	Lang        string `json:"lang,omitempty" query:"lang" toml:"lang" reader:"yes" word:"tag" want:"a BCP 47 tag such as zh-Hans, zh-Hant-HK, ja, ko or en" otherwise:"the page's" doc:"Language as a BCP 47 tag, in place of the page's: zh-Hans, zh-Hant-HK, ja, ko, …" example:"zh-Hant-HK"`
	Images      string `json:"images,omitempty" query:"images" toml:"images" reader:"yes" word:"which" values:"all,none,gray" fallback:"all" doc:"Which pictures: all, none or gray."`
	Punctuation string `json:"punctuation,omitempty" query:"punctuation" toml:"punctuation" reader:"yes" word:"what" values:"auto,keep,fullwidth" fallback:"auto" doc:"What becomes of folded punctuation between Han: auto, keep or fullwidth."`
	PDFProfile  string `json:"pdf_profile,omitempty" query:"pdf_profile" toml:"pdf_profile" reader:"yes" word:"which" values:"a2a,a2u,ua,a3a,plain" fallback:"a2a" doc:"Which standards the PDF keeps: a2a (PDF/A-2a and PDF/UA-1), a2u (PDF/A-2u), ua (PDF/UA-1), a3a (PDF/A-3a and PDF/UA-1, with the article's JSON attached) or plain (none, and no tags)."`
	Template    string `json:"template,omitempty" query:"template" toml:"template" reader:"yes" word:"name" file:"design" fallback:"default" doc:"Page design: a name." local:", or a folder with a page.json"`
	Logo        string `json:"logo,omitempty" query:"logo" toml:"logo" word:"file" file:"address" otherwise:"the site's, else its name" doc:"Logo: a URL." local:" or file"`
	Drop        []int  `json:"drop,omitempty" query:"drop" toml:"drop" reader:"yes" word:"blocks" scope:"article" want:"indexes of blocks, from 0" otherwise:"none" doc:"Indexes of the article's blocks to leave out, from 0." local:": 3,7" nullable:"false"`
	Title       string `json:"title,omitempty" query:"title" toml:"title" word:"words" scope:"article" otherwise:"the page's" doc:"Words in place of the page's title."`
	Author      string `json:"author,omitempty" query:"author" toml:"author" word:"name" scope:"article" otherwise:"the page's" doc:"Name in place of the page's authors."`
	Date        string `json:"date,omitempty" query:"date" toml:"date" word:"day" scope:"article" otherwise:"the page's" doc:"Day in place of the page's: 2025-07-21, 2025-07-21 10:45, or RFC 3339."`
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
	// Remember, when set, keeps small pictures, such as a paper's logo, as they were
	// decoded, for the next documents. Nil: each document decodes its own.
	Remember *SmallPictures
	// Log gets a line for each stage, at level debug. Nil: none is written.
	Log *slog.Logger
}

// acquirePixels is PictureMemory as package picture asks for it.
func (o *Options) acquirePixels(ctx context.Context) func(pixels int) (release func(), err error) {
	if o.PictureMemory == nil {
		return func(int) (func(), error) { return func() {}, nil }
	}
	return func(pixels int) (func(), error) { return o.PictureMemory(ctx, pixels) }
}

// Validate gives an [*OptionError] for the first option with a value that it may not
// have.
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
	if err := o.checkFontSize(design); err != nil {
		return nil, err
	}
	if papers := slices.Sorted(maps.Keys(design.Papers)); o.Paper != "" && !slices.Contains(papers, o.Paper) {
		return nil, &OptionError{Option: "paper", Value: o.Paper, Want: oneOf(papers)}
	}
	return design, o.checkValues()
}

func (o *PrintOptions) checkFontSize(design *templates.Design) error {
	if _, _, err := design.FontSize(o.FontSize); err != nil {
		return &OptionError{Option: "font_size", Value: o.FontSize, Want: design.Sizes()}
	}
	return nil
}

// checkValues checks what does not depend on the design.
func (o *PrintOptions) checkValues() error {
	for _, f := range optionFields() {
		value := f.of(o)
		if isOpen(value) {
			continue
		}
		if text := fmt.Sprint(value); f.Values != nil && !slices.Contains(f.Values, text) {
			return f.wrong(text)
		}
		var err error
		switch f.Name {
		case "lang":
			if _, bad := language.Parse(o.Lang); bad != nil {
				err = f.wrong(o.Lang)
			}
		case "drop":
			if i := slices.IndexFunc(o.Drop, func(block int) bool { return block < 0 }); i >= 0 {
				err = f.wrong(strconv.Itoa(o.Drop[i]))
			}
		case "date":
			_, err = parseDate(o.Date, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// forRender gives the checked options in the words of package render. The font size
// is checked again: each reader of a letter may have another.
func (o *Options) forRender(design *templates.Design) (render.Options, error) {
	return render.Options{
		FontSize:    o.FontSize,
		Paper:       o.Paper,
		Columns:     o.Columns,
		Lang:        o.Lang,
		Images:      o.Images,
		Punctuation: o.Punctuation,
		Drop:        o.Drop,
		Producer:    "offprint " + Version,
		Created:     o.Created,
	}, o.checkFontSize(design)
}

// oneOf lists values in words: "A4, A5 or B5".
func oneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return fmt.Sprintf("%s or %s", strings.Join(names[:last], ", "), names[last])
}
