package offprint

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"

	"offprint/article"
	"offprint/internal/fetch"
)

// Site is the publisher that offprint works for: the section [site] of the
// configuration. Its name and logo stand in the place of those that a page of
// its hosts gives.
type Site struct {
	Name      string   `toml:"name"`
	Logo      string   `toml:"logo"`       // file or URL
	Hosts     []string `toml:"hosts"`      // of its pages, with those beneath them; none: every page
	PublicURL string   `toml:"public_url"` // where readers reach the service; empty: nowhere
}

// Validate checks all that can be known without the network.
func (s *Site) Validate() error {
	var errs []error
	if utf8.RuneCountInString(s.Name) > maxSite || shorten(s.Name, maxSite) != s.Name {
		errs = append(errs, fmt.Errorf("site.name %.80q: want one line of at most %d characters", s.Name, maxSite))
	}
	if s.Logo != "" && !strings.Contains(s.Logo, "://") {
		if _, err := os.Stat(s.Logo); err != nil {
			errs = append(errs, fmt.Errorf("site.logo: %w", err))
		}
	}
	if err := fetch.CheckHosts(s.Hosts); err != nil {
		errs = append(errs, fmt.Errorf("site.hosts: %w", err))
	}
	if s.PublicURL != "" {
		u, err := url.Parse(s.PublicURL)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.User != nil {
			// The value is not shown: a password may stand in it.
			errs = append(errs, errors.New("site.public_url: want an address such as https://print.news.example, with no name, password or query"))
		}
	}
	return errors.Join(errs...)
}

// owns reports whether the article stands in one of the site's pages.
func (s *Site) owns(art *article.Article) bool {
	if s.Name == "" && s.Logo == "" {
		return false
	}
	if len(s.Hosts) == 0 {
		return true
	}
	for _, address := range []string{art.URL, art.Canonical} {
		if u, err := url.Parse(address); err == nil && fetch.HostIn(u.Hostname(), s.Hosts) {
			return true
		}
	}
	return fetch.HostIn(art.Site.Host, s.Hosts)
}
