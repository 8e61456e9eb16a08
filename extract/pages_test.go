package extract

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"offprint/article"
)

// The pages of testdata/pages: one mark-up style each, with the truth beside it
// as written by hand. Each is parsed in every encoding that can hold it.
var pages = []struct {
	name, url string
	encodings []string
}{
	{"contract", "https://lamp.example/n/1", simplified},
	{"column", "https://www.harbour.example.hk/www/sc/columns/1", simplified},
	{"divs", "https://www.starshore.example.hk/sc/x/1.html", simplified},    // div and strong alone
	{"foreign", "https://www.starshore.example.hk/sc/x/1.html", simplified}, // JSON-LD of another article
	{"editor", "https://www.starshore.example.hk/sc/x/1.html", simplified},  // span and section of an online editor
	{"soup", "https://www.tide.example.cn/n/2", simplified},
	{"semantic", "https://www.hill.example.hk/tc/columns/20250612-drain", traditional},
	{"fonttable", "https://www.city.example.hk/corner/9.htm", traditional},
	{"dl", "https://www.quay.example.hk/building/7", traditional},
	{"lazy", "https://www.slow.example.tw/a/1", traditional},
	{"japanese", "https://www.minato.example.jp/area/3", []string{"utf-8", "Shift_JIS", "EUC-JP"}},
	{"korean", "https://www.baram.example.kr/3", []string{"utf-8", "EUC-KR"}},
	{"ledger", "https://www.harbournet.example.hk/www/sc/1", simplified}, // a column page with all its controls
	{"warehouse", "https://www.hill.example.hk/1", traditional},          // pictures a script loads, labels joined to names
	{"coldstore", "https://n.tide.example.cn/1", simplified},
	{"lighthouse", "https://www.minato.example.jp/1", []string{"utf-8", "Shift_JIS", "EUC-JP"}},
	{"icehouse", "https://www.baram.example.kr/1", []string{"utf-8"}}, // has signs that EUC-KR lacks
	{"notebooks", "https://post.example/1", []string{"utf-8"}},        // the standfirst before the byline
	{"winery", "https://www.isle.example.tw/1", traditional},          // the solidus of Big5
	{"clock", "https://www.hill.example.hk/9", traditional},           // <title> without the headline, New York's time
	{"quayside", "https://n.tide.example.cn/2.html", simplified},      // a second page, a credit without brackets
	{"cobbler", "https://www.isle.example.tw/3", traditional},         // short paragraphs, a video between them
	{"stems", "https://desk.example.hk/1", []string{"utf-8"}},         // readers' comments that read like text
	{"english", "https://www.post.example/business/ferry", []string{"utf-8", "windows-1252"}},
}

var (
	simplified  = []string{"utf-8", "utf-8 called gb2312", "gb2312", "gbk undeclared"}
	traditional = []string{"utf-8", "utf-8 undeclared", "big5", "big5 undeclared", "gbk", "utf-16"}
)

// expectedWarnings are those that a page is there to cause.
var expectedWarnings = map[string]string{"foreign": "json-ld-foreign"}

func TestPages(t *testing.T) {
	for _, p := range pages {
		for _, enc := range p.encodings {
			t.Run(p.name+"/"+enc, func(t *testing.T) {
				master, err := os.ReadFile(filepath.Join("testdata", "pages", p.name+".html"))
				if err != nil {
					t.Fatal(err)
				}
				a, err := Article(t.Context(), Page{URL: p.url, Body: encodePage(t, string(master), enc)}, Options{})
				if err != nil {
					t.Fatal(err)
				}
				for _, w := range a.Warnings {
					if w.Code != expectedWarnings[p.name] && (!strings.Contains(enc, "undeclared") || w.Code != "charset-guessed") {
						t.Errorf("unexpected warning: %+v", w)
					}
				}
				compareTruth(t, a, filepath.Join("testdata", "pages", p.name+".json"))
			})
		}
	}
}

// encodePage writes a UTF-8 master in the encoding, with a declaration that
// fits the case.
func encodePage(t testing.TB, master, enc string) []byte {
	t.Helper()
	const declaration = `<meta charset="utf-8">`
	if strings.Count(master, declaration) != 1 {
		t.Fatal("the master needs one " + declaration)
	}
	declare := func(name string) string {
		if name == "" {
			return strings.Replace(master, declaration, "", 1)
		}
		return strings.Replace(master, declaration, `<meta http-equiv="Content-Type" content="text/html; charset=`+name+`">`, 1)
	}
	switch enc {
	case "utf-8":
		return []byte(master)
	case "utf-8 undeclared":
		return []byte(declare(""))
	case "utf-8 called gb2312":
		return []byte(declare("gb2312"))
	case "gb2312", "gbk":
		return encodeWith(t, simplifiedchinese.GB18030, declare(enc))
	case "gbk undeclared":
		return encodeWith(t, simplifiedchinese.GB18030, declare(""))
	case "big5":
		return encodeHKSCS(t, declare("big5"))
	case "big5 undeclared":
		return encodeHKSCS(t, declare(""))
	case "utf-16":
		out := []byte{0xff, 0xfe}
		for _, r := range declare("") {
			if r >= 0x10000 {
				hi, lo := 0xD800+(r-0x10000)>>10, 0xDC00+(r-0x10000)&0x3FF
				out = append(out, byte(hi), byte(hi>>8), byte(lo), byte(lo>>8))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return out
	case "Shift_JIS":
		return encodeWith(t, japanese.ShiftJIS, declare(enc))
	case "EUC-JP":
		return encodeWith(t, japanese.EUCJP, declare(enc))
	case "EUC-KR":
		return encodeWith(t, korean.EUCKR, declare(enc))
	case "windows-1252":
		return []byte(declare(enc)) // the page is ASCII
	}
	t.Fatalf("no encoding %q", enc)
	return nil
}

func encodeWith(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// hkscs maps characters to Big5-HKSCS bytes: the decoder's table turned round,
// since encoders leave HKSCS out.
var hkscs = sync.OnceValue(func() map[rune]string {
	table := map[rune]string{}
	for lead := 0xFE; lead >= 0x87; lead-- {
		for trail := 0x40; trail <= 0xFE; trail++ {
			pair := string([]byte{byte(lead), byte(trail)})
			if s, err := traditionalchinese.Big5.NewDecoder().String(pair); err == nil {
				if r := []rune(s); len(r) == 1 && r[0] != 0xFFFD {
					table[r[0]] = pair
				}
			}
		}
	}
	return table
})

func encodeHKSCS(t testing.TB, text string) []byte {
	t.Helper()
	var out []byte
	for _, r := range text {
		if r < 0x80 {
			out = append(out, byte(r))
		} else if pair, ok := hkscs()[r]; ok {
			out = append(out, pair...)
		} else {
			out = append(out, fmt.Sprintf("&#%d;", r)...) // as a page of the time would
		}
	}
	return out
}

// compareTruth compares what a page is about: everything but the address it
// was read from and warnings. Inlines are compared where the truth has them.
func compareTruth(t *testing.T, got *article.Article, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want article.Article
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&want); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	got.Schema, got.URL, got.Warnings = 0, "", nil
	dropInlines(got.Blocks, want.Blocks)
	g, w := indentJSON(t, got), indentJSON(t, &want)
	if g != w {
		t.Errorf("not the truth (- want, + got):\n%s", lineDiff(w, g))
	}
}

func dropInlines(got, want []article.Block) {
	for i := range got {
		if i >= len(want) || len(want[i].Inlines) == 0 {
			got[i].Inlines = nil
		}
		for j, item := range got[i].Items {
			var inner []article.Block
			if i < len(want) && j < len(want[i].Items) {
				inner = want[i].Items[j]
			}
			dropInlines(item, inner)
		}
	}
}

func indentJSON(t *testing.T, a *article.Article) string {
	t.Helper()
	data, err := json.MarshalIndent(a, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// lineDiff shows the lines that only one side has.
func lineDiff(want, got string) string {
	count := map[string]int{}
	for line := range strings.Lines(want) {
		count[line]++
	}
	var b strings.Builder
	for line := range strings.Lines(got) {
		if count[line]--; count[line] < 0 {
			b.WriteString("+" + line)
		}
	}
	count = map[string]int{}
	for line := range strings.Lines(got) {
		count[line]++
	}
	for line := range strings.Lines(want) {
		if count[line]--; count[line] < 0 {
			b.WriteString("-" + line)
		}
	}
	return b.String()
}
