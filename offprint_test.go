package offprint

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"offprint/article"
	"offprint/fonts/noto"
	"offprint/internal/golden"
	"offprint/internal/sample"
)

var library = noto.Library()

func layout(t *testing.T, art *article.Article, change func(*Options)) *Document {
	t.Helper()
	o := Options{Fonts: library}
	if change != nil {
		change(&o)
	}
	doc, err := Layout(t.Context(), art, o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestLayoutOfAnArticle(t *testing.T) {
	art := sample.News()
	doc := layout(t, art, nil)
	if doc.Pages() != 1 || len(doc.Warnings) != 0 {
		t.Errorf("%d pages, warnings %v; want one page without a warning", doc.Pages(), doc.Warnings)
	}
	var pdf bytes.Buffer
	if err := doc.PDF(t.Context(), &pdf); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-1.7\n")) {
		t.Errorf("begins with %q", pdf.Bytes()[:9])
	}
	if !reflect.DeepEqual(art, sample.News()) {
		t.Error("Layout changed the article")
	}
}

// TestSameBytes lays one article out from several goroutines at once.
func TestSameBytes(t *testing.T) {
	pdfs := make([]bytes.Buffer, 4)
	var group sync.WaitGroup
	for i := range pdfs {
		group.Go(func() {
			doc, err := Layout(context.Background(), sample.News(), Options{Fonts: library})
			if err == nil {
				err = doc.PDF(t.Context(), &pdfs[i])
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i := range pdfs {
		if !bytes.Equal(pdfs[i].Bytes(), pdfs[0].Bytes()) {
			t.Errorf("run %d has other bytes than run 0", i)
		}
	}
}

func TestPictures(t *testing.T) {
	cases := []struct {
		name   string
		url    string
		images string
		want   []string // codes of warnings
		drawn  bool
	}{
		{"good", sample.Square(), "all", nil, true},
		{"gray", sample.Square(), "gray", nil, true},
		{"left out", "data:image/png;base64,AAAA", "none", nil, false},
		{"broken", "data:image/png;base64,AAAA", "all", []string{"picture-failed"}, false},
		{"file of this machine", "file:///etc/passwd", "all", []string{"picture-failed"}, false},
		{"private host", "http://127.0.0.1:9/a.png", "all", []string{"picture-failed"}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			art := sample.News()
			art.Blocks[1].Image.URL = c.url
			doc := layout(t, art, func(o *Options) { o.Images = c.images })
			var codes []string
			for _, w := range doc.Warnings {
				codes = append(codes, w.Code)
			}
			if !reflect.DeepEqual(codes, c.want) {
				t.Errorf("warnings %v, want %v", doc.Warnings, c.want)
			}
			var dump strings.Builder
			if err := doc.Dump(&dump, StagePages); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(dump.String(), " image "); got != c.drawn {
				t.Errorf("picture drawn: %v, want %v", got, c.drawn)
			}
			if !strings.Contains(dump.String(), "渡口\n") {
				t.Error("the caption is lost")
			}
		})
	}
}

func TestPictureURLs(t *testing.T) {
	figure := func(url string) article.Block {
		return article.Block{Kind: article.Figure, Image: &article.Image{URL: url}}
	}
	blocks := []article.Block{
		figure("a"),
		{Kind: article.Paragraph},
		{Kind: article.List, Items: [][]article.Block{{figure("b")}, {figure("a"), figure("c")}}},
		figure(""),
		figure("b"),
	}
	got := pictureURLs(blocks, nil, map[string]bool{})
	if want := []string{"a", "b", "c"}; !reflect.DeepEqual(got, want) {
		t.Errorf("addresses %q, want %q", got, want)
	}
}

func TestLogo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "logo.png")
	data, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(sample.Square(), "data:image/png;base64,"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, site, option string
		drawn              bool
		warning            string
	}{
		{"wordmark", "", "", false, ""},
		{"the site's", sample.Square(), "", true, ""},
		{"the reader's file", "", file, true, ""},
		{"the reader's goes first", "data:,broken", file, true, ""},
		{"the site's is broken", "data:,broken", "", false, "logo-failed"},
		{"no such file", "", file + ".none", false, "logo-failed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			art := sample.News()
			art.Blocks = art.Blocks[:1]
			art.Site.Logo = c.site
			doc := layout(t, art, func(o *Options) { o.Logo = c.option })
			var dump strings.Builder
			if err := doc.Dump(&dump, StagePages); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(dump.String(), " image "); got != c.drawn {
				t.Errorf("logo drawn: %v, want %v", got, c.drawn)
			}
			warning := ""
			for _, w := range doc.Warnings {
				warning += w.Code
			}
			if warning != c.warning {
				t.Errorf("warnings %v, want %q", doc.Warnings, c.warning)
			}
		})
	}
}

func TestLayoutNeedsFonts(t *testing.T) {
	var option *OptionError
	if _, err := Layout(t.Context(), sample.News(), Options{}); !errors.As(err, &option) {
		t.Errorf("error %v, want an *OptionError", err)
	}
}

func TestLayoutStopsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Layout(ctx, sample.News(), Options{Fonts: library}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}

func TestDumpStages(t *testing.T) {
	doc := layout(t, sample.News(), nil)
	shows := map[Stage]string{StageArticle: "渡口的早班船", StageBlocks: "headline", StageLines: "block-end", StagePages: "page 1 "}
	for _, stage := range Stages {
		var b strings.Builder
		if err := doc.Dump(&b, stage); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), shows[stage]) {
			t.Errorf("stage %s does not show %q", stage, shows[stage])
		}
	}
	for _, stage := range Stages {
		var b bytes.Buffer
		if err := doc.DumpJSON(&b, stage); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(b.Bytes()) || !strings.Contains(b.String(), "渡口的早班船") {
			t.Errorf("stage %s as JSON: %.200s", stage, b.String())
		}
	}
	if doc.DumpJSON(&strings.Builder{}, "words") == nil || doc.Dump(&strings.Builder{}, "words") == nil {
		t.Error("a stage that is not there was dumped")
	}
}

func BenchmarkLayoutAndPDF(b *testing.B) {
	art := sample.News()
	for range 40 {
		art.Blocks = append(art.Blocks, art.Blocks[0])
	}
	b.ReportAllocs()
	for b.Loop() {
		doc, err := Layout(b.Context(), art, Options{Fonts: library})
		if err != nil {
			b.Fatal(err)
		}
		if err := doc.PDF(b.Context(), &bytes.Buffer{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestGoldenStages holds each stage of a small article to its dump.
func TestGoldenStages(t *testing.T) {
	folder := golden.Open(t, "testdata/golden")
	art := sample.News()
	art.Blocks = append(art.Blocks,
		article.Block{Kind: article.Heading, Level: 2, Text: "六班船的账"},
		article.Block{Kind: article.Paragraph, Text: "修理厂开价12,800元，郑师傅（三十一年船龄）说：“只要还有一个人等船，船就得开。”消息传出去两天，NT$4,000与其余的钱都凑齐了。"})
	doc := layout(t, art, nil)
	for _, stage := range []Stage{StageArticle, StageLines, StagePages} {
		var b bytes.Buffer
		if err := doc.Dump(&b, stage); err != nil {
			t.Fatal(err)
		}
		folder.Check(t, string(stage)+".txt", b.Bytes())
	}
}
