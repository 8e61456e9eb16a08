package extract

import (
	"net/url"
	"regexp"
	"strings"

	"offprint/extract/internal/block"
	"offprint/extract/internal/dom"

	"golang.org/x/net/html"
)

// logoWords are in alternative texts that only say what the picture is.
var logoWords = regexp.MustCompile(`(?i)\blogo\b|標誌|标志|標識|标识|ロゴ|로고|\bhome\b`)

var headPicture = dom.MustCompile("img:not(article img, main img, footer img)")

// findLogo is the first picture that its class, its file or the element round
// it calls a logo. It runs before prune.
func findLogo(d *block.Document) string {
	for _, n := range dom.Find(d.Body, headPicture) {
		src := d.Address.Picture(dom.Attr(n, "src"))
		u, err := url.Parse(src)
		if src == "" || err != nil || strings.HasSuffix(strings.ToLower(u.Path), ".svg") {
			continue
		}
		file := strings.ToLower(u.Path[strings.LastIndexByte(u.Path, '/')+1:])
		if calledLogo(n) || strings.Contains(file, "logo") {
			d.LogoAlt = dom.Squeeze(dom.Attr(n, "alt"))
			return src
		}
	}
	return ""
}

// calledLogo reports whether the class of a picture, or of the two elements round
// it, calls it a logo.
func calledLogo(img *html.Node) bool {
	around := img.Parent
	return dom.Hinted(img, "logo") || dom.Hinted(around, "logo") || around != nil && dom.Hinted(around.Parent, "logo")
}
