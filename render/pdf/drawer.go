package pdf

import (
	"context"
	"fmt"
	"slices"

	"offprint/typeset"
)

// drawer draws the pages and notes what the file needs besides: fonts, the
// structure tree, links.
type drawer struct {
	doc   *typeset.Document
	shell *shell
	tree  *tree
	fonts []*font
	faces map[typeset.Face]*font
	links []link

	content []byte // of the page, as far as it has not been given to the shell
	height  typeset.Length
	state   state

	pieces  []piece         // of the run that is drawn
	ahead   []piece         // of the run that goes on in its line
	aheadOf *typeset.Placed // that run
}

// state is what the content stream has set so far. A page begins with none of
// it: black, no font.
type state struct {
	font   int // number of the font + 1; 0 for none
	size   typeset.Length
	colour typeset.Colour
	path   bool // rectangles stand in the path and are still to be filled
}

// link is a live area of a page.
type link struct {
	page       int
	line       lineName
	x, y, w, h typeset.Length // lower left corner in PDF co-ordinates, and size
	element    int            // of the structure tree
}

// lineName names a line by its block.
type lineName struct{ block, line int }

// grow makes l the live area of both, and reports whether it did: a link's areas in
// one line are one.
func (l *link) grow(more *link) bool {
	same := l.page == more.page && l.element == more.element && l.line == more.line
	if !same || more.y >= l.y+l.h || l.y >= more.y+more.h {
		return false
	}
	right, top := max(l.x+l.w, more.x+more.w), max(l.y+l.h, more.y+more.h)
	l.x, l.y = min(l.x, more.x), min(l.y, more.y)
	l.w, l.h = right-l.x, top-l.y
	return true
}

func newDrawer(doc *typeset.Document) *drawer {
	return &drawer{
		doc: doc, shell: newShell(doc.Pages[0].Size), tree: newTree(doc),
		faces: map[typeset.Face]*font{}, content: make([]byte, 0, 32<<10),
	}
}

// page draws one page. Its items are drawn in their order.
func (d *drawer) page(ctx context.Context, n int) error {
	page := &d.doc.Pages[n]
	d.shell.page(page.Size)
	d.tree.page()
	d.height, d.state = page.Size.H, state{}
	for i := range page.Items {
		if i%lookEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := d.item(n, page.Items, i); err != nil {
			return err
		}
	}
	d.endPath()
	d.content = d.tree.close(d.content)
	d.flush()
	return nil
}

// item draws item n of a page.
func (d *drawer) item(page int, items []typeset.Placed, n int) error {
	item := &items[n]
	if item.Kind == typeset.PlacedLink {
		d.link(page, item)
		return nil
	}
	if d.state.path && (item.Kind != typeset.PlacedRule || item.Colour != d.state.colour) {
		d.endPath()
	}
	x, y := item.At.X, d.height-item.At.Y
	if item.Kind == typeset.PlacedRun {
		if err := d.text(items, n, x, y); err != nil {
			return fmt.Errorf("text %.40q: %w", textOf(item.Run), err)
		}
		return nil
	}
	d.content = d.tree.open(d.content, item, "")
	switch item.Kind {
	case typeset.PlacedRule:
		d.rectangle(item, x, y-item.H)
	case typeset.PlacedImage:
		d.flush()
		if err := d.shell.picture(item.Image, x, y-item.H, item.W, item.H); err != nil {
			return fmt.Errorf("picture %q (%s of %d bytes, %d × %d pixels, block %d): %w", item.Alt, item.Image.Encoding,
				len(item.Image.Bytes), item.Image.W, item.Image.H, item.Block, err)
		}
	}
	return nil
}

// text draws a run. Its private-use characters stand in marked content of their own,
// which says what they are (ISO 19005-2 §6.2.11.7.3).
func (d *drawer) text(items []typeset.Placed, n int, x, y typeset.Length) error {
	item := &items[n]
	if !slices.ContainsFunc(item.Run.Glyphs, unreadable) {
		d.content = d.tree.open(d.content, item, "")
		return d.run(items, n, x, y)
	}
	for _, p := range parted(item.Run) {
		d.content = d.tree.open(d.content, item, p.actual)
		part := *item
		part.Run, part.At.X = &p.run, item.At.X+p.x
		if err := d.run([]typeset.Placed{part}, 0, x+p.x, y); err != nil {
			return err
		}
	}
	return nil
}

// rectangle adds a filled box. Boxes of one colour that follow each other are
// filled together: no seam shows between the modules of a QR code.
func (d *drawer) rectangle(item *typeset.Placed, x, y typeset.Length) {
	d.fill(item.Colour)
	d.state.path = true
	for _, v := range [...]typeset.Length{x, y, item.W, item.H} {
		d.content = append(appendLength(d.content, v), ' ')
	}
	d.content = append(d.content, "re\n"...)
}

func (d *drawer) endPath() {
	if d.state.path {
		d.content = append(d.content, "f\n"...)
		d.state.path = false
	}
}

// link notes a live area. An address that should not be opened is left to be
// text.
func (d *drawer) link(page int, item *typeset.Placed) {
	address, ok := liveAddress(item.Href)
	if !ok || item.W <= 0 || item.H <= 0 {
		return
	}
	l := link{
		page: page, line: lineName{item.Block, item.Line},
		x: item.At.X, y: d.height - item.At.Y - item.H, w: item.W, h: item.H,
	}
	l.element = d.tree.linkOf(item, address)
	if n := len(d.links); n > 0 && d.links[n-1].grow(&l) {
		return
	}
	d.tree.hold(l.element, len(d.links))
	d.links = append(d.links, l)
}

// flush gives the content so far to the shell.
func (d *drawer) flush() {
	if len(d.content) > 0 {
		d.shell.raw(d.content)
		d.content = d.content[:0]
	}
}

// font gives the font that draws a face: a further one where the one before is full.
func (d *drawer) font(face typeset.Face) (*font, error) {
	if f, ok := d.faces[face]; ok && len(f.glyphs) < fullAt {
		return f, nil
	}
	f, err := newFont(len(d.fonts), face)
	if err != nil {
		return nil, err
	}
	d.fonts = append(d.fonts, f)
	d.faces[face] = f
	return f, nil
}

func textOf(run *typeset.Run) string {
	var text []byte
	for i := range run.Glyphs {
		text = append(text, run.Glyphs[i].Text...)
	}
	return string(text)
}
