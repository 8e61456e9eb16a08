package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// parts is fpdf's file taken apart, with everything checked that the finisher
// relies on.
type parts struct {
	objects  [][]byte // by number, between "n 0 obj" and "endobj"; 0 is empty
	pictures []picture
	last     int // number of the last object to be kept; Info and catalogue follow it
}

// picture is an image object with its resource name.
type picture struct {
	name   string
	number int
	cmyk   bool // in the colours of no profile
}

// The objects of fpdf v0.12.0: the page tree is 1, the resources are 2, page i
// (from 0) is 3+2i and its content 4+2i; pictures follow, then Info and the
// catalogue.
const (
	pageTree      = 1
	resources     = 2
	firstPage     = 3
	pagePrefix    = "<</Type /Page\n/Parent 1 0 R\n"
	dictPrefix    = "<<\n/ProcSet [/PDF /Text /ImageB /ImageC /ImageI]\n/Font <<\n>>\n/XObject <<\n"
	dictSuffix    = ">>\n/ColorSpace <<\n>>\n>>\n"
	picturePrefix = "<</Type /XObject\n/Subtype /Image\n"
)

func pageObject(page int) int    { return firstPage + 2*page }
func contentObject(page int) int { return firstPage + 2*page + 1 }

// split takes fpdf's file apart by its cross-reference table.
func split(file []byte, pages int) (*parts, error) {
	objects, err := objectsOf(file)
	if err != nil {
		return nil, unexpected(err)
	}
	p := &parts{objects: objects, last: len(objects) - 3}
	if err := p.check(pages); err != nil {
		return nil, unexpected(err)
	}
	return p, nil
}

func unexpected(err error) error {
	return fmt.Errorf("fpdf's file is not laid out as v0.12.0 does it: %w", err)
}

// objectsOf finds the objects. They stand one after another, so that each ends
// where the next begins.
func objectsOf(file []byte) ([][]byte, error) {
	offsets, table, err := crossReference(file)
	if err != nil {
		return nil, err
	}
	order := make([]int, len(offsets)-1)
	for i := range order {
		order[i] = i + 1
	}
	slices.SortFunc(order, func(a, b int) int { return offsets[a] - offsets[b] })
	objects := make([][]byte, len(offsets))
	for i, n := range order {
		end := table
		if i+1 < len(order) {
			end = offsets[order[i+1]]
		}
		if offsets[n] < 0 || offsets[n] > end || end > len(file) {
			return nil, fmt.Errorf("object %d is at %d of %d bytes", n, offsets[n], len(file))
		}
		body, begun := bytes.CutPrefix(file[offsets[n]:end], []byte(strconv.Itoa(n)+" 0 obj\n"))
		body, ended := bytes.CutSuffix(body, []byte("endobj\n"))
		if !begun || !ended {
			return nil, fmt.Errorf("object %d does not begin or end where it should", n)
		}
		objects[n] = body
	}
	return objects, nil
}

// crossReference reads the offsets of the objects by number, and of the table.
func crossReference(file []byte) (offsets []int, table int, err error) {
	tail := file[max(0, len(file)-64):]
	i := bytes.LastIndex(tail, []byte("startxref\n"))
	if i < 0 {
		return nil, 0, errors.New("no startxref")
	}
	place, _, _ := bytes.Cut(tail[i+len("startxref\n"):], []byte("\n"))
	if table, err = strconv.Atoi(string(place)); err != nil || table < 0 || table > len(file) {
		return nil, 0, fmt.Errorf("startxref leads to %q of %d bytes", place, len(file))
	}
	rest, found := bytes.CutPrefix(file[table:], []byte("xref\n0 "))
	head, rest, cut := bytes.Cut(rest, []byte("\n"))
	count, err := strconv.Atoi(string(head))
	const entry = 20
	if !found || !cut || err != nil || count < 5 || count > len(rest)/entry {
		return nil, 0, errors.New("no cross-reference table")
	}
	offsets = make([]int, count)
	for n := range offsets {
		if offsets[n], err = strconv.Atoi(string(rest[n*entry : n*entry+10])); err != nil {
			return nil, 0, fmt.Errorf("cross-reference entry %d: %w", n, err)
		}
	}
	return offsets, table, nil
}

// check wants every object to be what its number says.
func (p *parts) check(pages int) error {
	if p.last < contentObject(pages-1) {
		return fmt.Errorf("%d objects for %d pages", len(p.objects)-1, pages)
	}
	for i := range pages {
		page, content := p.objects[pageObject(i)], strconv.Itoa(contentObject(i))
		if !bytes.HasPrefix(page, []byte(pagePrefix)) || !bytes.HasSuffix(page, []byte("/Contents "+content+" 0 R>>\n")) {
			return fmt.Errorf("object %d is not page %d", pageObject(i), i+1)
		}
		if _, err := p.content(i); err != nil {
			return err
		}
	}
	info, catalogue := p.objects[p.last+1], p.objects[p.last+2]
	switch {
	case !bytes.HasPrefix(p.objects[pageTree], []byte("<</Type /Pages\n")):
		return errors.New("object 1 is not the page tree")
	case !bytes.HasPrefix(info, []byte("<<\n/Producer ")):
		return errors.New("the last object but one is not Info")
	case !bytes.HasPrefix(catalogue, []byte("<<\n/Type /Catalog\n/Pages 1 0 R\n")):
		return errors.New("the last object is not the catalogue")
	}
	return p.findPictures(contentObject(pages - 1))
}

// content gives a page's content stream.
func (p *parts) content(page int) ([]byte, error) {
	n := contentObject(page)
	head, data, ok := bytes.Cut(p.objects[n], []byte(">>\nstream\n"))
	data, ended := bytes.CutSuffix(data, []byte("\nendstream\n"))
	if !ok || !ended || string(head) != "<</Length "+strconv.Itoa(len(data)) {
		return nil, fmt.Errorf("object %d is not the content of page %d", n, page+1)
	}
	return data, nil
}

// findPictures reads the resource dictionary: it must name every object after
// those of the pages, in the order of the names, and have no fonts.
func (p *parts) findPictures(before int) error {
	list, begun := bytes.CutPrefix(p.objects[resources], []byte(dictPrefix))
	list, ended := bytes.CutSuffix(list, []byte(dictSuffix))
	if !begun || !ended {
		return errors.New("object 2 is not the resource dictionary")
	}
	named := map[int]bool{}
	for line := range bytes.Lines(list) {
		entry, ok := bytes.CutSuffix(line, []byte(" 0 R\n"))
		key, number, _ := bytes.Cut(entry, []byte(" "))
		n, err := strconv.Atoi(string(number))
		if !ok || err != nil || !bytes.HasPrefix(key, []byte("/I")) {
			return fmt.Errorf("resource %q is not a picture", line)
		}
		if n <= before || n > p.last || named[n] || !bytes.HasPrefix(p.objects[n], []byte(picturePrefix)) {
			return fmt.Errorf("object %d is not picture %s", n, key)
		}
		named[n] = true
		_, space, found := bytes.Cut(p.objects[n], []byte("\n/ColorSpace "))
		if !found {
			return fmt.Errorf("picture %s has no colour space", key)
		}
		p.pictures = append(p.pictures, picture{string(key[1:]), n, bytes.HasPrefix(space, []byte("/DeviceCMYK"))})
	}
	if len(p.pictures) != p.last-before {
		return fmt.Errorf("%d pictures in %d objects", len(p.pictures), p.last-before)
	}
	return nil
}
