package press

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint"
	"offprint/article"
	"offprint/internal/problem"
	"offprint/internal/store"
)

// An address is read once in five minutes, and a document made once whatever
// leads to it.
func TestPrintOnce(t *testing.T) {
	paper, s := newNewspaper(t), newShop(t)
	r := &Request{URL: paper.URL + "/1.html"}
	first := s.print(t, r)
	var want bytes.Buffer
	if _, err := offprint.Print(t.Context(), r.URL, &want, offprint.Options{Fonts: library}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(s.bytesOf(t, first.Key), want.Bytes()) {
		t.Error("the service's PDF is not the command's")
	}
	if first.Meta.Pages < 1 || first.Meta.Type != "application/pdf" || !strings.HasSuffix(first.Meta.Name, ".pdf") {
		t.Errorf("meta %+v", first.Meta)
	}
	paper.pages.Store(0)
	for _, same := range []*Request{
		r,
		{URL: r.URL + "#comments"},
		{URL: r.URL, PrintOptions: offprint.PrintOptions{FontSize: "medium", Paper: "A4", Columns: 1}},
	} {
		if got := s.print(t, same); got.Key != first.Key {
			t.Errorf("%+v is another document", same)
		}
	}
	if n := paper.pages.Load(); n != 0 {
		t.Errorf("the page was read %d times more in five minutes", n)
	}
	// After that it is read again, and not drawn again.
	s.now.Add(int64(store.RereadAfter/time.Second) + 1)
	if got := s.print(t, r); got.Key != first.Key || paper.pages.Load() != 1 || s.count("draw") != 1 {
		t.Errorf("read %d times, drawn %d times; want once each", paper.pages.Load(), s.count("draw"))
	}
	if got := s.print(t, &Request{URL: r.URL, PrintOptions: offprint.PrintOptions{FontSize: "giant"}}); got.Key == first.Key {
		t.Error("another font size is the same document")
	}
}

// Two hundred who ask for a cold article at the same time have it made once.
func TestPrintTogether(t *testing.T) {
	paper, s := newNewspaper(t), newShop(t)
	paper.hold = make(chan struct{})
	var all sync.WaitGroup
	keys := make([]store.Key, 200)
	errs := make([]error, len(keys))
	for i := range keys {
		all.Go(func() {
			p, err := s.Print(context.Background(), &Request{URL: paper.URL + "/1.html"})
			if errs[i] = err; err == nil {
				keys[i] = p.Key
			}
		})
	}
	close(paper.hold)
	all.Wait()
	for i := range keys {
		if errs[i] != nil || keys[i] != keys[0] {
			t.Fatalf("the one of number %d: %v, %v", i, keys[i], errs[i])
		}
	}
	if paper.pages.Load() != 1 || s.count("draw") != 1 {
		t.Errorf("read %d times, drawn %d times; want once each", paper.pages.Load(), s.count("draw"))
	}
}

func TestPurge(t *testing.T) {
	paper, s := newNewspaper(t), newShop(t)
	for _, r := range []*Request{
		{URL: paper.URL + "/1.html"},
		{HTML: page("/2.html", 0), BaseURL: paper.URL + "/2.html"},
		{Article: &article.Article{Title: "渡口", Lang: "zh-Hans", Canonical: paper.URL + "/3.html", Blocks: []article.Block{{Kind: article.Paragraph, Text: "水声。"}}}},
	} {
		before := s.print(t, r)
		picture, err := s.PagePicture(t.Context(), before.Key, 1)
		if err != nil {
			t.Fatal(err)
		}
		picture.Close()
		if n, err := s.Purge(t.Context(), r.Source()+"#top"); n != 3 || err != nil {
			t.Errorf("%s: purged %d objects (%v); want document, material and page", r.Source(), n, err)
		}
		if _, err := s.PagePicture(t.Context(), before.Key, 1); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: a page after the purge: %v", r.Source(), err)
		}
	}
	before := s.print(t, &Request{URL: paper.URL + "/1.html"})
	paper.edition.Add(1)
	if s.print(t, &Request{URL: paper.URL + "/1.html"}).Key != before.Key {
		t.Error("read again within five minutes")
	}
	if _, err := s.Purge(t.Context(), paper.URL+"/1.html"); err != nil {
		t.Fatal(err)
	}
	if s.print(t, &Request{URL: paper.URL + "/1.html"}).Key == before.Key {
		t.Error("the edited article has the old document")
	}
}

// The picture of a page is that of the document, though its newspaper is gone.
func TestPagePicture(t *testing.T) {
	paper, s := newNewspaper(t), newShop(t)
	r := &Request{URL: paper.URL + "/1.html"}
	printed := s.print(t, r)
	doc, err := offprint.Typeset(t.Context(), r.URL, offprint.Options{Fonts: library})
	if err != nil {
		t.Fatal(err)
	}
	paper.Close()
	for n := 1; n <= doc.Pages(); n++ {
		var want bytes.Buffer
		if err := doc.PNG(t.Context(), &want, n-1, pageDPI); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			object, err := s.PagePicture(t.Context(), printed.Key, n)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(readAll(t, object), want.Bytes()) || object.Type != "image/png" {
				t.Errorf("page %d is not that of the document", n)
			}
		}
	}
	for _, n := range []int{-1, 0, doc.Pages() + 1} {
		_, err := s.PagePicture(t.Context(), printed.Key, n)
		if p, ok := problem.As(err); !ok || p.Code() != problem.NotFound {
			t.Errorf("page %d: %v", n, err)
		}
	}
	if _, err := s.PagePicture(t.Context(), store.ContentKey(nil), 1); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("page of no document: %v", err)
	}
}

func TestKeysHosts(t *testing.T) {
	paper := newNewspaper(t)
	for _, c := range []struct {
		name     string
		operator []string
		hosts    []string
		path     string
		refused  bool
	}{
		{"free", nil, nil, "/1.html", false},
		{"the key's own", nil, []string{"127.0.0.1"}, "/1.html", false},
		{"another's", nil, []string{"news.example"}, "/1.html", true},
		{"the key's, not the operator's", []string{"news.example"}, []string{"127.0.0.1"}, "/1.html", true},
		{"the operator's, not the key's", []string{"127.0.0.1"}, []string{"news.example"}, "/1.html", true},
		{"both", []string{"127.0.0.1"}, []string{"127.0.0.1"}, "/1.html", false},
		{"redirected away", nil, []string{"127.0.0.1"}, "/away", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t, func(o *Config) { o.Options.Fetch.AllowHosts = c.operator })
			_, err := s.Print(t.Context(), &Request{URL: paper.URL + c.path, Hosts: c.hosts})
			var told *problem.Problem
			if err != nil {
				told, _ = Explain(err)
			}
			if c.refused != (told != nil && told.Code() == problem.FetchRefused) || !c.refused && err != nil {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	art := &article.Article{Title: "x"}
	for _, c := range []struct {
		name string
		r    Request
		ok   bool
	}{
		{"address", Request{URL: "https://news.example/a.html?x=1"}, true},
		{"Chinese address", Request{URL: "https://news.example/渡口"}, true},
		{"HTML", Request{HTML: "<p>x"}, true},
		{"article with a base", Request{Article: art, BaseURL: "https://news.example/"}, true},
		{"logo on the web", Request{HTML: "x", PrintOptions: offprint.PrintOptions{Logo: "https://news.example/logo.png"}}, true},
		{"nothing", Request{}, false},
		{"two things", Request{URL: "https://news.example/", HTML: "<p>x"}, false},
		{"base beside address", Request{URL: "https://news.example/", BaseURL: "https://news.example/"}, false},
		{"file", Request{URL: "/etc/passwd"}, false},
		{"file URL", Request{URL: "file:///etc/passwd"}, false},
		{"standard input", Request{URL: "-"}, false},
		{"gopher", Request{URL: "gopher://news.example/"}, false},
		{"no host", Request{URL: "https:///a"}, false},
		{"opaque", Request{URL: "https:news.example"}, false},
		{"password", Request{URL: "https://a:b@news.example/"}, false},
		{"line break", Request{URL: "https://news.example/\r\nHost: x"}, false},
		{"long", Request{URL: "https://news.example/" + strings.Repeat("a", 5000)}, false},
		{"base is a folder", Request{HTML: "x", BaseURL: "/etc"}, false},
		{"base is a file URL", Request{HTML: "x", BaseURL: "file:///etc/"}, false},
		{"logo is a file", Request{HTML: "x", PrintOptions: offprint.PrintOptions{Logo: "/etc/passwd"}}, false},
		{"logo is a data URL", Request{HTML: "x", PrintOptions: offprint.PrintOptions{Logo: "data:,x"}}, false},
		{"design is a folder", Request{HTML: "x", PrintOptions: offprint.PrintOptions{Template: "../x"}}, false},
		{"design is a folder here", Request{HTML: "x", PrintOptions: offprint.PrintOptions{Template: "testdata"}}, false},
		{"no such size", Request{HTML: "x", PrintOptions: offprint.PrintOptions{FontSize: "enormous"}}, false},
	} {
		err := c.r.Check()
		p, isProblem := problem.As(err)
		if (err == nil) != c.ok || err != nil && (!isProblem || p.Code() != problem.BadRequest || p.Hint == "") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestLimits(t *testing.T) {
	paper := newNewspaper(t)
	for _, c := range []struct {
		name   string
		limits Limits
		code   problem.Code
	}{
		{"characters", Limits{Characters: 100}, problem.TooLarge},
		{"pages", Limits{Pages: 1}, problem.TooLarge},
		{"time", Limits{Time: time.Nanosecond}, problem.Timeout},
	} {
		s := newShop(t, func(o *Config) { o.Limits = c.limits })
		_, err := s.Print(t.Context(), &Request{URL: paper.URL + "/1.html", PrintOptions: offprint.PrintOptions{FontSize: "giant"}})
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		if p, _ := Explain(err); p.Code() != c.code && !(c.name == "time" && p.Code() == problem.FetchFailed) {
			t.Errorf("%s: %v (%v)", c.name, p, err)
		}
	}
	for _, bad := range []Limits{{Slots: -1}, {Waiting: -1}, {Time: -time.Second}} {
		if bad.Validate() == nil {
			t.Errorf("%+v is valid", bad)
		}
	}
}

// hugeArticle takes many seconds to set.
func hugeArticle() *article.Article {
	huge := &article.Article{Schema: article.Schema, Lang: "en", Title: strings.Repeat("t", 12_000)}
	text := strings.Repeat("渡口的早班船 leaves at 6. ", 4000)
	for range 40 {
		huge.Blocks = append(huge.Blocks, article.Block{Kind: article.Paragraph, Text: text})
	}
	return huge
}

// The limit on time ends the setting itself, and gives the slot back: what is left
// of a huge article is not waited for.
func TestTimeEndsTheSetting(t *testing.T) {
	limits := Limits{Time: 200 * time.Millisecond, Slots: 1, Open: 1, Waiting: 1, Characters: 1 << 30, Pages: 1 << 20}
	s := newShop(t, func(o *Config) { o.Limits = limits })
	_, err := s.Print(t.Context(), &Request{Article: hugeArticle()})
	if err == nil {
		t.Fatal("the article was set, though there was no time")
	}
	if p, _ := Explain(err); p.Code() != problem.Timeout {
		t.Errorf("%v (%v), want %s", p, err, problem.Timeout)
	}
	leave, err := s.slots.enter(t.Context())
	if err != nil {
		t.Fatalf("the slot was not given back: %v", err)
	}
	leave()
}

// When the line is full the next one is sent away at once, with a time.
func TestBusy(t *testing.T) {
	paper := newNewspaper(t)
	paper.hold = make(chan struct{})
	s := newShop(t, func(o *Config) { o.Limits = Limits{Slots: 1, Open: 1, Waiting: 1} })
	ended := make(chan error, 2)
	for i := range 2 {
		go func() {
			_, err := s.Print(context.Background(), &Request{URL: fmt.Sprintf("%s/%d.html", paper.URL, i)})
			ended <- err
		}()
	}
	for s.Waiting() != 1 {
		time.Sleep(time.Millisecond)
	}
	_, err := s.Print(t.Context(), &Request{URL: paper.URL + "/9.html"})
	var busy *BusyError
	if !errors.As(err, &busy) || busy.RetryAfter < time.Second || busy.Waiting != 1 {
		t.Errorf("third: %v", err)
	}
	if p, temporary := Explain(err); p.Code() != problem.Busy || !temporary {
		t.Errorf("told %v", p)
	}
	close(paper.hold)
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// ownSteps is a page design whose steps have names of their own.
func ownSteps(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../templates/page/default/page.json")
	if err != nil {
		t.Fatal(err)
	}
	var design map[string]any
	if err := json.Unmarshal(text, &design); err != nil {
		t.Fatal(err)
	}
	design["steps"] = map[string]any{
		"normal": map[string]any{"size": 10.5, "leading": 18.4, "measure_em": 36},
		"big":    map[string]any{"size": 16, "leading": 27, "measure_em": 29},
	}
	design["default_step"] = "normal"
	if text, err = json.Marshal(design); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "page.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// What is configured fills in requests, and the design its own default step. A
// request may name its steps, and those of another design that it asks for. What is
// configured for one article holds for none.
func TestRequestsAreCompletedByTheConfiguredDesign(t *testing.T) {
	s := newShop(t, func(c *Config) {
		c.Options.PrintOptions = offprint.PrintOptions{Template: ownSteps(t), Paper: "B5", Title: "x", Drop: []int{0}}
	})
	for _, c := range []struct{ asked, want offprint.PrintOptions }{
		{
			offprint.PrintOptions{},
			offprint.PrintOptions{FontSize: "normal", Paper: "B5", Columns: 1, Images: "all", Punctuation: "auto", PDFProfile: "a2a"},
		},
		{
			offprint.PrintOptions{FontSize: "big", Paper: "A4", Columns: 2, Title: "y", Drop: []int{2}},
			offprint.PrintOptions{FontSize: "big", Paper: "A4", Columns: 2, Images: "all", Punctuation: "auto", PDFProfile: "a2a", Title: "y", Drop: []int{2}},
		},
		{
			offprint.PrintOptions{Template: "default"},
			offprint.PrintOptions{FontSize: "medium", Paper: "B5", Columns: 1, Images: "all", Punctuation: "auto", PDFProfile: "a2a", Template: "default"},
		},
	} {
		r := &Request{HTML: "x", PrintOptions: c.asked}
		if c.want.Template == "" {
			c.want.Template = s.config.Options.Template
		}
		if got, err := s.checked(r); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v becomes %+v (%v), want %+v", c.asked, got, err, c.want)
		}
	}
	for _, wrong := range []offprint.PrintOptions{{FontSize: "medium"}, {FontSize: "big", Template: "default"}} {
		err := s.Check(&Request{HTML: "x", PrintOptions: wrong})
		if p, ok := problem.As(err); !ok || p.Code() != problem.BadRequest {
			t.Errorf("%+v: %v, want a bad request", wrong, err)
		}
	}
}

// Whatever is printed counts, and not the text alone: else a caption or a source would
// be a way around the limit.
func TestAllThatIsPrintedIsCounted(t *testing.T) {
	s := newShop(t, func(o *Config) { o.Limits = Limits{Characters: 100} })
	long := strings.Repeat("长", 101)
	block := func(b article.Block) func(*article.Article) {
		return func(a *article.Article) { a.Blocks = append(a.Blocks, b) }
	}
	for name, fill := range map[string]func(*article.Article){
		"nothing":     func(*article.Article) {},
		"title":       func(a *article.Article) { a.Title = long },
		"subtitle":    func(a *article.Article) { a.Subtitle = long },
		"section":     func(a *article.Article) { a.Section = []string{"a", long} },
		"column":      func(a *article.Article) { a.Column = long },
		"site":        func(a *article.Article) { a.Site.Name = long },
		"source":      func(a *article.Article) { a.Source = long },
		"disclaimer":  func(a *article.Article) { a.Disclaimer = []string{"a", long} },
		"author":      func(a *article.Article) { a.Authors = []article.Author{{Name: long}} },
		"role":        func(a *article.Article) { a.Authors = []article.Author{{Name: "a", Role: long}} },
		"bio":         func(a *article.Article) { a.Authors = []article.Author{{Name: "a", Bio: long}} },
		"paragraph":   block(article.Block{Kind: article.Paragraph, Text: long}),
		"inlines":     block(article.Block{Kind: article.Paragraph, Text: "a", Inlines: []article.Inline{{Text: "a"}, {Text: long}}}),
		"ruby":        block(article.Block{Kind: article.Paragraph, Text: "a", Inlines: []article.Inline{{Text: "a", Ruby: long}}}),
		"cell":        block(article.Block{Kind: article.Table, Rows: [][]article.Cell{{{Text: long}}}}),
		"caption":     block(article.Block{Kind: article.Figure, Image: &article.Image{URL: "a.png", Caption: long}}),
		"credit":      block(article.Block{Kind: article.Figure, Image: &article.Image{URL: "a.png", Credit: long}}),
		"credit line": block(article.Block{Kind: article.Figure, Image: &article.Image{URL: "a.png", CreditLine: long}}),
		"alt":         block(article.Block{Kind: article.Figure, Image: &article.Image{URL: "a.png", Alt: long}}),
	} {
		a := &article.Article{
			Schema: article.Schema, Lang: "zh-Hans", Title: "短", Blocks: []article.Block{{Kind: article.Paragraph, Text: "短"}},
		}
		fill(a)
		err := s.checkLength(a)
		if (err == nil) != (name == "nothing") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
