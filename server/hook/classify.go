package hook

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of names, in bytes.
const (
	maxEventName = 100
	maxArticle   = 255
)

// classify says what happened, and whether it is anything to us.
func (r *Receiver) classify(d *document, e *Event) *Error {
	e.Name = firstBytes(d.first(or(r.config.EventPath, r.source.Event)), maxEventName)
	switch {
	case slices.Contains(r.source.Tests, e.Name):
		e.What, e.Reason = Ignore, "this is a test"
		return nil
	case d.json == "":
		e.What, e.Reason = Ignore, "the body is empty"
		return nil
	}
	if refused := r.whatHappened(d, e); refused != nil {
		return refused
	}
	if kind, ok := r.isArticle(d, e.What); e.What != Ignore && !ok {
		e.What, e.Reason = Ignore, "this is about "+firstBytes(kind, maxEventName)+", which is none of the hook's types"
	}
	return nil
}

// whatHappened asks the configuration's words, then the source's cases, then its
// words.
func (r *Receiver) whatHappened(d *document, e *Event) *Error {
	for what, words := range map[What][]string{
		Publish:  r.config.PublishEvents,
		Update:   r.config.UpdateEvents,
		Withdraw: r.config.WithdrawEvents,
	} {
		if e.Name != "" && slices.Contains(words, e.Name) {
			e.What = what
			return nil
		}
	}
	for _, c := range r.source.Cases {
		if d.holds(c.When) {
			e.What, e.Reason = c.What, c.Reason
			d.moved = c.Moved
			if c.Name != "" && e.Name == "" {
				e.Name = c.Name
			}
			return nil
		}
	}
	what, known := r.source.Events[e.Name]
	switch {
	case known:
		e.What = what
	case e.Name != "":
		e.What, e.Reason = Ignore, "this event means nothing to the hook"
	case r.source.Default != "" && r.config.EventPath == "":
		e.What = r.source.Default
	default:
		places := strings.Join(or(r.config.EventPath, r.source.Event), ", ")
		return refuse(BadRequest, "check source and event_path of the hook",
			"the request does not say what happened: there is nothing at %s", places)
	}
	return nil
}

// isArticle reports whether the thing is of a kind that is an article, and its
// kind. A source may name the kind in several ways; one is enough. Things that do
// not say their kind are taken for articles unless the configuration lists kinds;
// to withdraw what never was one does no harm, and who deletes often tells little.
func (r *Receiver) isArticle(d *document, what What) (kind string, ok bool) {
	types := r.config.Types
	if len(types) == 0 {
		types = r.source.Types
	}
	if len(types) == 0 {
		return "", true
	}
	for _, place := range or(r.config.TypePath, r.source.Type) {
		value := d.text(place)
		if slices.Contains(types, value) {
			return value, true
		}
		if kind == "" {
			kind = value
		}
	}
	if kind == "" {
		return "a thing of no type", len(r.config.Types) == 0 || what == Withdraw
	}
	return kind, false
}

// findArticle looks up the source's name for the article.
func (r *Receiver) findArticle(d *document, e *Event) *Error {
	id := d.first(or(r.config.IDPath, r.source.Article))
	if id == "" {
		return nil
	}
	e.Article = id
	if within := d.joined(r.source.Within); within != "" && r.config.IDPath == "" {
		e.Article = within + "/" + id
	}
	if len(e.Article) > maxArticle {
		return refuse(BadRequest, "set id_path to something shorter",
			"the article's name is longer than %d bytes", maxArticle)
	}
	return nil
}

// findURL makes or looks up the article's address. Only what is withdrawn can do
// without, if it has a name.
func (r *Receiver) findURL(d *document, e *Event) *Error {
	if d.moved && r.template == nil && e.Article != "" {
		return nil
	}
	address, refused := r.address(d)
	if refused == nil {
		e.URL = address
		return nil
	}
	if e.What == Withdraw && e.Article != "" {
		return nil
	}
	return refused
}

func (r *Receiver) address(d *document) (string, *Error) {
	if r.template != nil {
		u, err := r.template.expand(d.text)
		switch {
		case err != nil && d.manyLocales:
			return "", refuse(BadRequest, "set locale for this hook: one of the languages that the entry is in",
				"make the article's address: the entry is in several languages")
		case err != nil:
			return "", refuse(BadRequest, "check url_template; if this is no article, list the kinds that are in types",
				"make the article's address: %w", err)
		}
		return u.String(), nil
	}
	places := or(r.config.URLPath, r.source.URL)
	found := d.first(places)
	if found == "" {
		return "", refuse(BadRequest, "check url_path, or make the address with url_template; "+
			"if this is no article, list the kinds that are in types",
			"find the article's address: there is nothing at %s", strings.Join(places, ", "))
	}
	u, err := checkURL(found)
	if err != nil {
		return "", refuse(BadRequest, "check url_path, or make the address with url_template",
			"read the article's address: %w", err)
	}
	return u.String(), nil
}

// firstBytes cuts a text to so many bytes.
func firstBytes(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	for longest > 0 && !utf8.RuneStart(text[longest]) {
		longest--
	}
	return text[:longest]
}
