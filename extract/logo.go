package extract

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// logoWords are in alternative texts that only say what the picture is.
var logoWords = regexp.MustCompile(`(?i)\blogo\b|標誌|标志|標識|标识|ロゴ|로고|\bhome\b`)

// findLogo is the first picture that its class, its file or the element round
// it calls a logo. It runs before prune.
func findLogo(d *document) string {
	logo := ""
	each(d.body, func(n *html.Node) bool {
		if logo != "" || isElement(n, "article", "main", "footer") {
			return false
		}
		if n.Data == "img" {
			src := d.at.picture(attr(n, "src"))
			u, err := url.Parse(src)
			if src == "" || err != nil || strings.HasSuffix(strings.ToLower(u.Path), ".svg") {
				return true
			}
			named := hinted(n, "logo") || hinted(n.Parent, "logo") || n.Parent != nil && hinted(n.Parent.Parent, "logo")
			file := strings.ToLower(u.Path[strings.LastIndexByte(u.Path, '/')+1:])
			if named || strings.Contains(file, "logo") {
				logo = src
				d.logoAlt = squeeze(attr(n, "alt"))
			}
		}
		return true
	})
	return logo
}
