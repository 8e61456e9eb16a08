package main

import (
	"bytes"
	"errors"
	"fmt"
	"image/jpeg"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"offprint/demo"
)

const (
	wantCharacters = 3000
	wantPicture    = 130_000 // bytes
)

// builtPage is the page on disk and what is in it.
type builtPage struct {
	path         string
	characters   int   // of the article, white space left out
	pictureBytes int64 // of the four JPEGs together
}

// fourth is the picture that the demo article does not have.
const fourth = `<p class="pic"><img src="skyline.jpg" width="900" height="600" alt="维港暮色"></p>
<p class="pic-note">对岸的城市亮起灯来。一座城市用的电，总有一部分从别人的海边来。（图片来源：《海岸线财经》资料图片）</p>
`

// printCSS gives Chromium what a careful publisher would: the face, Chinese
// composition, pages with margins, and no site furniture on paper.
const printCSS = `<style>
@font-face { font-family: "Bench SC"; font-weight: 400; src: url(regular.ttf); }
@font-face { font-family: "Bench SC"; font-weight: 700; src: url(bold.ttf); }
@page { size: A4; margin: 22mm 38mm; }
@media print {
  body {
    font: 10.5pt/18.4pt "Bench SC"; background: #fff;
    line-break: strict; text-autospace: normal; text-spacing-trim: trim-start;
  }
  .masthead nav, .tools, .share, .side, .foot, #comments { display: none; }
  .columns, .story { display: block; padding: 0; }
  .body p { margin: 0; text-align: justify; orphans: 2; widows: 2; }
  .pic, .pic-note { text-align: center; break-inside: avoid; }
  .pic { break-after: avoid; }
  .pic img { max-width: 100%; max-height: 150mm; }
}
</style>
</head>`

// buildPage writes article.html, its pictures, its logo and the two faces.
func buildPage(dir string) (builtPage, error) {
	sample := demo.Articles()[0]
	source, err := sample.Page()
	if err != nil {
		return builtPage{}, err
	}
	text := strings.Replace(string(source), "</head>", printCSS, 1)
	text = strings.Replace(text, `<p class="notice">`, fourth+`<p class="notice">`, 1)
	text, characters := cut(text, wantCharacters)
	page := builtPage{path: filepath.Join(dir, "article.html"), characters: characters}

	for _, name := range []string{"harbour.jpg", "racks.jpg", "prices.jpg", "skyline.jpg"} {
		size, err := heavyPicture(name, filepath.Join(dir, name))
		if err != nil {
			return builtPage{}, fmt.Errorf("encode %s: %w", name, err)
		}
		page.pictureBytes += size
	}
	logo, err := fs.ReadFile(sample.Dir, "logo.png")
	if err != nil {
		return builtPage{}, err
	}
	return page, errors.Join(
		os.WriteFile(page.path, []byte(text), 0o644),
		os.WriteFile(filepath.Join(dir, "logo.png"), logo, 0o644),
		copyFile("fonts/noto/NotoSansSC_400Regular.ttf", filepath.Join(dir, "regular.ttf")),
		copyFile("fonts/noto/NotoSansSC_700Bold.ttf", filepath.Join(dir, "bold.ttf")),
	)
}

var (
	article   = regexp.MustCompile(`(?s)<h1>.*<p class="notice">.*?</p>`)
	paragraph = regexp.MustCompile(`(?m)^<p>&nbsp; &nbsp;.*</p>\n`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// cut drops body paragraphs, last ones first, until the article has no more than
// the characters wanted.
func cut(page string, want int) (string, int) {
	for {
		n := count(article.FindString(page))
		all := paragraph.FindAllStringIndex(page, -1)
		if n <= want || len(all) == 0 {
			return page, n
		}
		last := all[len(all)-1]
		page = page[:last[0]] + page[last[1]:]
	}
}

// count gives the characters of an HTML fragment, tags and white space left out.
func count(html string) int {
	text := strings.ReplaceAll(tag.ReplaceAllString(html, ""), "&nbsp;", "")
	n := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// heavyPicture encodes a demo picture anew at the least quality that makes it
// 130 KB, or at the best where it never gets there.
func heavyPicture(name, path string) (int64, error) {
	var data []byte
	for _, sample := range demo.Articles() {
		if found, err := fs.ReadFile(sample.Dir, name); err == nil {
			data = found
		}
	}
	picture, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return 0, err
	}
	var out bytes.Buffer
	for quality := 70; quality <= 100 && out.Len() < wantPicture; quality++ {
		out.Reset()
		if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
			return 0, err
		}
	}
	return int64(out.Len()), os.WriteFile(path, out.Bytes(), 0o644)
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copy face: %w; run this from the repository's root", err)
	}
	return os.WriteFile(to, data, 0o644)
}
