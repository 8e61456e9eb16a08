package press

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"offprint"
	"offprint/internal/problem"
	"offprint/internal/store"
)

// pageDPI is how fine the pictures of pages are, in pixels to the inch.
const pageDPI = 110

// material is the name, in the store, of what a document was made of.
const material = "material"

// keptForm is what is kept beside a document: enough to set it again.
type keptForm struct {
	Source  string                `json:"source,omitempty"` // the address that it goes away with
	Options offprint.PrintOptions `json:"options"`

	brought int // warnings that the caller's own article came with
}

// keep puts what a document is made of into the store, under a key of its own: a
// line of JSON, and the material.
func (p *Press) keep(ctx context.Context, key store.Key, m *offprint.Material, form keptForm) error {
	head, err := json.Marshal(form)
	if err != nil {
		return fmt.Errorf("keep material: %w", err)
	}
	var body bytes.Buffer
	body.Write(append(head, '\n'))
	if _, err := m.WriteTo(&body); err != nil {
		return err
	}
	part := key.Part(material)
	if _, err := p.config.Cache.Store.Put(ctx, part, store.Meta{Type: "application/octet-stream"}, &body); err != nil {
		return fmt.Errorf("keep material: %w", err)
	}
	return nil
}

// PagePicture gives the picture of a document's page, counted from 1. It is drawn
// when it is first asked for.
func (p *Press) PagePicture(ctx context.Context, key store.Key, n int) (*store.Object, error) {
	part := key.Part("page " + strconv.Itoa(n))
	object, err := p.config.Cache.Store.Open(ctx, part)
	if err == nil || !errors.Is(err, store.ErrNotFound) {
		return object, err
	}
	document, err := p.config.Cache.Store.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	document.Close()
	if n < 1 || n > document.Pages {
		told := fmt.Sprintf("page %d of a document of %d", n, document.Pages)
		return nil, problem.New(problem.NotFound, told, "pages are counted from 1")
	}
	err = p.config.Cache.Make(ctx, part, func(ctx context.Context, w io.Writer) (store.Meta, error) {
		return store.Meta{Type: "image/png"}, p.drawPage(ctx, w, key, part, n)
	})
	if err != nil {
		return nil, err
	}
	return p.config.Cache.Store.Open(ctx, part)
}

// drawPage sets the document again, from what it was made of, and draws a page.
func (p *Press) drawPage(ctx context.Context, w io.Writer, key, part store.Key, n int) error {
	ctx, cancel := context.WithTimeout(ctx, p.config.Limits.Time)
	defer cancel()
	leave, err := p.open.enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	object, err := p.config.Cache.Store.Open(ctx, key.Part(material))
	if err != nil {
		return err
	}
	defer object.Close()
	kept, err := readKept(object)
	if err != nil {
		return err
	}
	options := p.config.Options
	options.PrintOptions = kept.Options
	m, err := offprint.ReadMaterial(object, options)
	if err != nil {
		return err
	}
	doc, err := p.set(ctx, m)
	if err != nil {
		return err
	}
	defer p.observe("draw", time.Now())
	if kept.Source != "" {
		if err := p.config.Cache.Attach(ctx, kept.Source, part); err != nil {
			return err
		}
	}
	return doc.PNG(ctx, w, n-1, pageDPI)
}

// readKept reads the line before the material, and not a byte more.
func readKept(r io.Reader) (*keptForm, error) {
	const longest = 64 << 10
	var line []byte
	for one := make([]byte, 1); len(line) < longest; line = append(line, one[0]) {
		if _, err := io.ReadFull(r, one); err != nil {
			return nil, fmt.Errorf("read kept material: %w", err)
		}
		if one[0] == '\n' {
			break
		}
	}
	kept := &keptForm{}
	if err := json.Unmarshal(line, kept); err != nil {
		return nil, fmt.Errorf("read kept material: %w", err)
	}
	return kept, nil
}
