package hook

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// document is a body whose sender is known, with what is needed to find things in
// it.
type document struct {
	json   string
	header http.Header
	source *source
	locale string // the language to take of localised values; "": the only one

	language    string // of the last localised value
	manyLocales bool   // a value was left because its language is not chosen
	moved       bool   // the address in it is not the one that readers knew
}

// first gives the text or number at the first place that has one.
func (d *document) first(places []string) string {
	for _, place := range places {
		if value := d.text(place); value != "" {
			return value
		}
	}
	return ""
}

// joined looks up each list of places and joins what is found with slashes.
func (d *document) joined(lists [][]string) string {
	var found []string
	for _, places := range lists {
		if value := d.first(places); value != "" {
			found = append(found, value)
		}
	}
	return strings.Join(found, "/")
}

// text gives the text or number at a place, or at the source's other place for it
// when the object that it lies in is empty. When only the value is, it was taken
// out, and the other place has what no longer holds.
func (d *document) text(place string) string {
	if name, ok := strings.CutPrefix(place, headerPlace); ok {
		return d.headerText(name)
	}
	if value := d.scalar(gjson.Get(d.json, place)); value != "" {
		return value
	}
	for start, other := range d.source.Otherwise {
		object := gjson.Get(d.json, strings.TrimSuffix(start, "."))
		if rest, ok := strings.CutPrefix(place, start); ok && (!object.IsObject() || isEmpty(object)) {
			return d.scalar(gjson.Get(d.json, other+rest))
		}
	}
	return ""
}

const headerPlace = "header:"

// headerText gives a header's text; what is not UTF-8 is none.
func (d *document) headerText(name string) string {
	value := strings.TrimSpace(d.header.Get(name))
	if !utf8.ValidString(value) {
		return ""
	}
	return value
}

// scalar gives a text or number, and of a localised value that of its language.
func (d *document) scalar(value gjson.Result) string {
	if d.source.Localised && value.IsObject() {
		value = d.localised(value)
	}
	switch value.Type {
	case gjson.String, gjson.Number:
		return strings.TrimSpace(value.String())
	}
	return ""
}

// localised picks the member of the language. A value with one member is the same
// in all languages, or in the only one that there is.
func (d *document) localised(value gjson.Result) gjson.Result {
	var picked, last gjson.Result
	var pickedKey, lastKey string
	members := 0
	value.ForEach(func(key, member gjson.Result) bool {
		members++
		last, lastKey = member, key.Str
		if key.Str == d.locale || d.locale != "" && Lang(key.Str) == Lang(d.locale) {
			picked, pickedKey = member, key.Str
		}
		return d.locale == "" || key.Str != d.locale
	})
	switch {
	case pickedKey != "":
		d.language = pickedKey
		return picked
	case members == 1:
		if d.locale == "" {
			d.language = lastKey
		}
		return last
	case members > 1 && d.locale == "":
		d.manyLocales = true
	}
	return gjson.Result{}
}

// holds reports whether all conditions do.
func (d *document) holds(all conditions) bool {
	for place, want := range all {
		var text string
		var value gjson.Result
		if name, ok := strings.CutPrefix(place, headerPlace); ok {
			text = d.headerText(name)
		} else {
			value = gjson.Get(d.json, place)
			text = d.scalar(value)
		}
		there := text != "" || value.IsObject() || value.IsArray() || value.IsBool()
		negated, isNegated := strings.CutPrefix(want, "!")
		ok := false
		switch {
		case want == "":
			ok = !there
		case want == "*":
			ok = there
		case want == "{}":
			ok = !there || isEmpty(value)
		case isNegated:
			ok = text != "" && text != negated
		default:
			ok = text == want
		}
		if !ok {
			return false
		}
	}
	return true
}

// isEmpty reports whether a value is an object without members.
func isEmpty(value gjson.Result) bool {
	empty := value.IsObject()
	value.ForEach(func(_, _ gjson.Result) bool {
		empty = false
		return false
	})
	return empty
}

// holdsAny reports whether one of the lists of conditions holds.
func (d *document) holdsAny(lists []conditions) bool {
	for _, all := range lists {
		if d.holds(all) {
			return true
		}
	}
	return false
}
