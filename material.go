package offprint

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"offprint/article"
	"offprint/render"
	"offprint/typeset"
)

// Material is all that a document is made of beside the options and the fonts:
// the article as it will be printed, its pictures and its logo. It can be kept,
// and be set again later without the network: see [Material.WriteTo].
type Material struct {
	Article *article.Article

	page     *Page
	pictures pictureSet
}

// Gather brings together what a document of the article is made of: it fetches
// the pictures. The article is not changed.
func (p *Page) Gather(ctx context.Context, art *article.Article) (*Material, error) {
	art, err := p.prepare(art)
	if err != nil {
		return nil, err
	}
	pictures := p.pictures(ctx, art)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &Material{Article: art, page: p, pictures: pictures}, nil
}

// Gather brings together what a document is made of, of an article that came
// without its page. For its pictures, see [Layout].
func Gather(ctx context.Context, art *article.Article, o Options) (*Material, error) {
	page, err := detached(o)
	if err != nil {
		return nil, err
	}
	defer page.Close()
	return page.Gather(ctx, art)
}

// Layout breaks the text into lines and the lines into pages.
func (m *Material) Layout() (*Document, error) {
	return m.page.arrange(m.Article, m.pictures, &m.page.options)
}

// Pictures gives the bytes of each picture by its address in the article; nil
// stands for one that could not be had.
func (m *Material) Pictures() map[string][]byte {
	pictures := make(map[string][]byte, len(m.pictures.byURL))
	for url, p := range m.pictures.byURL {
		pictures[url] = nil
		if p.Picture != nil {
			pictures[url] = p.Picture.Bytes
		}
	}
	return pictures
}

// Logo is the picture file at the head of the page; nil where the site's name
// stands in for it.
func (m *Material) Logo() []byte {
	if m.pictures.logo == nil {
		return nil
	}
	return m.pictures.logo.Bytes
}

// keptMaterial is the form in which material is written.
type keptMaterial struct {
	Form     int // 1
	Article  []byte
	Pictures []keptPicture
	Logo     *typeset.Picture
	Warnings []article.Warning
}

// keptPicture is a picture, or what was wrong with it.
type keptPicture struct {
	URL     string
	Picture *typeset.Picture
	Err     string
}

const materialForm = 1

// WriteTo writes the material so that [ReadMaterial] gives it back.
func (m *Material) WriteTo(w io.Writer) (int64, error) {
	kept := keptMaterial{Form: materialForm, Logo: m.pictures.logo, Warnings: m.pictures.warnings}
	var err error
	if kept.Article, err = json.Marshal(m.Article); err != nil {
		return 0, fmt.Errorf("keep material: %w", err)
	}
	for _, url := range slices.Sorted(maps.Keys(m.pictures.byURL)) {
		p := m.pictures.byURL[url]
		one := keptPicture{URL: url, Picture: p.Picture}
		if p.Err != nil {
			one.Err = p.Err.Error()
		}
		kept.Pictures = append(kept.Pictures, one)
	}
	counted := &countingWriter{w: w}
	if err := gob.NewEncoder(counted).Encode(&kept); err != nil {
		return counted.n, fmt.Errorf("keep material: %w", err)
	}
	return counted.n, nil
}

// ReadMaterial reads what [Material.WriteTo] wrote. The options must be those
// with which it was gathered, for the same document to come of it.
func ReadMaterial(r io.Reader, o Options) (*Material, error) {
	page, err := newPage(o)
	if err != nil {
		return nil, err
	}
	var kept keptMaterial
	if err := gob.NewDecoder(r).Decode(&kept); err != nil {
		return nil, fmt.Errorf("read kept material: %w", err)
	}
	if kept.Form != materialForm {
		return nil, fmt.Errorf("read kept material: it is in form %d, not %d: gather it anew", kept.Form, materialForm)
	}
	m := &Material{page: page, Article: &article.Article{}}
	if err := json.Unmarshal(kept.Article, m.Article); err != nil {
		return nil, fmt.Errorf("read kept material: %w", err)
	}
	m.pictures = pictureSet{byURL: map[string]render.Picture{}, logo: kept.Logo, warnings: kept.Warnings}
	for _, p := range kept.Pictures {
		one := render.Picture{Picture: p.Picture}
		if p.Err != "" {
			one.Err = errors.New(p.Err)
		}
		m.pictures.byURL[p.URL] = one
	}
	return m, nil
}

// countingWriter counts the bytes that go through it.
type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
