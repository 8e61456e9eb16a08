package dom

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Address is where a page stands: what its relative links mean.
type Address struct {
	URL  *url.URL // of the page; nil when unknown
	Base *url.URL // what links are resolved against; nil when unknown
}

var baseElement = MustCompile("head base")

// longestAddress is the longest address, in bytes, that is taken for one: it stands in
// print, and once more in the file for each line of a link's text.
const longestAddress = 4096

// NewAddress reads where a page was read from and what its links are resolved
// against; a <base> in the page changes the latter.
func NewAddress(pageURL, baseURL string, root *html.Node) Address {
	var a Address
	a.URL = AbsoluteURL(pageURL)
	a.Base = AbsoluteURL(baseURL)
	if a.Base == nil {
		a.Base = a.URL
	}
	if a.URL == nil {
		a.URL = a.Base
	}
	if b := FindFirst(root, baseElement); b != nil {
		ref := strings.TrimSpace(Attr(b, "href"))
		if href, err := url.Parse(ref); err == nil && href.String() != "" && len(ref) <= longestAddress {
			switch {
			case a.Base != nil:
				href = a.Base.ResolveReference(href)
				// A page from the network must not send links to local files.
				if isWeb(href) || href.Scheme == a.Base.Scheme {
					a.Base = href
				}
			case isWeb(href):
				a.Base = href
			}
		}
	}
	return a
}

// AbsoluteURL reads an absolute address of the web or of a file; nil is none.
func AbsoluteURL(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || len(s) > longestAddress || !u.IsAbs() || (!isWeb(u) && u.Scheme != "file") {
		return nil
	}
	return u
}

// isWeb reports whether an address is one of the web.
func isWeb(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// Host is the page's host in lower case without "www.", or "".
func (a Address) Host() string {
	for _, u := range []*url.URL{a.URL, a.Base} {
		if u != nil && u.Host != "" {
			return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		}
	}
	return ""
}

// Path is the page's path, or "".
func (a Address) Path() string {
	if a.URL == nil || !isWeb(a.URL) {
		return ""
	}
	return a.URL.Path
}

// Link resolves the target of a text link. Only http, https and mailto are
// links in print; anything else (javascript:, data:, #here) gives "".
func (a Address) Link(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	u := a.resolve(ref)
	if u == nil || !isWeb(u) && u.Scheme != "mailto" {
		return ""
	}
	return notTooLong(u.String())
}

func notTooLong(address string) string {
	if len(address) > longestAddress {
		return ""
	}
	return address
}

// resolve gives what a reference means on the page. It is nil for none, for one that is
// too long, and for an address of the web without a host.
func (a Address) resolve(ref string) *url.URL {
	if len(ref) > longestAddress {
		return nil
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	if a.Base != nil {
		u = a.Base.ResolveReference(u)
	}
	if isWeb(u) && u.Host == "" {
		return nil
	}
	return u
}

// LocalLink stands in Inline.Href, while a page is read, for a link whose target
// is on the page's own site and cannot be printed, since the page came from a
// file or from standard input. A list of such links is a list of links all the
// same; block.SettleLinks takes them out at the end.
const LocalLink = "local:"

// Target is what Inline.Href gets while a page is read.
func (a Address) Target(ref string) string {
	if u := a.Link(ref); u != "" {
		return u
	}
	if a.Base != nil && isWeb(a.Base) {
		return ""
	}
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || u.Path == "" && u.RawQuery == "" || u.Scheme != "" && u.Scheme != "file" {
		return ""
	}
	return LocalLink
}

// maxInlinePicture bounds a data: URL; below minInlinePicture it is a
// placeholder for a picture that a script would load.
const (
	minInlinePicture = 1 << 10
	maxInlinePicture = 4 << 20
)

// Picture resolves the address of a picture. Without a base a relative address
// stays relative, for a file beside the page.
func (a Address) Picture(ref string) string {
	ref = strings.TrimSpace(ref)
	if strings.HasPrefix(strings.ToLower(ref), "data:") {
		isPicture := strings.HasPrefix(strings.ToLower(ref), "data:image/")
		if !isPicture || len(ref) < minInlinePicture || len(ref) > maxInlinePicture {
			return ""
		}
		return ref
	}
	u := a.resolve(strings.ReplaceAll(ref, " ", "%20"))
	if u == nil || ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	switch u.Scheme {
	case "http", "https":
		return notTooLong(u.String())
	case "file":
		if a.Base != nil && a.Base.Scheme != "file" {
			return ""
		}
		return notTooLong(u.String())
	case "":
		if u.Host != "" { // //host/picture.jpg in a page whose own address is unknown
			u.Scheme = "https"
		}
		return notTooLong(u.String())
	}
	return ""
}
