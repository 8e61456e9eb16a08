package offprint

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"offprint/templates"
)

// OptionField is what is known of one of the [PrintOptions]: what its tags say. The
// command's flags, the settings, the service's documentation and the guide are made
// of it.
type OptionField struct {
	// Name is its name in JSON, queries, settings and hooks: font_size.
	Name string
	// Type is that of its value: string, int or []int.
	Type reflect.Type
	// Doc says what it is, to all who may set it.
	Doc string
	// Local says what else people at the machine may give: a file.
	Local string
	// Word is the word of Doc or Local that stands for the value.
	Word string
	// Values are all that it may have; empty where they are too many to list.
	Values []string
	// Fallback is the value that holds when nobody sets it. Where no value says that,
	// Fallback is "", and Otherwise says it in words.
	Fallback, Otherwise string
	// OfArticle reports whether it belongs to one article, so that it cannot hold
	// for all of them.
	OfArticle bool
	// ForReaders reports whether it leaves a page's words as they are, so that also
	// those may set it who may only have a site's own pages.
	ForReaders bool
	// File says how its value may name a file, where Local holds: "design" for a
	// name or a folder, "address" for a file or a URL, "" when it names none.
	File string

	want  string // what the error says of the allowed values
	index int
}

// OptionFields lists the fields of the options, in the order in which they are shown.
func OptionFields() []OptionField { return slices.Clone(optionFields()) }

// FindOption finds the field of an option by its name.
func FindOption(name string) (OptionField, bool) {
	i := slices.IndexFunc(optionFields(), func(f OptionField) bool { return f.Name == name })
	if i < 0 {
		return OptionField{}, false
	}
	return optionFields()[i], true
}

// optionFields reads the tags, once: they do not change.
var optionFields = sync.OnceValue(func() []OptionField {
	var fields []OptionField
	for f := range reflect.TypeFor[PrintOptions]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		field := OptionField{
			Name: name, Type: f.Type, Doc: f.Tag.Get("doc"), Local: f.Tag.Get("local"), Word: f.Tag.Get("word"),
			Fallback: f.Tag.Get("fallback"), Otherwise: f.Tag.Get("otherwise"),
			OfArticle: f.Tag.Get("scope") == "article", ForReaders: f.Tag.Get("reader") == "yes",
			File: f.Tag.Get("file"),
			want: f.Tag.Get("want"), index: f.Index[0],
		}
		if values := f.Tag.Get("values"); values != "" {
			field.Values = strings.Split(values, ",")
			field.want = oneOf(field.Values)
		}
		fields = append(fields, field)
	}
	return fields
})

// Flag is the option's name as a flag: font-size.
func (f *OptionField) Flag() string { return strings.ReplaceAll(f.Name, "_", "-") }

// LocalDoc is Doc and Local as part of a sentence: without a capital letter and a
// full stop.
func (f *OptionField) LocalDoc() string {
	return strings.ToLower(f.Doc[:1]) + strings.TrimSuffix(f.Doc[1:], ".") + f.Local
}

// Holds says what holds when nobody sets the option.
func (f *OptionField) Holds() string { return cmp.Or(f.Fallback, f.Otherwise) }

// wrong is the error for a value that the option cannot have.
func (f *OptionField) wrong(value string) *OptionError {
	return &OptionError{Option: f.Name, Value: value, Want: f.want}
}

// of gives the option's place in o.
func (f *OptionField) of(o *PrintOptions) reflect.Value {
	return reflect.ValueOf(o).Elem().Field(f.index)
}

// isOpen reports whether nobody has set an option: it is zero, or an empty list.
func isOpen(v reflect.Value) bool { return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 }

// Set sets the option of that name, as in a query: a list is written 3,7. It gives
// an [*OptionError] for an unknown name, or for a value that is not a number where one
// is needed. [PrintOptions.Validate] checks other values.
func (o *PrintOptions) Set(name, value string) error {
	f, ok := FindOption(name)
	if !ok {
		return &OptionError{Option: name, Value: value, Err: errors.New("there is no such option")}
	}
	switch field := f.of(o).Addr().Interface().(type) {
	case *string:
		*field = value
	case *int:
		n, err := strconv.Atoi(value)
		if err != nil {
			return f.wrong(value)
		}
		*field = n
	case *[]int:
		var list []int
		for item := range strings.SplitSeq(value, ",") {
			n, err := strconv.Atoi(strings.TrimSpace(item))
			if err != nil {
				return f.wrong(value)
			}
			list = append(list, n)
		}
		*field = list
	}
	return nil
}

// Or gives the options with those of defaults where they are open.
func (o PrintOptions) Or(defaults PrintOptions) PrintOptions {
	for _, f := range optionFields() {
		if own := f.of(&o); isOpen(own) {
			own.Set(f.of(&defaults))
		}
	}
	return o
}

// General gives the options without those that belong to one article.
func (o PrintOptions) General() PrintOptions {
	for _, f := range optionFields() {
		if f.OfArticle {
			f.of(&o).SetZero()
		}
	}
	return o
}

// Words lists the names of the options that are set and put something on the paper
// that the page does not say.
func (o PrintOptions) Words() []string {
	var names []string
	for _, f := range optionFields() {
		if !f.ForReaders && !isOpen(f.of(&o)) {
			names = append(names, f.Name)
		}
	}
	return names
}

// WithDefaults gives the options with the design's and the program's own defaults
// where they are open, so a request for A4 equals one that names no paper.
func (o PrintOptions) WithDefaults(design *templates.Design) PrintOptions {
	o.FontSize = cmp.Or(o.FontSize, design.DefaultStep)
	for _, f := range optionFields() {
		if f.Fallback != "" && isOpen(f.of(&o)) {
			if err := o.Set(f.Name, f.Fallback); err != nil {
				panic(err) // a tag holds what is no value: a test sees it
			}
		}
	}
	return o
}

// Complete checks the options and fills in what they leave open, by the defaults of
// their design and the program. It gives an [*OptionError] as Validate does.
func (o PrintOptions) Complete() (PrintOptions, error) {
	design, err := o.checkedDesign()
	if err != nil {
		return o, err
	}
	return o.WithDefaults(design), nil
}
