package press

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"offprint"
	"offprint/article"
	"offprint/internal/problem"
	"offprint/templates"
)

// Request says what is to be printed: a page at an address, a page's HTML, or an
// article. Exactly one of them must be there. Its JSON is the service's.
type Request struct {
	URL     string           `json:"url,omitempty"`
	HTML    string           `json:"html,omitempty"`
	BaseURL string           `json:"base_url,omitempty"` // of HTML and Article: what their pictures' addresses start from
	Article *article.Article `json:"article,omitempty"`
	offprint.PrintOptions

	// Hosts, when there are any, are the only ones whose pages may be read for
	// this request: those of the caller's key.
	Hosts []string `json:"hosts,omitempty"`
}

// Check gives a *problem.Problem when the request cannot be carried out, whatever
// the page. It knows no configuration; [Press.Check] does.
func (r *Request) Check() error {
	if err := r.checkNamed(); err != nil {
		return err
	}
	return explained(r.Validate())
}

// Check gives a *problem.Problem when the request cannot be carried out, whatever
// the page.
func (p *Press) Check(r *Request) error {
	_, err := p.checked(r)
	return err
}

// checked gives the options of a request that [Press.Check] has nothing against.
func (p *Press) checked(r *Request) (offprint.PrintOptions, error) {
	if err := r.checkNamed(); err != nil {
		return offprint.PrintOptions{}, err
	}
	options, err := p.complete(r.PrintOptions)
	return options, explained(err)
}

// CheckOptions completes the options by the configured ones, and gives an
// [*offprint.OptionError] when nothing can be printed with them. The configured design
// decides: a font size may be one of its steps.
func (p *Press) CheckOptions(o offprint.PrintOptions) error {
	_, err := p.complete(o)
	return err
}

// explained makes a *problem.Problem of an error.
func explained(err error) error {
	if err == nil {
		return nil
	}
	told, _ := Explain(err)
	return told
}

// checkNamed checks what the request names. That may be a stranger's choice, so files
// are out of reach.
func (r *Request) checkNamed() error {
	const one = "give one of url, html or article"
	switch n := count(r.URL != "", r.HTML != "", r.Article != nil); {
	case n == 0:
		return problem.New(problem.BadRequest, "nothing to print is named", one)
	case n > 1:
		return problem.New(problem.BadRequest, "more than one thing to print is named", one)
	case r.BaseURL != "" && r.URL != "":
		return problem.New(problem.BadRequest, "base_url beside url", "base_url goes with html or article")
	}
	for _, address := range []struct{ name, value string }{{"url", r.URL}, {"base_url", r.BaseURL}, {"logo", r.Logo}} {
		if address.value == "" {
			continue
		}
		if err := CheckAddress(address.value); err != nil {
			return problem.New(problem.BadRequest, fmt.Sprintf("%s: %v", address.name, err),
				"give a whole address such as https://news.example/a.html")
		}
	}
	if r.Template != "" && !slices.Contains(templates.Names(), r.Template) {
		return problem.New(problem.BadRequest, "template: there is no design of this name",
			"give one of "+strings.Join(templates.Names(), ", "))
	}
	return nil
}

// longestAddress is far above any page's, in bytes.
const longestAddress = 4096

// CheckAddress refuses what is not a whole http or https address. Whether it may
// be read is decided when it is.
func CheckAddress(s string) error {
	if len(s) > longestAddress {
		return fmt.Errorf("an address of %d bytes, and at most %d are read", len(s), longestAddress)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return errors.New("a space or control character stands in the address")
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Opaque != "":
		return errors.New("not an address")
	case !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https"):
		return errors.New("not an http or https address")
	case u.Hostname() == "":
		return errors.New("an address without a host")
	case u.User != nil:
		return errors.New("a name or password stands in the address")
	}
	return nil
}

// Source is the address under which what comes of the request is purged and
// cancelled; "" when it has none.
func (r *Request) Source() string {
	switch {
	case r.URL != "":
		return Source(r.URL)
	case r.Article != nil:
		return Source(cmp.Or(r.Article.Address(), r.BaseURL))
	}
	return Source(r.BaseURL)
}

// brought is how many warnings the article of the request came with.
func (r *Request) brought() int {
	if r.Article == nil {
		return 0
	}
	return len(r.Article.Warnings)
}

// Source is an address as it is remembered: without its fragment, scheme and host
// in lower case.
func Source(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment, u.RawFragment = "", ""
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Path == "" && u.Host != "" {
		u.Path = "/"
	}
	return u.String()
}

// canonical gives the bytes of all that decides the document beside what is read.
// The options are those of the request, completed.
func (r *Request) canonical(options offprint.PrintOptions) ([]byte, error) {
	return json.Marshal(struct {
		offprint.PrintOptions
		BaseURL string   `json:"base_url,omitempty"`
		Hosts   []string `json:"hosts,omitempty"`
	}{options, r.BaseURL, r.Hosts})
}

// complete fills in what options leave open: by the configuration, then by the
// defaults of the design and the program, so that asking for A4 and asking for nothing
// is the same request. What is configured for one article holds for none here.
func (p *Press) complete(o offprint.PrintOptions) (offprint.PrintOptions, error) {
	return o.Or(p.config.Options.PrintOptions.General()).Complete()
}

func count(facts ...bool) (n int) {
	for _, is := range facts {
		if is {
			n++
		}
	}
	return n
}
