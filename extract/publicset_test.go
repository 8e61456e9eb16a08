package extract

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"

	"offprint/article"
	"offprint/extract/internal/block"
)

// publicSet names a folder with ground-truth.json and html/ID.html.gz, in the
// form of the article-extraction benchmark. The pages are their publishers', so
// they are not in this repository.
const publicSet = "OFFPRINT_PUBLIC_SET"

// TestPublicSet checks that generic extraction is no worse than go-readability
// alone: 4-gram F1 of the body text, averaged over the pages.
func TestPublicSet(t *testing.T) {
	dir := os.Getenv(publicSet)
	if dir == "" {
		t.Logf("%s names no folder: the public set is not measured", publicSet)
		return
	}
	var ours, bare score
	var spent time.Duration
	for _, p := range readSet(t, dir) {
		start := time.Now()
		got := ""
		a, err := Article(t.Context(), Page{URL: p.URL, Body: p.body}, Options{})
		spent += time.Since(start)
		if err != nil {
			t.Logf("%s: %v", p.id[:8], err)
		}
		if a != nil {
			got = articleText(a)
		}
		f := ours.add(got, p.ArticleBody)
		g := bare.add(bareText(p), p.ArticleBody)
		if f < g-0.05 || testing.Verbose() && f < 0.8 {
			t.Logf("%s %.3f beside %.3f %s", p.id[:8], f, g, p.URL)
		}
	}
	t.Logf("offprint    F1 %.4f P %.4f R %.4f, %s a page", ours.f1(), ours.p/ours.n, ours.r/ours.n, spent/time.Duration(ours.n))
	t.Logf("readability F1 %.4f P %.4f R %.4f", bare.f1(), bare.p/bare.n, bare.r/bare.n)
	if ours.f1() < bare.f1() {
		t.Errorf("F1 %.4f is below that of go-readability, %.4f", ours.f1(), bare.f1())
	}
}

type setPage struct {
	ArticleBody string `json:"articleBody"`
	URL         string `json:"url"`
	id          string
	body        []byte
}

func readSet(t testing.TB, dir string) []setPage {
	data, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	truth := map[string]setPage{}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	var pages []setPage
	for id, p := range truth {
		f, err := os.Open(filepath.Join(dir, "html", id+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		if p.body, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
		f.Close()
		p.id = id
		pages = append(pages, p)
	}
	sort.Slice(pages, func(i, j int) bool { return pages[i].id < pages[j].id })
	return pages
}

func articleText(a *article.Article) string {
	var b strings.Builder
	for _, piece := range a.Blocks {
		b.WriteString(block.Text(piece) + "\n")
	}
	return b.String() + strings.Join(a.Disclaimer, "\n")
}

func bareText(p setPage) string {
	base, err := url.Parse(p.URL)
	if err != nil {
		return ""
	}
	got, err := readability.FromReader(strings.NewReader(string(p.body)), base)
	if err != nil || got.Node == nil {
		return ""
	}
	var b strings.Builder
	if err := got.RenderText(&b); err != nil {
		return ""
	}
	return b.String()
}

type score struct{ p, r, n float64 }

func (s *score) f1() float64 {
	p, r := s.p/s.n, s.r/s.n
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// add scores one page and gives its own F1.
func (s *score) add(got, want string) float64 {
	a, b := shingles(got), shingles(want)
	hit, sa, sb := 0, 0, 0
	for k, n := range a {
		hit += min(n, b[k])
		sa += n
	}
	for _, n := range b {
		sb += n
	}
	p, r := 0.0, 0.0
	if sa > 0 {
		p = float64(hit) / float64(sa)
	}
	if sb > 0 {
		r = float64(hit) / float64(sb)
	}
	if sa == 0 && sb == 0 {
		p, r = 1, 1
	}
	s.p, s.r, s.n = s.p+p, s.r+r, s.n+1
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// shingles are runs of four tokens: a word, or one character of Han, kana or
// Hangul.
func shingles(s string) map[string]int {
	var tokens []string
	word := strings.Builder{}
	end := func() {
		if word.Len() > 0 {
			tokens = append(tokens, word.String())
			word.Reset()
		}
	}
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			end()
			tokens = append(tokens, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_':
			word.WriteRune(r)
		default:
			end()
		}
	}
	end()
	out := map[string]int{}
	for i := 0; i+4 <= len(tokens); i++ {
		out[strings.Join(tokens[i:i+4], " ")]++
	}
	if len(tokens) > 0 && len(tokens) < 4 {
		out[strings.Join(tokens, " ")]++
	}
	return out
}
