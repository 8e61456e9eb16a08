package extract

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// pageAddress is where a page stands: what its relative links mean.
type pageAddress struct {
	url  *url.URL // of the page; nil when unknown
	base *url.URL // what links are resolved against; nil when unknown
}

var baseElement = mustMatcher("head base")

// newPageAddress reads where a page was read from and what its links are resolved
// against; a <base> in the page changes the latter.
func newPageAddress(pageURL, baseURL string, root *html.Node) pageAddress {
	var p pageAddress
	p.url = absoluteURL(pageURL)
	p.base = absoluteURL(baseURL)
	if p.base == nil {
		p.base = p.url
	}
	if p.url == nil {
		p.url = p.base
	}
	if b := findFirst(root, baseElement); b != nil {
		if href, err := url.Parse(strings.TrimSpace(attr(b, "href"))); err == nil && href.String() != "" {
			switch {
			case p.base != nil:
				href = p.base.ResolveReference(href)
				// A page from the network must not send links to local files.
				if isWeb(href) || href.Scheme == p.base.Scheme {
					p.base = href
				}
			case isWeb(href):
				p.base = href
			}
		}
	}
	return p
}

func absoluteURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || !u.IsAbs() || (!isWeb(u) && u.Scheme != "file") {
		return nil
	}
	return u
}

func isWeb(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// host is the page's host in lower case without "www.", or "".
func (p pageAddress) host() string {
	for _, u := range []*url.URL{p.url, p.base} {
		if u != nil && u.Host != "" {
			return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		}
	}
	return ""
}

// path is the page's path, or "".
func (p pageAddress) path() string {
	if p.url == nil || !isWeb(p.url) {
		return ""
	}
	return p.url.Path
}

// link resolves the target of a text link. Only http, https and mailto are
// links in print; anything else (javascript:, data:, #here) gives "".
func (p pageAddress) link(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if p.base != nil {
		u = p.base.ResolveReference(u)
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return u.String()
	case "mailto":
		return u.String()
	}
	return ""
}

// localLink stands in Inline.Href, while a page is read, for a link whose target
// is on the page's own site and cannot be printed, since the page came from a
// file or from standard input. A list of such links is a list of links all the
// same; settleLinks takes them out at the end.
const localLink = "local:"

// target is what Inline.Href gets while a page is read.
func (p pageAddress) target(ref string) string {
	if u := p.link(ref); u != "" {
		return u
	}
	if p.base != nil && isWeb(p.base) {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || u.Path == "" && u.RawQuery == "" || u.Scheme != "" && u.Scheme != "file" {
		return ""
	}
	return localLink
}

// maxInlinePicture bounds a data: URL; below minInlinePicture it is a
// placeholder for a picture that a script would load.
const (
	minInlinePicture = 1 << 10
	maxInlinePicture = 4 << 20
)

// picture resolves the address of a picture. Without a base a relative address
// stays relative, for a file beside the page.
func (p pageAddress) picture(ref string) string {
	ref = strings.TrimSpace(ref)
	if strings.HasPrefix(strings.ToLower(ref), "data:") {
		isPicture := strings.HasPrefix(strings.ToLower(ref), "data:image/")
		if !isPicture || len(ref) < minInlinePicture || len(ref) > maxInlinePicture {
			return ""
		}
		return ref
	}
	u, err := url.Parse(strings.ReplaceAll(ref, " ", "%20"))
	if err != nil || ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	if p.base != nil {
		u = p.base.ResolveReference(u)
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
		return u.String()
	case "file":
		if p.base != nil && p.base.Scheme != "file" {
			return ""
		}
		return u.String()
	case "":
		if u.Host != "" { // //host/picture.jpg in a page whose own address is unknown
			u.Scheme = "https"
		}
		return u.String()
	}
	return ""
}
