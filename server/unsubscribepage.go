package server

import (
	"bytes"
	"cmp"
	"encoding/json"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"offprint/mailer"
)

// readerLanguages are those that the page is written in. The first is used when none
// matches the reader's languages.
var readerLanguages = []language.Tag{
	language.English, language.SimplifiedChinese, language.TraditionalChinese, language.Japanese, language.Korean,
}

var (
	readerMatcher   = language.NewMatcher(readerLanguages)
	unsubscribePage = web.page("unsubscribe/page.html")
	readerWords     = loadWords()
)

// loadWords reads the page's sentences, by language.
func loadWords() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, tag := range readerLanguages {
		var words map[string]string
		data, err := fs.ReadFile(web.files, "unsubscribe/"+tag.String()+"/words.json")
		if err == nil {
			err = json.Unmarshal(data, &words)
		}
		if err != nil {
			panic(err) // the folder is embedded, and a test reads it
		}
		all[tag.String()] = words
	}
	return all
}

// readerLanguage is the one of ours that a reader's browser asks for.
func readerLanguage(accept string) string {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return readerLanguages[0].String()
	}
	_, i, _ := readerMatcher.Match(tags...)
	return readerLanguages[i].String()
}

// readerPage is the page on a step: ask, done, again or bad.
func (s *Server) readerPage(step string, in *ReaderLink, a mailer.Address) *webPage {
	lang := readerLanguage(in.Language)
	words := readerWords[lang]
	fill := strings.NewReplacer(
		"{publisher}", cmp.Or(s.config.Publisher, words["us"]),
		"{Publisher}", cmp.Or(s.config.Publisher, words["us_first"]))
	say := func(key string) string { return fill.Replace(words[step+key]) }
	before, after, _ := strings.Cut(say(""), "{address}")
	view := struct {
		Lang, Title, Before, Address, After, Action, Button, Quiet string
		Second                                                     bool
		Style                                                      template.CSS
	}{
		Lang: lang, Title: say("_title"), Before: before, Address: masked(a), After: after,
		Action: map[string]string{"ask": "stop", "done": "again", "again": "stop"}[step],
		Button: say("_button"), Quiet: say("_quiet"), Second: step != "ask", Style: web.style,
	}
	var body bytes.Buffer
	if err := unsubscribePage.Execute(&body, view); err != nil {
		panic(err) // all that it shows is there
	}
	return &webPage{
		Status: http.StatusOK, ContentType: htmlType, CSP: web.csp,
		Cache: "no-store", Robots: "noindex", Vary: "Accept, Accept-Language",
		Body: body.Bytes(),
	}
}

// masked shows enough of an address for its owner to know it.
func masked(a mailer.Address) string {
	if a.IsZero() {
		return ""
	}
	local := strings.TrimSuffix(a.String(), "@"+a.Domain())
	first, size := utf8.DecodeRuneInString(local)
	if size == len(local) {
		return "•••@" + a.Domain()
	}
	return string(first) + "•••@" + a.Domain()
}
