package main

import (
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"offprint"
)

// printFlags are the flags of verbs that set an article. The print options among
// them reach the pipeline through the configuration, whose strongest layer flags are.
type printFlags struct {
	faces faceFlags
}

func (f *printFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	for _, option := range offprint.OptionFields() {
		addOption(flags, &option)
	}
	flags.StringVar(&f.faces.regular, "font", "", "TrueType `file` to set the text in")
	flags.StringVar(&f.faces.bold, "font-bold", "", "TrueType `file` for bold text")
}

// addOption adds the flag of a print option. Its value is taken by config.addFlags.
func addOption(flags *pflag.FlagSet, option *offprint.OptionField) {
	switch name, usage := option.Flag(), optionUsage(option); option.Type.Kind() {
	case reflect.String:
		flags.String(name, "", usage)
	case reflect.Int:
		flags.Int(name, 0, usage)
	case reflect.Slice:
		flags.IntSlice(name, nil, usage)
	default:
		panic("no flag is known for print options of type " + option.Type.String()) // a test sees it
	}
}

// optionUsage is what --help says of an option: pflag shows the word in backquotes as
// its value. What holds without it is told unless it has been.
func optionUsage(option *offprint.OptionField) string {
	usage := strings.Replace(option.LocalDoc(), option.Word, "`"+option.Word+"`", 1)
	if holds := option.Holds(); !strings.Contains(usage, holds) || option.Fallback != "" {
		usage += " (default " + holds + ")"
	}
	return usage
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
