package pdf

import (
	"context"
	"errors"
	"time"

	"offprint/typeset"
)

// finish writes the file: fpdf's objects under their own numbers, changed where
// they have to be, then what fpdf cannot make.
func (d *drawer) finish(ctx context.Context, p *parts) ([]byte, error) {
	size := 64 << 10 // a guess at the file's, lest it be moved while it grows
	for _, object := range p.objects {
		size += len(object)
	}
	for _, font := range d.fonts {
		size += 256 * len(font.glyphs)
	}
	f := &finisher{
		objects: newObjects(p.last, size),
		doc:     d.doc, fonts: d.fonts, links: d.links, tree: d.tree, shell: p,
	}
	f.number()

	f.begin(pageTree)
	f.buf = append(f.buf, p.objects[pageTree]...)
	f.end()
	if err := f.pictures(); err != nil {
		return nil, err
	}
	if err := f.writeFonts(ctx); err != nil {
		return nil, err
	}
	if err := f.pages(ctx); err != nil {
		return nil, err
	}
	f.resources()
	f.annotations()
	if err := f.structure(ctx); err != nil {
		return nil, err
	}
	f.outline()
	if err := f.metadata(); err != nil {
		return nil, err
	}
	f.colours()
	f.attachments()
	f.catalogue()
	return f.close(f.at.catalogue, f.at.info)
}

// finisher holds the file in the making and the numbers of its objects.
type finisher struct {
	*objects
	doc   *typeset.Document
	fonts []*font
	links []link
	tree  *tree
	shell *parts
	at    struct {
		info, xmp, catalogue    int
		fonts                   int // Type0 fonts: five objects each
		links                   int // one object each
		root, parents, elements int // structure: one object an element
		outline                 int // its root; the entries follow
		colours                 int // the profile of the colours, where PDF/A is claimed
		attached                int // two objects each
	}
	modified time.Time
}

// number gives every object that is to be added its number, so that each can
// refer to all others.
func (f *finisher) number() {
	f.at.info, f.at.xmp, f.at.catalogue = f.reserve(1), f.reserve(1), f.reserve(1)
	f.at.fonts = f.reserve(fontObjects * len(f.fonts))
	f.at.links = f.reserve(len(f.links))
	if f.doc.Profile.Tagged() {
		f.at.root, f.at.parents, f.at.elements = f.reserve(1), f.reserve(1), f.reserve(len(f.tree.elements))
	}
	if n := len(f.doc.Outline); n > 0 {
		f.at.outline = f.reserve(n + 1)
	}
	if part, _ := f.doc.Profile.Archive(); part != 0 {
		f.at.colours = f.reserve(1)
	}
	f.at.attached = f.reserve(attachmentObjects * len(f.doc.Attached))
}

// pictures copies the image objects. fpdf numbers pictures of one width in the
// order of a map; here they are numbered in the order of their names. PDF/A knows
// what the numbers of RGB and grey mean, by the output intent, but not those of CMYK
// (ISO 19005-2 §6.2.4.3).
func (f *finisher) pictures() error {
	part, _ := f.doc.Profile.Archive()
	for i, pic := range f.shell.pictures {
		if part != 0 && pic.cmyk {
			return errors.New("a picture in CMYK, of which PDF/A must know what its colours mean: make it RGB")
		}
		f.begin(f.pictureNumber(i))
		f.buf = append(f.buf, f.shell.objects[pic.number]...)
		f.end()
	}
	return nil
}

func (f *finisher) pictureNumber(i int) int { return f.shell.last - len(f.shell.pictures) + 1 + i }

// pages writes the page objects and their content.
func (f *finisher) pages(ctx context.Context) error {
	links := f.links // of this page and those behind it
	for i := range f.doc.Pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.begin(pageObject(i))
		f.add(pagePrefix)
		if f.doc.Profile.Tagged() {
			f.add("/StructParents")
			f.int(i)
			f.add(" /Tabs /S\n")
		}
		links = f.pageLinks(i, links)
		f.buf = append(f.buf, f.shell.objects[pageObject(i)][len(pagePrefix):]...)
		f.end()

		content, err := f.shell.content(i)
		if err != nil {
			return err
		}
		f.begin(contentObject(i))
		f.buf = appendStream(f.buf, "", content)
		f.end()
	}
	return nil
}

func (f *finisher) resources() {
	f.begin(resources)
	f.add("<</Font <<")
	for i := range f.fonts {
		f.add("/F")
		f.buf = appendDecimal(f.buf, int64(i), 0)
		f.ref(f.fontNumber(i))
	}
	f.add(">>\n/XObject <<")
	for i, pic := range f.shell.pictures {
		f.buf = appendName(f.buf, pic.name)
		f.ref(f.pictureNumber(i))
	}
	f.add(">>>>")
	f.end()
}

func (f *finisher) catalogue() {
	f.begin(f.at.catalogue)
	f.add("<</Type /Catalog")
	f.entry(" /Pages", pageTree)
	if f.doc.Profile.Tagged() {
		f.entry(" /StructTreeRoot", f.at.root)
		f.add(" /MarkInfo <</Marked true>>")
	}
	f.entry(" /Metadata", f.at.xmp)
	f.add(" /ViewerPreferences <</DisplayDocTitle true>>")
	f.outputIntent()
	f.attachedFiles()
	if f.doc.Lang != "" {
		f.add(" /Lang ")
		f.buf = appendText(f.buf, f.doc.Lang)
	}
	if f.at.outline != 0 {
		f.entry(" /Outlines", f.at.outline)
	}
	f.add(">>")
	f.end()
}
