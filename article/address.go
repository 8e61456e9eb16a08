package article

import "net/url"

// longestAddress is the longest address, in bytes, that is taken for one.
const longestAddress = 4096

// Address gives the article's address on the web: the publisher's own, else the
// one that the page was read from. It is a whole http or https address, or "". One of
// more than 4,096 bytes is none.
func (a *Article) Address() string {
	for _, address := range []string{a.Canonical, a.URL} {
		u, err := url.Parse(address)
		if err == nil && len(address) <= longestAddress && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			return address
		}
	}
	return ""
}

// Host gives the host at which the article stands: the site's, else that of its
// address; "" when neither is known.
func (a *Article) Host() string {
	if a.Site.Host != "" {
		return a.Site.Host
	}
	u, err := url.Parse(a.Address())
	if err != nil {
		return ""
	}
	return u.Host
}
