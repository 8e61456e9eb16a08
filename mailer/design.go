package mailer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"
)

// Languages of the letter's own sentences, in the order in which they are
// listed to people. Each has a folder of that name in a design.
var Languages = []string{"zh-Hans", "zh-Hant", "en", "ja", "ko"}

// fallbackLanguage speaks for every language that has no folder.
const fallbackLanguage = "en"

// wordKeys are the sentences that each words.json must hold, all of them and no
// other. In braces stand the values that a sentence may use.
var wordKeys = []string{
	"subject",          // {title} {publisher}
	"sent_by",          // {sender} {publisher}; when a reader sends it
	"note",             // {sender}; stands before the note
	"continued_pdf",    // after an opening, when the PDF is attached
	"continued_link",   // after an opening, without a PDF
	"read_online",      // the link to the source
	"attached",         // {file} {size}
	"attached_pages",   // {file} {size} {pages}
	"linked",           // {size}; the link to a PDF that is too large to be attached
	"first_page",       // what the thumbnail shows, for those who do not see it
	"why_shared",       // {sender} {publisher} {address}; why this came, from a reader
	"why_sent",         // {publisher} {address}; why this came, from the publisher
	"unsubscribe",      // the link's words
	"unsubscribe_mail", // {address}; in the text part, without a link
	"colon",            // between a label and its value, with its space
	"separator",        // between byline, section and date, with its spaces
}

// Design is the look and the words of letters, per language. It is read-only
// after [LoadDesign] and safe for concurrent use.
type Design struct {
	locales map[string]*locale
}

// locale is the design in one language.
type locale struct {
	lang  string
	words map[string]string
	html  *htmltemplate.Template
	text  *texttemplate.Template
}

// LoadDesign reads letter.html, letter.txt and, for each of [Languages],
// LANG/words.json from the given folders. A file of an earlier folder stands in
// for the same file of a later one, so that a publisher's folder holds only what
// it changes; the last is the program's own, templates.Mail(). LANG/letter.html
// and LANG/letter.txt replace the shared layout for one language.
func LoadDesign(layers ...fs.FS) (*Design, error) {
	d := &Design{locales: map[string]*locale{}}
	for _, lang := range Languages {
		t, err := loadLocale(layers, lang)
		if err != nil {
			return nil, fmt.Errorf("load mail design for %s: %w", lang, err)
		}
		d.locales[lang] = t
	}
	return d, nil
}

func loadLocale(layers []fs.FS, lang string) (*locale, error) {
	t := &locale{lang: lang}
	data, name, err := readFirst(layers, path.Join(lang, "words.json"))
	if err != nil {
		return nil, err
	}
	if t.words, err = parseWords(data); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if data, name, err = readFirst(layers, path.Join(lang, "letter.html"), "letter.html"); err != nil {
		return nil, err
	}
	if t.html, err = htmltemplate.New(name).Option("missingkey=error").Parse(string(data)); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if data, name, err = readFirst(layers, path.Join(lang, "letter.txt"), "letter.txt"); err != nil {
		return nil, err
	}
	if t.text, err = texttemplate.New(name).Option("missingkey=error").Parse(string(data)); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return t, nil
}

// readFirst reads the first of names that a layer has; a more particular name
// wins over an earlier layer.
func readFirst(layers []fs.FS, names ...string) ([]byte, string, error) {
	for _, name := range names {
		for _, layer := range layers {
			data, err := fs.ReadFile(layer, name)
			if err == nil {
				return data, name, nil
			}
			if !errors.Is(err, fs.ErrNotExist) {
				return nil, name, fmt.Errorf("read %s: %w", name, err)
			}
		}
	}
	return nil, "", fmt.Errorf("find %s: not in any design folder", strings.Join(names, " or "))
}

// parseWords reads a words.json and refuses missing and unknown keys.
func parseWords(data []byte) (map[string]string, error) {
	words := map[string]string{}
	if err := json.Unmarshal(data, &words); err != nil {
		return nil, err
	}
	for _, key := range wordKeys {
		if words[key] == "" {
			return nil, fmt.Errorf("the sentence %q is missing", key)
		}
	}
	for key := range words {
		if !slices.Contains(wordKeys, key) {
			return nil, fmt.Errorf("%q is not a sentence of the letter: want %s", key, strings.Join(wordKeys, ", "))
		}
	}
	return words, nil
}

// locale is the design in the language that a BCP 47 tag is best served in.
func (d *Design) locale(tag string) *locale { return d.locales[localeOf(tag)] }

// localeOf chooses among [Languages]. Chinese without a script takes that of its
// region.
func localeOf(tag string) string {
	subtags := strings.Split(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	lang := subtags[0]
	if lang == "zh" || lang == "yue" {
		lang = "zh-Hans"
		if isTraditional(subtags) {
			lang = "zh-Hant"
		}
	}
	if slices.Contains(Languages, lang) {
		return lang
	}
	return fallbackLanguage
}

// isTraditional reports whether a tag of Chinese means traditional characters. Its
// script says so, or else its region. Cantonese is that of Hong Kong, unless its
// region is China.
func isTraditional(subtags []string) bool {
	has := func(subtag string) bool { return slices.Contains(subtags, subtag) }
	switch {
	case has("hant"):
		return true
	case has("hans"):
		return false
	case has("tw"), has("hk"), has("mo"):
		return true
	}
	return subtags[0] == "yue" && !has("cn")
}

// render fills both bodies of a letter.
func (t *locale) render(v *view) (text, html string, err error) {
	var b bytes.Buffer
	if err := t.text.Execute(&b, v); err != nil {
		return "", "", fmt.Errorf("fill text of letter: %w", err)
	}
	text = tidyText(b.String())
	b.Reset()
	if err := t.html.Execute(&b, v); err != nil {
		return "", "", fmt.Errorf("fill HTML of letter: %w", err)
	}
	return text, b.String(), nil
}

// tidyText leaves at most one empty line between paragraphs, so that a template
// need not count the line breaks of what it leaves out.
func tidyText(s string) string {
	for strings.Contains(s, "\n\n\n") {
		s = strings.ReplaceAll(s, "\n\n\n", "\n\n")
	}
	return strings.Trim(s, "\n") + "\n"
}
