package offprint

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"unicode"
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

// maxSiteName is the most that a publisher's name may have, in characters: it
// stands in one line of the page and of a letter.
const maxSiteName = 80

// Validate checks all that can be known without the network.
func (s *Site) Validate() error {
	var errs []error
	if utf8.RuneCountInString(s.Name) > maxSiteName || !isLine(s.Name) {
		errs = append(errs, fmt.Errorf("site.name %.80q: want one line of at most %d characters", s.Name, maxSiteName))
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
		if err != nil || !isPublicURL(u) {
			// The value is not shown: a password may stand in it.
			errs = append(errs, errors.New("site.public_url: want an address such as https://print.news.example, "+
				"with no name, password or query"))
		}
	}
	return errors.Join(errs...)
}

// isLine reports whether text can be printed as one line as it is: it holds no
// control character, no bidirectional override, and no space that would be folded.
func isLine(text string) bool {
	folds := strings.Trim(text, " ") != text || strings.Contains(text, "  ")
	return utf8.ValidString(text) && !folds && !strings.ContainsFunc(text, func(r rune) bool {
		breaksOrOverrides := r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
		return breaksOrOverrides || unicode.IsControl(r)
	})
}

// isPublicURL reports whether addresses of the service can begin with u.
func isPublicURL(u *url.URL) bool {
	onTheWeb := (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	return onTheWeb && u.RawQuery == "" && u.User == nil
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
