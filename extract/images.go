package extract

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"offprint/article"
)

// lazyAttrs are where pages keep the real address of a picture that a script
// loads late, in the order in which they are believed.
var lazyAttrs = []string{
	"data-original", "data-src", "data-lazy-src", "data-original-src", "data-lazyload", "data-lazy", "data-actualsrc",
	"data-echo", "data-img", "data-url", "data-image", "data-hi-res-src", "data-large-file", "data-full-src",
	"data-real-src", "data-ks-lazyload", "data-defer-src", "data-orig-file", "zoomfile", "real_src", "file", "_src", "data-srcs",
}

var lazySets = []string{"data-srcset", "data-lazy-srcset", "data-original-set"}

// readImage reads <img> or <picture>; nil when it is a placeholder, a counting
// pixel or an icon.
func (r *reader) readImage(n *html.Node) *article.Image {
	img := n
	if n.Data == "picture" {
		if img = first(n, "img"); img == nil {
			img = n
		}
	}
	w, h := pixels(img, "width"), pixels(img, "height")
	if w > 0 && h > 0 && w <= maxIcon && h <= maxIcon || w == 1 || h == 1 {
		return nil
	}
	if n.Data == "img" && hinted(n, "icon", "emoji", "avatar", "logo", "spacer", "tracking") {
		return nil
	}
	src := r.source(n, img)
	if src == "" {
		return nil
	}
	return &article.Image{URL: src, Alt: squeeze(attr(img, "alt")), Width: w, Height: h}
}

// maxIcon is the largest side, in pixels, of a picture that is furniture.
const maxIcon = 40

// source is the best address: the widest of a srcset, then the lazy
// attributes, then src.
func (r *reader) source(n, img *html.Node) string {
	var sets []string
	if n.Data == "picture" {
		for _, s := range all(n, "source") {
			if t := attr(s, "type"); t == "" || drawable(t) {
				for _, name := range append([]string{"srcset"}, lazySets...) {
					sets = append(sets, attr(s, name))
				}
			}
		}
	}
	for _, name := range append([]string{"srcset"}, lazySets...) {
		sets = append(sets, attr(img, name))
	}
	best, width := "", 0.0
	for _, set := range sets {
		if u, w := widest(set); u != "" && w > width && r.usable(u) != "" {
			best, width = u, w
		}
	}
	if best != "" {
		return r.usable(best)
	}
	for _, name := range lazyAttrs {
		if u := r.usable(attr(img, name)); u != "" && looksLikeFile(attr(img, name)) {
			return u
		}
	}
	return r.usable(attr(img, "src"))
}

func drawable(mime string) bool {
	switch strings.TrimSpace(mime) {
	case "image/jpeg", "image/png", "image/webp", "image/gif":
		return true
	}
	return false // AVIF, JPEG XL, SVG: not drawn in print
}

// usable resolves an address and refuses placeholders.
func (r *reader) usable(ref string) string {
	u := r.d.at.picture(ref)
	if u == "" || placeholder(u) {
		return ""
	}
	return u
}

var placeholderNames = []string{
	"blank", "spacer", "placeholder", "pixel", "1x1", "transparent", "loading", "lazyload", "lazy", "grey", "gray", "space",
	"clear", "dot", "empty", "default_image", "nopic", "noimage", "no_image", "shim", "trans", "loader",
}

func placeholder(u string) bool {
	if strings.HasPrefix(u, "data:") {
		return false
	}
	parsed, err := url.Parse(u)
	if err != nil {
		return true
	}
	name := strings.ToLower(path.Base(parsed.Path))
	ext := path.Ext(name)
	name = strings.TrimSuffix(name, ext)
	if ext == ".svg" {
		return true // not drawn in print
	}
	for _, p := range placeholderNames {
		if name == p || strings.HasPrefix(name, p+"_") || strings.HasPrefix(name, p+"-") || strings.HasSuffix(name, "_"+p) || strings.HasSuffix(name, "-"+p) {
			return true
		}
	}
	return false
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
