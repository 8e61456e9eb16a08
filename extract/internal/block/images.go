package block

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
	"offprint/extract/internal/dom"
	"offprint/internal/imageformat"
)

// lazyAttrs are where pages keep the real address of a picture that a script
// loads late, in the order in which they are believed.
var lazyAttrs = []string{
	"data-original", "data-src", "data-lazy-src", "data-original-src", "data-lazyload", "data-lazy", "data-actualsrc",
	"data-echo", "data-img", "data-url", "data-image", "data-hi-res-src", "data-large-file", "data-full-src",
	"data-real-src", "data-ks-lazyload", "data-defer-src", "data-orig-file", "zoomfile", "real_src", "file", "_src",
	"data-srcs",
}

var setAttrs = []string{"srcset", "data-srcset", "data-lazy-srcset", "data-original-set"}

var (
	imgElement    = dom.MustCompile("img")
	sourceElement = dom.MustCompile("source")
)

// readImage reads <img> or <picture>, and reports whether it is sure to be a
// picture of the article: one that is not counts where a figure or a caption
// says so. nil is a placeholder, a counting pixel or a button.
func (r *reader) readImage(n *html.Node) (im *article.Image, sure bool) {
	img := n
	if n.Data == "picture" {
		if img = dom.FindFirst(n, imgElement); img == nil {
			img = n
		}
	}
	size := measured(img)
	src := r.source(n, img)
	if src == "" || size == looksEmpty || shares(n) {
		return nil, false
	}
	sure = size == looksReal && !calledIcon(img)
	if appearance(src) == looksDoubtful {
		w, h := shownSize(img)
		sure = sure && strings.HasSuffix(strings.ToLower(filePath(src)), ".svg") && w >= minDrawing && h >= minDrawing
	}
	return &article.Image{
		URL:    src,
		Alt:    dom.Squeeze(dom.Attr(img, "alt")),
		Width:  pixels(dom.Attr(img, "width")),
		Height: pixels(dom.Attr(img, "height")),
	}, sure
}

// source is the best address: the widest of a srcset, then the lazy
// attributes, then src. Only where none of these can be printed, it is that of a
// source of another format: the document then tells what is missing.
func (r *reader) source(n, img *html.Node) string {
	printed, other := sourceSets(n)
	for _, name := range setAttrs {
		printed = append(printed, dom.Attr(img, name))
	}
	if best := r.widestOf(printed); best != "" {
		return best
	}
	for _, name := range lazyAttrs {
		if u := r.usable(dom.Attr(img, name)); u != "" && looksLikeFile(dom.Attr(img, name)) {
			return u
		}
	}
	if u := r.usable(dom.Attr(img, "src")); u != "" {
		return u
	}
	return r.widestOf(other)
}

// sourceSets gives the srcsets of a <picture>: those of formats that are printed, or
// that name none, and all others.
func sourceSets(n *html.Node) (printed, other []string) {
	if n.Data != "picture" {
		return nil, nil
	}
	for _, s := range dom.Find(n, sourceElement) {
		t := strings.TrimSpace(dom.Attr(s, "type"))
		for _, name := range setAttrs {
			if t == "" || imageformat.Printed(t) {
				printed = append(printed, dom.Attr(s, name))
			} else {
				other = append(other, dom.Attr(s, name))
			}
		}
	}
	return printed, other
}

// widestOf gives the address of the widest usable candidate of all srcsets.
func (r *reader) widestOf(sets []string) string {
	best, width := "", 0.0
	for _, set := range sets {
		if u, w := widest(set); u != "" && w > width && r.usable(u) != "" {
			best, width = u, w
		}
	}
	return r.usable(best)
}

// usable resolves an address and refuses placeholders.
func (r *reader) usable(ref string) string {
	u := r.d.Address.Picture(ref)
	if u == "" || appearance(u) == looksEmpty {
		return ""
	}
	return u
}

func filePath(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Path
	}
	return ""
}

// looksLikeFile keeps values such as "true" or a JSON object out.
func looksLikeFile(ref string) bool {
	return !strings.ContainsAny(ref, "{}<>\"") && strings.ContainsAny(ref, "./") || strings.HasPrefix(ref, "data:image/")
}

// widest gives the largest candidate of a srcset, with its width in pixels or
// its density in thousands. Candidates are parted by a comma and a space, since
// addresses hold commas too.
func widest(set string) (string, float64) {
	best, size := "", 0.0
	for rest := strings.TrimSpace(set); rest != ""; {
		rest = strings.TrimLeft(rest, " \t\r\n,")
		end := strings.IndexAny(rest, " \t\r\n")
		ref, descriptor := rest, ""
		if end >= 0 {
			ref, rest = rest[:end], strings.TrimLeft(rest[end:], " \t\r\n")
			if !strings.HasSuffix(ref, ",") {
				descriptor, rest, _ = strings.Cut(rest, ",")
			}
		} else {
			rest = ""
		}
		ref = strings.TrimRight(ref, ",")
		w := 1.0
		descriptor = strings.TrimSpace(descriptor)
		if v, err := strconv.ParseFloat(strings.TrimRight(descriptor, "wx"), 64); err == nil {
			w = v
			if strings.HasSuffix(descriptor, "x") {
				w *= 1000
			}
		}
		if ref != "" && w > size {
			best, size = ref, w
		}
	}
	return best, size
}

func isPicture(n *html.Node) bool { return dom.Is(n, "picture", "img", "amp-img") }
