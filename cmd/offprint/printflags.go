package main

import (
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"offprint"
)

// printFlags are the flags of verbs that set an article. What was given reaches
// the options through the configuration, whose strongest layer flags are.
type printFlags struct {
	wishes offprint.PrintOptions
	faces  faceFlags
}

func (f *printFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	w := &f.wishes
	flags.StringVar(&w.FontSize, "font-size", "", "`size` of the text: small, medium, large, x-large, xx-large, huge, giant, or points from 8 to 32 (default medium)")
	flags.StringVar(&w.Paper, "paper", "", "`size` of the page: A4, A5, B5 or Letter (default A4)")
	flags.IntVar(&w.Columns, "columns", 1, "`number` of columns: 1 or 2")
	flags.StringVar(&w.Lang, "lang", "", "language as a BCP 47 `tag`: zh-Hans, zh-Hant-HK, ja, ko, … (default the page's)")
	flags.StringVar(&w.Images, "images", "", "`which` pictures: all, none or gray (default all)")
	flags.StringVar(&w.Punctuation, "punctuation", "", "`what` becomes of folded punctuation: auto, keep or fullwidth (default auto)")
	flags.StringVar(&w.Template, "template", "", "page design: a `name`, or a folder with a page.json")
	flags.StringVar(&w.Logo, "logo", "", "logo: a `file` or URL (default the site's)")
	flags.IntSliceVar(&w.Drop, "drop", nil, "`blocks` to leave out: 3,7")
	flags.StringVar(&w.Title, "title", "", "`words` in place of the page's")
	flags.StringVar(&w.Author, "author", "", "`name` in place of the page's")
	flags.StringVar(&w.Date, "date", "", "`day` in place of the page's: 2025-07-21, 2025-07-21 10:45")
	flags.StringVar(&f.faces.regular, "font", "", "TrueType `file` to set the text in")
	flags.StringVar(&f.faces.bold, "font-bold", "", "TrueType `file` for bold text")
}

// options adds the fonts to what all verbs tell the pipeline. Wrong values are
// found here, before anything is fetched.
func (f *printFlags) options(a *app) (offprint.Options, error) {
	o, err := a.options()
	if err != nil {
		return o, err
	}
	if err := o.PrintOptions.Validate(); err != nil {
		return o, a.config.Blame(err)
	}
	o.Fonts, err = f.faces.library()
	return o, err
}

// sourceDate is the date of SOURCE_DATE_EPOCH (reproducible-builds.org), for
// articles that have none; "" when it is not set.
func sourceDate() (string, error) {
	value := os.Getenv("SOURCE_DATE_EPOCH")
	if value == "" {
		return "", nil
	}
	seconds, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return "", usagef("set it to seconds since 1970, or unset it", "SOURCE_DATE_EPOCH=%q is not a number", value)
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339), nil
}
