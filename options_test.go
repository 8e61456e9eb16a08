package offprint

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"offprint/article"
	"offprint/internal/sample"
)

func TestValidate(t *testing.T) {
	cases := []struct {
		name    string
		options PrintOptions
		want    string // the option that is wrong; "" none
	}{
		{"zero", PrintOptions{}, ""},
		{"everything", PrintOptions{
			FontSize: "x-large", Paper: "B5", Columns: 2, Lang: "zh-Hant-HK", Images: "gray",
			Punctuation: "keep", Template: "default", Logo: "a.png", Drop: []int{0, 3}, Title: "题", Author: "某", Date: "2025-07-21",
		}, ""},
		{"least points", PrintOptions{FontSize: "8"}, ""},
		{"most points", PrintOptions{FontSize: "32"}, ""},
		{"fraction of a point", PrintOptions{FontSize: "11.5"}, ""},
		{"too small", PrintOptions{FontSize: "7.99"}, "font_size"},
		{"too large", PrintOptions{FontSize: "32.01"}, "font_size"},
		{"not a number", PrintOptions{FontSize: "NaN"}, "font_size"},
		{"unit", PrintOptions{FontSize: "12pt"}, "font_size"},
		{"paper", PrintOptions{Paper: "A3"}, "paper"},
		{"columns", PrintOptions{Columns: 3}, "columns"},
		{"negative columns", PrintOptions{Columns: -1}, "columns"},
		{"lang", PrintOptions{Lang: "中文"}, "lang"},
		{"images", PrintOptions{Images: "some"}, "images"},
		{"punctuation", PrintOptions{Punctuation: "half"}, "punctuation"},
		{"template", PrintOptions{Template: "nosuch"}, "template"},
		{"template outside", PrintOptions{Template: "../nosuch"}, "template"},
		{"drop", PrintOptions{Drop: []int{1, -1}}, "drop"},
		{"date", PrintOptions{Date: "21/07/2025"}, "date"},
		{"impossible date", PrintOptions{Date: "2025-02-30"}, "date"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.options.Validate()
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var option *OptionError
			if !errors.As(err, &option) || option.Option != c.want {
				t.Fatalf("error %v, want one of option %s", err, c.want)
			}
			if c.want != "template" && option.Hint() == "" {
				t.Error("no hint of what is allowed")
			}
		})
	}
}

// TestOptionNames holds the names to the contract: JSON, queries, configuration
// and (with dashes) flags share them.
func TestOptionNames(t *testing.T) {
	want := []string{"font_size", "paper", "columns", "lang", "images", "punctuation", "pdf_profile", "template", "logo", "drop", "title", "author", "date"}
	fields := reflect.TypeFor[PrintOptions]()
	var got []string
	for i := range fields.NumField() {
		tag := fields.Field(i).Tag
		name, _, _ := strings.Cut(tag.Get("json"), ",")
		if name != tag.Get("toml") {
			t.Errorf("%s is %q in JSON and %q in TOML", fields.Field(i).Name, name, tag.Get("toml"))
		}
		if name != tag.Get("query") {
			t.Errorf("%s is %q in JSON and %q in queries", fields.Field(i).Name, name, tag.Get("query"))
		}
		got = append(got, name)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
	data, err := json.Marshal(PrintOptions{})
	if err != nil || string(data) != "{}" {
		t.Errorf("no wishes are %s, %v, want {}", data, err)
	}
}

func TestOverride(t *testing.T) {
	stamp := func(time string, precision article.Precision, zone article.Zone, raw string) *article.Stamp {
		return &article.Stamp{Time: time, Precision: precision, Zone: zone, Raw: raw}
	}
	cases := []struct {
		name    string
		options PrintOptions
		want    func(*article.Article)
	}{
		{"nothing", PrintOptions{}, func(*article.Article) {}},
		{"title", PrintOptions{Title: "题"}, func(a *article.Article) { a.Title = "题" }},
		{"one of the authors keeps the note", PrintOptions{Author: "林小满"}, func(a *article.Article) { a.Authors = a.Authors[:1] }},
		{"another author", PrintOptions{Author: "某"}, func(a *article.Article) { a.Authors = []article.Author{{Name: "某"}} }},
		{"day, in the article's zone", PrintOptions{Date: "2024-02-29"}, func(a *article.Article) {
			a.Published = stamp("2024-02-29T00:00:00+08:00", article.PrecisionDay, article.ZoneAssumed, "2024-02-29")
		}},
		{"minute", PrintOptions{Date: "2024-02-29 08:05"}, func(a *article.Article) {
			a.Published = stamp("2024-02-29T08:05:00+08:00", article.PrecisionMinute, article.ZoneAssumed, "2024-02-29 08:05")
		}},
		{"with its own zone", PrintOptions{Date: "2024-02-29T08:05:06+09:00"}, func(a *article.Article) {
			a.Published = stamp("2024-02-29T08:05:06+09:00", article.PrecisionSecond, article.ZoneStated, "")
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			art, want := sample.News(), sample.News()
			c.want(want)
			got, err := (&Options{PrintOptions: c.options}).applyOverrides(art)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("article %+v, want %+v", got, want)
			}
			if !reflect.DeepEqual(art, sample.News()) {
				t.Error("the article handed in was changed")
			}
		})
	}
}

// A block to leave out that is not there is most often a slip.
func TestUnusedDropWarns(t *testing.T) {
	cases := []struct {
		drop []int
		want []string
	}{
		{[]int{0, 2}, nil},
		{[]int{1, 3, 99}, []string{"there is no block 3 to leave out", "there is no block 99 to leave out"}},
	}
	for _, c := range cases {
		doc := layout(t, sample.News(), func(o *Options) { o.Drop = c.drop })
		if len(doc.Warnings) != len(c.want) {
			t.Fatalf("drop %v: warnings %v, want %d", c.drop, doc.Warnings, len(c.want))
		}
		for i, w := range doc.Warnings {
			if w.Code != "drop-unused" || !strings.HasPrefix(w.Message, c.want[i]) {
				t.Errorf("drop %v: warning %+v, want %q", c.drop, w, c.want[i])
			}
		}
	}
}

func TestParseDateWithoutAnArticlesZone(t *testing.T) {
	got, err := parseDate("2024-02-29 08:05:06", nil)
	if err != nil || got.Time != "2024-02-29T08:05:06Z" {
		t.Errorf("%+v, %v, want UTC", got, err)
	}
}
