package mailer

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"offprint/templates"
)

func TestTongue(t *testing.T) {
	d := sampleDesign(t)
	for tag, want := range map[string]string{
		"zh-Hans": "zh-Hans", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-Hans-HK": "zh-Hans", "zh-SG": "zh-Hans",
		"zh-Hant": "zh-Hant", "zh-Hant-HK": "zh-Hant", "zh-TW": "zh-Hant", "zh_HK": "zh-Hant", "zh-MO": "zh-Hant", "yue": "zh-Hant",
		"ja": "ja", "ja-JP": "ja", "ko-KR": "ko", "en-GB": "en", "fr": "en", "": "en",
	} {
		if got := d.locale(tag).lang; got != want {
			t.Errorf("%q is served in %s, want %s", tag, got, want)
		}
	}
}

// Each language says everything in its own words, with all values filled in.
func TestDesignLanguages(t *testing.T) {
	bodies := map[string]string{}
	for _, lang := range Languages {
		l := sampleLetter(t)
		l.Lang = lang
		m, err := sampleDesign(t).Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		_, tree := readMessage(t, m.Bytes)
		text, html := string(tree.find("text/plain").body), string(tree.find("text/html").body)
		for what, body := range map[string]string{"text": text, "HTML": html} {
			for _, want := range []string{l.Title, l.Subtitle, l.Byline, l.Date, l.Section, l.SenderName, l.Note, l.PDFName, "清早的碼頭", "40 KB"} {
				if !strings.Contains(body, want) {
					t.Errorf("%s of %s lacks %q", what, lang, want)
				}
			}
			if strings.ContainsAny(strings.ReplaceAll(body, "style=\"", ""), "{}") {
				t.Errorf("%s of %s has a brace left", what, lang)
			}
		}
		if !strings.Contains(text, "地址：灣仔道 <一號> & 二號") || !strings.Contains(html, "灣仔道 &lt;一號&gt; &amp; 二號") {
			t.Errorf("%s: marks are not written as they should be", lang)
		}
		if !strings.Contains(html, `<html lang="`+lang+`">`) {
			t.Errorf("%s: HTML does not say its language", lang)
		}
		if before, ok := bodies[text]; ok {
			t.Errorf("%s says the same as %s", lang, before)
		}
		bodies[text] = lang
	}
}

// A letter loads nothing from outside, and its opening says how to go on.
func TestDesignVariants(t *testing.T) {
	for _, c := range []struct {
		name       string
		change     func(*Letter)
		has, lacks []string
	}{
		{"from the publisher", func(l *Letter) { l.SenderName, l.Note = "", "" }, []string{"由經濟通寄給您"}, []string{"留言", "李小華"}},
		{"opening with PDF", func(l *Letter) { l.Whole = false }, []string{"全文見附件"}, []string{"全文請到網頁"}},
		{"opening without PDF", func(l *Letter) { l.Whole, l.PDF = false, nil }, []string{"全文請到網頁"}, []string{"附件"}},
		{"mail to unsubscribe", func(l *Letter) { l.UnsubscribeURL = "" }, []string{"stop@offprint.example"}, nil},
		{"no publisher", func(l *Letter) { l.Publisher, l.Logo = "", nil }, []string{"offprint.example"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := sampleLetter(t)
			c.change(l)
			m, err := sampleDesign(t).Compose(l)
			if err != nil {
				t.Fatal(err)
			}
			_, tree := readMessage(t, m.Bytes)
			for _, kind := range []string{"text/plain", "text/html"} {
				body := string(tree.find(kind).body)
				for _, want := range c.has {
					if !strings.Contains(body, want) {
						t.Errorf("%s lacks %q", kind, want)
					}
				}
				for _, no := range c.lacks {
					if strings.Contains(body, no) {
						t.Errorf("%s has %q", kind, no)
					}
				}
			}
			html := string(tree.find("text/html").body)
			for _, no := range []string{"src=\"http", "url(", "<link", "<script", "<style", "ZgotmplZ"} {
				if strings.Contains(html, no) {
					t.Errorf("HTML has %q", no)
				}
			}
		})
	}
}

func TestLoadDesignLayers(t *testing.T) {
	words, err := fs.ReadFile(templates.Mail(), "en/words.json")
	if err != nil {
		t.Fatal(err)
	}
	publisher := fstest.MapFS{
		"en/words.json": {Data: []byte(strings.Replace(string(words), "Read it on the web", "Open the page", 1))},
		"ja/letter.txt": {Data: []byte("{{.Title}} だけ\n")},
	}
	d, err := LoadDesign(publisher, templates.Mail())
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"en": "Open the page", "ja": "だけ", "ko": "웹 페이지에서 읽기"} {
		l := sampleLetter(t)
		l.Lang = lang
		m, err := d.Compose(l)
		if err != nil {
			t.Fatal(err)
		}
		_, tree := readMessage(t, m.Bytes)
		if text := string(tree.find("text/plain").body); !strings.Contains(text, want) {
			t.Errorf("%s lacks %q:\n%.300s", lang, want, text)
		}
	}
}

func TestLoadDesignRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, content, want string }{
		{"missing sentence", "en/words.json", `{"subject":"x"}`, "is missing"},
		{"broken JSON", "en/words.json", `{`, "read en/words.json"},
		{"broken HTML template", "letter.html", `{{.Title`, "read letter.html"},
		{"broken text template", "ko/letter.txt", `{{end}}`, "read ko/letter.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := LoadDesign(fstest.MapFS{c.file: {Data: []byte(c.content)}}, templates.Mail())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want one about %q", err, c.want)
			}
		})
	}
	if _, err := LoadDesign(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is taken as a design")
	}
}

// Each language is set in faces that have its own shapes of Han, and Korean breaks
// its lines at spaces; the article's language may be another than the letter's.
func TestTypeOfLanguages(t *testing.T) {
	faces := map[string]string{"zh-Hans": "'PingFang SC'", "zh-Hant": "'PingFang TC'", "ja": "'Hiragino Sans'", "ko": "'Apple SD Gothic Neo'", "en": "Roboto"}
	for lang := range faces {
		for articleLang, face := range faces {
			l := sampleLetter(t)
			l.Lang, l.ArticleLang = lang, articleLang
			d := sampleDesign(t)
			_, html, err := d.locale(lang).render(newView(l, d.locale(lang)))
			if err != nil {
				t.Fatal(err)
			}
			for other, name := range faces {
				if got, want := strings.Contains(html, name), other == lang || other == articleLang; got != want {
					t.Errorf("letter in %s, article in %s: names %s: %v, want %v", lang, articleLang, name, got, want)
				}
			}
			article := html[strings.Index(html, "<h1"):]
			before := html[:strings.Index(html, "<h1")]
			if !strings.Contains(before[strings.LastIndex(before, "<div"):], face) {
				t.Errorf("letter in %s: the article in %s is not set in %s", lang, articleLang, face)
			}
			if got, want := strings.Contains(html, "word-break:keep-all"), lang == "ko" || articleLang == "ko"; got != want {
				t.Errorf("letter in %s, article in %s: words are kept: %v", lang, articleLang, got)
			}
			if got, want := strings.Contains(article, "text-align:justify"), articleLang != "en" && articleLang != "ko"; got != want {
				t.Errorf("article in %s: lines are flush: %v", articleLang, got)
			}
			if strings.Contains(html, "ZgotmplZ") {
				t.Errorf("letter in %s: a style was refused", lang)
			}
		}
	}
}
