package offprint

import (
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
	kept := keptMaterial{Form: materialForm, Logo: m.logo, Warnings: m.warnings}
	var err error
	if kept.Article, err = json.Marshal(m.Article); err != nil {
		return 0, fmt.Errorf("keep material: %w", err)
	}
	for _, url := range slices.Sorted(maps.Keys(m.pictures)) {
		p := m.pictures[url]
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

// ReadMaterial reads what [Material.WriteTo] wrote. It makes the same document only
// with the options with which it was gathered.
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
	m := &Material{
		Article: &article.Article{}, page: page,
		pictures: map[string]render.Picture{}, logo: kept.Logo, warnings: kept.Warnings,
	}
	if err := json.Unmarshal(kept.Article, m.Article); err != nil {
		return nil, fmt.Errorf("read kept material: %w", err)
	}
	for _, p := range kept.Pictures {
		one := render.Picture{Picture: p.Picture}
		if p.Err != "" {
			one.Err = errors.New(p.Err)
		}
		m.pictures[p.URL] = one
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
