package demo

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed hans/page.html hans/*.jpg hans/logo.png hans/expected.txt
//go:embed hant/page.html hant/*.jpg hant/logo.png hant/expected.txt
var files embed.FS

// Sample is one demo article: a whole site page and the pictures it names.
type Sample struct {
	Name string // short name, and the folder's: "hans", "hant"
	Lang string // BCP 47 language of the article
	Dir  fs.FS  // holds page.html, its pictures, logo.png and expected.txt
}

// Page gives the bytes of the sample's site page, in UTF-8.
func (s Sample) Page() ([]byte, error) {
	page, err := fs.ReadFile(s.Dir, "page.html")
	if err != nil {
		return nil, fmt.Errorf("read demo %s: %w", s.Name, err)
	}
	return page, nil
}

// Articles gives the demo articles: Simplified Chinese, then Hong Kong's
// Traditional Chinese.
func Articles() []Sample {
	return []Sample{
		sample("hans", "zh-Hans"),
		sample("hant", "zh-Hant-HK"),
	}
}

// sample cuts one folder out of the embedded files. The name is one of ours, so
// fs.Sub has nothing to refuse.
func sample(name, lang string) Sample {
	dir, err := fs.Sub(files, name)
	if err != nil {
		panic("demo: " + err.Error())
	}
	return Sample{Name: name, Lang: lang, Dir: dir}
}
