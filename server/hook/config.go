package hook

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"offprint"
)

// Config is a section [hooks.NAME] of the configuration. A place, in url_path and
// the like, is a gjson path into the body (post.current.url), or header:NAME.
type Config struct {
	// Source is the system that calls: ghost, strapi, contentful, wordpress,
	// standard-webhooks or generic.
	Source string `toml:"source"`
	// Verify is how it shows who it is: standard-webhooks, ghost, contentful, hmac,
	// header, query or none. Empty: as the source does by itself.
	Verify string `toml:"verify"`
	// SecretFile holds the secrets, one a line; more than one while they are
	// changed. [ParseSecrets] reads it.
	SecretFile string `toml:"secret_file"`
	// Header carries the secret (header) or the signature (hmac). Empty:
	// Authorization and X-Webhook-Signature.
	Header string `toml:"header"`

	// URLTemplate makes the address of values of the body, for systems that know
	// only a slug: https://news.example/{entry.slug}.
	URLTemplate string `toml:"url_template"`
	URLPath     string `toml:"url_path"`
	TitlePath   string `toml:"title_path"`
	// HTMLPath has the text that comes along printed in place of the page: for pages
	// that the service cannot read. It lacks what only the page shows.
	HTMLPath   string `toml:"html_path"`
	LocalePath string `toml:"locale_path"`
	// Locale is the language of articles that do not say theirs; with contentful,
	// the language to take, written as there.
	Locale string `toml:"locale"`

	EventPath string `toml:"event_path"` // what happened
	TypePath  string `toml:"type_path"`  // to what kind of thing
	IDPath    string `toml:"id_path"`    // to which article
	// VersionPath is something that changes whenever the article does. With it,
	// deliveries of the same event and version are repeats although other things in
	// them differ; without it, those that say the same throughout.
	VersionPath string `toml:"version_path"`

	// Types are the kinds of thing that are articles; others are ignored. Empty: all.
	Types []string `toml:"types"`
	// Words of the source for what happens, beside those that it is known for.
	PublishEvents  []string `toml:"publish_events"`
	UpdateEvents   []string `toml:"update_events"`
	WithdrawEvents []string `toml:"withdraw_events"`

	// Actions are what to do, in this order: "render", "render:large",
	// "render:font_size=large&paper=A5", "email:LIST", "call:https://…".
	// [Action.On] says when.
	Actions []string `toml:"actions"`

	// MaxPerHour is how many articles the hook has mailed within an hour at most, each
	// list counted by itself: what is above it is not mailed, but printed all the same.
	// 0: 20.
	MaxPerHour int `toml:"max_per_hour"`

	// Print is what holds where a render action does not say. Its design has the steps
	// that an action may name.
	Print offprint.PrintOptions `toml:"-"`

	// MaxBody is the largest body, in bytes. 0: 4 MiB.
	MaxBody int `toml:"-"`
}

const (
	defaultMaxBody = 4 << 20
	// defaultMaxPerHour is more than a newsroom publishes in an hour, and much less than
	// a system sends that tells of all its old articles.
	defaultMaxPerHour = 20
	maxPlace          = 200 // bytes of a place
)

// Validate gives a [*ConfigError] for the first setting whose value is not one
// that it may have.
func (c *Config) Validate() error {
	_, err := c.source()
	if err != nil {
		return err
	}
	for _, check := range []func() error{c.checkVerify, c.checkAddress, c.checkPlaces, c.checkEvents, c.checkCeiling} {
		if err := check(); err != nil {
			return err
		}
	}
	_, err = c.actions()
	return err
}

func (c *Config) checkCeiling() error {
	if c.MaxPerHour < 0 {
		return wrong("max_per_hour", fmt.Sprintf("give a number above 0, or leave it out for %d", defaultMaxPerHour),
			"%d articles an hour is no number of articles", c.MaxPerHour)
	}
	return nil
}

// ValidatePublic is Validate for a service that others than this machine reach
// (site.public_url is set): senders must then show who they are.
func (c *Config) ValidatePublic() error {
	if err := c.Validate(); err != nil {
		return err
	}
	if c.verify() == verifyNone {
		return wrong("verify", "choose one of "+oneOf(verifyNames(), "none")+", or leave site.public_url out",
			`"none" would let everybody publish, because the service has a public address`)
	}
	return nil
}

// source gives the source's table.
func (c *Config) source() (*source, error) {
	all, err := sources()
	if err != nil {
		return nil, err
	}
	s, ok := all[c.Source]
	if !ok {
		return nil, wrong("source", "choose one of "+oneOf(slices.Sorted(maps.Keys(all)), ""),
			"there is no source %q", c.Source)
	}
	return s, nil
}

// verify gives the way in which senders show who they are; "" when none is said.
func (c *Config) verify() string {
	if c.Verify != "" {
		return c.Verify
	}
	s, err := c.source()
	if err != nil {
		return ""
	}
	return s.Verify
}

func (c *Config) checkVerify() error {
	hint := "choose one of " + oneOf(verifyNames(), "")
	name := c.verify()
	way, ok := ways[name]
	switch {
	case name == "":
		return wrong("verify", hint, "source %s does not say how it shows who it is", c.Source)
	case !ok:
		return wrong("verify", hint, "there is no way %q", name)
	case c.Header != "" && way.header == "":
		return wrong("header", "leave it out, or set verify to header or hmac", "verify %s has a header of its own", name)
	case c.Header != "" && !httpguts.ValidHeaderFieldName(c.Header):
		return wrong("header", "name a header: X-Webhook-Secret", "%q is no name of a header", c.Header)
	case name == verifyNone && c.SecretFile != "":
		return wrong("secret_file", "leave it out, or say in verify how it is used", "verify none uses no secret")
	}
	return nil
}

// checkAddress sees to it that there is one way to the article's address.
func (c *Config) checkAddress() error {
	s, err := c.source()
	switch {
	case err != nil:
		return err
	case c.URLTemplate != "" && c.URLPath != "":
		return wrong("url_template", "leave one of them out", "url_path is set as well")
	case c.URLTemplate == "" && c.URLPath == "" && len(s.URL) == 0:
		return wrong("url_template", "write the address with places of the body: https://news.example/{entry.slug}",
			"source %s does not send the article's address", c.Source)
	case c.URLTemplate != "":
		if _, err := parseTemplate(c.URLTemplate); err != nil {
			return wrong("url_template", "write it like https://news.example/{entry.slug}", "%w", err)
		}
	}
	if c.Locale != "" && Lang(c.Locale) == "" {
		return wrong("locale", "write a BCP 47 tag: zh-Hans, zh-Hant-HK", "%q is no language", c.Locale)
	}
	return nil
}

func (c *Config) checkPlaces() error {
	for _, p := range []struct{ key, place string }{
		{"url_path", c.URLPath},
		{"title_path", c.TitlePath},
		{"html_path", c.HTMLPath},
		{"locale_path", c.LocalePath},
		{"event_path", c.EventPath},
		{"type_path", c.TypePath},
		{"id_path", c.IDPath},
		{"version_path", c.VersionPath},
	} {
		name, isHeader := strings.CutPrefix(p.place, headerPlace)
		if len(p.place) > maxPlace || isHeader && !httpguts.ValidHeaderFieldName(name) {
			return wrong(p.key, "write a path into the body, such as entry.title, or header:NAME", "%q is no place", p.place)
		}
	}
	return nil
}

// checkEvents refuses a word that means two things.
func (c *Config) checkEvents() error {
	seen := map[string]string{}
	for _, list := range []struct {
		key   string
		words []string
	}{
		{"publish_events", c.PublishEvents},
		{"update_events", c.UpdateEvents},
		{"withdraw_events", c.WithdrawEvents},
	} {
		for _, word := range list.words {
			if word == "" {
				return wrong(list.key, "write the source's words for it", "one of them is empty")
			}
			if other := seen[word]; other != "" && other != list.key {
				return wrong(list.key, "leave it in one list", "%q stands in %s too", word, other)
			}
			seen[word] = list.key
		}
	}
	return nil
}

// actions reads the actions.
func (c *Config) actions() ([]Action, error) {
	var actions []Action
	for _, text := range c.Actions {
		a, err := parseAction(text, c.Print.General())
		if err != nil {
			return nil, err
		}
		actions = append(actions, a)
	}
	return actions, nil
}

// named puts the hook's name into a *ConfigError.
func named(err error, name string) error {
	var config *ConfigError
	if errors.As(err, &config) {
		config.Hook = name
		return config
	}
	return fmt.Errorf("hook %s: %w", name, err)
}

// oneOf lists names in words, without one of them.
func oneOf(names []string, without string) string {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == without })
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " or " + names[last]
}
