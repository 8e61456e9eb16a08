package offprint

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"offprint/article"
	"offprint/internal/filename"
	"offprint/render/pdf"
	"offprint/render/png"
	"offprint/typeset"
)

// Document is an article that is laid out and ready to be drawn.
type Document struct {
	Article  *article.Article  // as printed: with the reader's title, author and date
	Warnings []article.Warning // of all stages, in their order

	set *typeset.Document
}

func newDocument(art *article.Article, set *typeset.Document, early []article.Warning) *Document {
	d := &Document{Article: art, set: set}
	d.Warnings = append(d.Warnings, art.Warnings...)
	d.Warnings = append(d.Warnings, early...)
	known := make(map[article.Warning]bool, len(d.Warnings))
	for _, w := range d.Warnings {
		known[w] = true
	}
	for _, w := range set.Warnings {
		joined := article.Warning{Code: w.Code, Message: w.Message}
		if w.Where != (typeset.Source{}) {
			joined.Where = w.Where.String()
		}
		if !known[joined] { // furniture is set once a page, but told of once
			known[joined] = true
			d.Warnings = append(d.Warnings, joined)
		}
	}
	return d
}

// profile says what a PDF of the document claims. Under a3a the article goes with it,
// as programs read it.
func (d *Document) profile(p typeset.Profile) error {
	d.set.Profile = p
	if p != typeset.ProfileA3a {
		return nil
	}
	var data bytes.Buffer
	if err := d.DumpJSON(&data, StageArticle); err != nil {
		return err
	}
	d.set.Attached = []typeset.Attachment{{
		Name: "article.json", Type: "application/json",
		Description: "The article as it was read, for programs", Data: data.Bytes(),
	}}
	return nil
}

// Pages is the number of pages.
func (d *Document) Pages() int { return len(d.set.Pages) }

// PDF writes the document as a PDF 1.7 file, in one piece: nothing is written if
// ctx ends before it is whole.
func (d *Document) PDF(ctx context.Context, w io.Writer) error {
	file, err := aside(ctx, func() ([]byte, error) { return pdf.File(ctx, d.set) })
	return writeDrawn(ctx, w, file, err)
}

// PNG writes a page, counted from 0, as a picture with dpi pixels to the inch,
// 18 to 1200, in one piece: nothing is written if ctx ends before it is whole.
func (d *Document) PNG(ctx context.Context, w io.Writer, page int, dpi float64) error {
	file, err := aside(ctx, func() ([]byte, error) {
		var file bytes.Buffer
		err := png.Write(ctx, &file, d.set, page, dpi)
		return file.Bytes(), err
	})
	return writeDrawn(ctx, w, file, err)
}

func writeDrawn(ctx context.Context, w io.Writer, file []byte, err error) error {
	if ended := ctx.Err(); err != nil && ended != nil {
		return ended
	}
	if err == nil {
		_, err = w.Write(file)
	}
	if err != nil {
		return &LayoutError{Err: err}
	}
	return nil
}

// PDFName is the file name under which the article's PDF is given to others: its
// title, in at most 120 bytes.
func PDFName(art *article.Article) string {
	const longest = 120
	return filename.Cut(filename.Safe(art.Title, "article"), longest-len(".pdf")) + ".pdf"
}

// Stage is a step on the way from an article to its pages.
type Stage string

// The stages that can be looked at.
const (
	StageArticle Stage = "article" // fields and typed blocks
	StageBlocks  Stage = "blocks"  // blocks with their style
	StageLines   Stage = "lines"   // lines, each with the rule that ended it
	StagePages   Stage = "pages"   // everything at its place on its page
)

// Stages lists the stages in their order.
var Stages = []Stage{StageArticle, StageBlocks, StageLines, StagePages}

// Dump writes a stage as text, for people and for comparison.
func (d *Document) Dump(w io.Writer, stage Stage) error {
	switch stage {
	case StageArticle:
		return d.Article.Dump(w)
	case StageBlocks:
		return typeset.DumpBlocks(w, d.blocks())
	case StageLines:
		return typeset.DumpLines(w, typeset.Galley{Blocks: d.set.Blocks})
	case StagePages:
		return typeset.DumpPages(w, d.set)
	}
	return unknownStage(stage)
}

// DumpJSON writes a stage as one JSON object on one line, for programs: the
// article's own JSON, or "blocks", "lines" or "pages" as docs/guide/inspect.md
// tells.
func (d *Document) DumpJSON(w io.Writer, stage Stage) error {
	switch stage {
	case StageArticle:
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(d.Article)
	case StageBlocks:
		return typeset.DumpBlocksJSON(w, d.blocks())
	case StageLines:
		return typeset.DumpLinesJSON(w, typeset.Galley{Blocks: d.set.Blocks})
	case StagePages:
		return typeset.DumpPagesJSON(w, d.set)
	}
	return unknownStage(stage)
}

func (d *Document) blocks() []typeset.Block {
	blocks := make([]typeset.Block, len(d.set.Blocks))
	for i := range blocks {
		blocks[i] = d.set.Blocks[i].Block
	}
	return blocks
}

func unknownStage(stage Stage) error {
	return &OptionError{Option: "stage", Value: string(stage), Want: fmt.Sprint(Stages)}
}
