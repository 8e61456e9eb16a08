package hook

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Limits of addresses, in bytes.
const (
	maxURL   = 2048
	maxValue = 500 // of one value in a template
)

// urlTemplate is an address with places of the body in braces:
//
//	https://news.example/{entry.locale}/{entry.slug}
//
// A value is one segment of the path, or a value of the query, whatever is in it.
// {+entry.path} is several segments, parted by its slashes.
type urlTemplate struct {
	parts []templatePart
	host  string // of the template
}

// templatePart is a text as it stands, or a place whose value stands there.
type templatePart struct {
	text, place     string
	several, inside bool // several segments; inside the query
}

// parseTemplate reads a template. Its scheme and host are written out, so that no
// value can choose them.
func parseTemplate(template string) (*urlTemplate, error) {
	_, rest, ok := strings.Cut(template, "://")
	host, path, slash := strings.Cut(rest, "/")
	switch {
	case !ok || !strings.HasPrefix(template, "https://") && !strings.HasPrefix(template, "http://"):
		return nil, errors.New("it does not begin with https:// or http://")
	case !slash || strings.ContainsAny(host, "{}?#"):
		return nil, errors.New("its host is not written out and ended by a slash")
	case len(template) > maxURL:
		return nil, fmt.Errorf("it is longer than %d bytes", maxURL)
	case !strings.Contains(path, "{"):
		return nil, errors.New("it has no place in braces, so all articles would have one address")
	case strings.Contains(path, "#"):
		return nil, errors.New("it has a #, which is not sent to the site")
	}
	t := &urlTemplate{}
	if err := t.split(template); err != nil {
		return nil, err
	}
	sample, err := t.fill(func(string) string { return "x" })
	if err != nil {
		return nil, err
	}
	u, err := checkURL(sample)
	if err != nil {
		return nil, err
	}
	t.host = u.Host
	return t, nil
}

// split parts the template at its braces.
func (t *urlTemplate) split(template string) error {
	inside := false
	for template != "" {
		text, rest, found := strings.Cut(template, "{")
		if strings.Contains(text, "}") {
			return errors.New("it has a } without its {")
		}
		inside = inside || strings.Contains(text, "?")
		t.parts = append(t.parts, templatePart{text: text})
		if !found {
			return nil
		}
		place, after, closed := strings.Cut(rest, "}")
		place, several := strings.CutPrefix(place, "+")
		switch {
		case !closed || strings.Contains(place, "{"):
			return errors.New("it has a { without its }")
		case place == "" || len(place) > maxPlace:
			return fmt.Errorf("a place in braces has 1 to %d bytes", maxPlace)
		case several && inside:
			return fmt.Errorf("{+%s} stands in the query, where there are no segments", place)
		}
		t.parts = append(t.parts, templatePart{place: place, several: several, inside: inside})
		template = after
	}
	return nil
}

// fill puts values into the template. The error names the place that has none, or
// one that may not stand there.
func (t *urlTemplate) fill(value func(place string) string) (string, error) {
	var b strings.Builder
	for _, part := range t.parts {
		b.WriteString(part.text)
		if part.place == "" {
			continue
		}
		text := value(part.place)
		switch {
		case text == "":
			return "", fmt.Errorf("there is nothing at %s", part.place)
		case len(text) > maxValue:
			return "", fmt.Errorf("what is at %s is longer than %d bytes", part.place, maxValue)
		case part.inside:
			b.WriteString(url.QueryEscape(text))
			continue
		}
		segments := []string{text}
		if part.several {
			segments = strings.Split(strings.Trim(text, "/"), "/")
		}
		for i, segment := range segments {
			// A browser would take these for the folder or the one above it.
			if segment == "" || segment == "." || segment == ".." {
				return "", fmt.Errorf("what is at %s is no part of an address", part.place)
			}
			if i > 0 {
				b.WriteByte('/')
			}
			b.WriteString(url.PathEscape(segment))
		}
	}
	return b.String(), nil
}

// expand gives the article's address, whose host is the template's.
func (t *urlTemplate) expand(value func(place string) string) (*url.URL, error) {
	filled, err := t.fill(value)
	if err != nil {
		return nil, err
	}
	u, err := checkURL(filled)
	if err != nil {
		return nil, err
	}
	if u.Host != t.host {
		return nil, errors.New("its host is not that of url_template")
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if segment == "." || segment == ".." { // put together from two values
			return nil, errors.New("it leads out of its folder")
		}
	}
	return u, nil
}

// checkURL reads an address that a page may have.
func checkURL(address string) (*url.URL, error) {
	if len(address) > maxURL {
		return nil, fmt.Errorf("it is longer than %d bytes", maxURL)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, errors.New("it cannot be read as one")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("it does not begin with https:// or http://")
	case u.Hostname() == "" || u.Opaque != "":
		return nil, errors.New("it has no host")
	case u.User != nil:
		return nil, errors.New("it holds a name or password")
	}
	u.Host = strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	if len(u.String()) > maxURL { // with its escapes
		return nil, fmt.Errorf("it is longer than %d bytes", maxURL)
	}
	return u, nil
}
