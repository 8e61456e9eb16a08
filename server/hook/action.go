package hook

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"offprint"
)

// Action is one thing to do about an article. One field is set.
type Action struct {
	Render *offprint.PrintOptions // print it with these options, before a reader asks
	Email  string                 // mail it to the list of this name, [lists.NAME]
	Call   string                 // tell this address, when the others are done
	text   string
}

// String is the action as it stands in the configuration.
func (a Action) String() string { return a.text }

// On reports whether the action is called for when this happens to an article: to
// print it and to tell an address, when it is published or updated; to mail it, when
// it is published (and never twice: see [Publish]). Of what was withdrawn there is
// nothing to tell: its sender knows.
func (a Action) On(what What) bool {
	switch what {
	case Publish:
		return true
	case Update:
		return a.Email == ""
	}
	return false
}

const actionHint = `write "render", "render:large", "render:font_size=large&paper=A5", "email:LIST" ` +
	`or "call:https://cms.example/done"`

// listName is what a list of recipients, or a hook, may be called.
var listName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$`)

// parseAction reads an action: its verb, and after a colon what belongs to it.
// defaults hold where it leaves print options open.
func parseAction(text string, defaults offprint.PrintOptions) (Action, error) {
	verb, rest, hasRest := strings.Cut(strings.TrimSpace(text), ":")
	a := Action{text: text}
	var err error
	switch {
	case verb == "render" && (rest != "" || !hasRest):
		a.Render, err = parseRender(rest, defaults)
	case verb == "email" && listName.MatchString(rest):
		a.Email = rest
	case verb == "call" && rest != "":
		var u *url.URL
		if u, err = checkURL(rest); err == nil {
			a.Call = u.String()
		}
	default:
		err = fmt.Errorf("%q is no action", text)
	}
	var option *offprint.OptionError
	switch {
	case errors.As(err, &option) && option.Hint() != "":
		return Action{}, wrong("actions", option.Hint(), "%q: %w", text, err)
	case err != nil:
		return Action{}, wrong("actions", actionHint, "%w", err)
	}
	return a, nil
}

// parseRender reads print options as they stand in the query of /v1/pdf. A word
// alone is a font size.
func parseRender(text string, defaults offprint.PrintOptions) (*offprint.PrintOptions, error) {
	o := &offprint.PrintOptions{}
	values := url.Values{}
	var err error
	switch {
	case strings.Contains(text, "="):
		values, err = url.ParseQuery(text)
	case text != "":
		values.Set("font_size", text)
	}
	if err != nil {
		return nil, fmt.Errorf("read options of render: %w", err)
	}
	for name, all := range values {
		if err := setOption(o, name, all[0]); err != nil {
			return nil, err
		}
	}
	whole := o.Or(defaults)
	return o, whole.Validate()
}

// setOption sets the option of that name. Those that belong to one article, such
// as title, are none for all of them.
func setOption(o *offprint.PrintOptions, name, value string) error {
	switch option, ok := offprint.FindOption(name); {
	case value == "":
		return fmt.Errorf("option %s of render has no value", name)
	case !ok || option.OfArticle:
		return fmt.Errorf("render has no option %s (it has %s)", name, strings.Join(renderOptions(), ", "))
	}
	return o.Set(name, value)
}

// renderOptions names the options that hold for all articles.
func renderOptions() []string {
	var names []string
	for _, option := range offprint.OptionFields() {
		if !option.OfArticle {
			names = append(names, option.Name)
		}
	}
	return names
}
