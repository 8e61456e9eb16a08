package hook

import (
	"cmp"
	"html"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"
)

// Request is a request as it came.
type Request struct {
	Method string // POST
	// Path is that of the address which the sender calls, with its query. Where a
	// proxy takes something off its front, this is the path before that: Contentful
	// signs it.
	Path   string
	Header http.Header
	Body   []byte // whole, up to one byte more than MaxBody
}

// Receiver understands the requests of one hook. It is safe for use by many
// goroutines at once.
type Receiver struct {
	name     string
	config   Config
	source   *source
	verifier atomic.Pointer[verifier]
	fresh    func()       // nil, or has the newest secrets set: see Follow
	template *urlTemplate // nil: the address is in the body
	actions  []Action
}

// New makes the receiver of the hook called name, with its secrets (see
// [ParseSecrets]). It gives a [*ConfigError].
func New(name string, c Config, secrets []string) (*Receiver, error) {
	if !listName.MatchString(name) {
		return nil, wrong("name", "use letters, digits, - and _: [hooks.cms]", "%q is no name of a hook", name)
	}
	r := &Receiver{name: name, config: c}
	if err := r.prepare(secrets); err != nil {
		return nil, named(err, name)
	}
	return r, nil
}

func (r *Receiver) prepare(secrets []string) error {
	c := &r.config
	if err := c.Validate(); err != nil {
		return err
	}
	var err error
	if r.source, err = c.source(); err != nil {
		return err
	}
	if c.MaxBody <= 0 {
		c.MaxBody = defaultMaxBody
	}
	if err = r.setSecrets(secrets); err != nil {
		return err
	}
	if c.URLTemplate != "" {
		if r.template, err = parseTemplate(c.URLTemplate); err != nil {
			return err
		}
	}
	r.actions, err = c.actions()
	return err
}

// SetSecrets has the hook take other secrets from now on. After an error, a
// [*ConfigError], it takes those that it took before.
func (r *Receiver) SetSecrets(secrets []string) error {
	if err := r.setSecrets(secrets); err != nil {
		return named(err, r.name)
	}
	return nil
}

func (r *Receiver) setSecrets(secrets []string) error {
	way := ways[r.config.verify()]
	header := way.header
	if r.config.Header != "" {
		header = r.config.Header
	}
	v, err := way.prepare(slices.Clone(secrets), header)
	if err != nil {
		return err
	}
	r.verifier.Store(&v)
	return nil
}

// Follow has look called before each request is verified, which can set the newest
// secrets. It must be called before the first request.
func (r *Receiver) Follow(look func()) { r.fresh = look }

// Name is the hook's name.
func (r *Receiver) Name() string { return r.name }

// MaxPerHour is how many articles are mailed within an hour at most, each list
// counted by itself.
func (r *Receiver) MaxPerHour() int { return cmp.Or(r.config.MaxPerHour, defaultMaxPerHour) }

// MaxBody is the largest body, in bytes: what to read of a request, and one more.
func (r *Receiver) MaxBody() int { return r.config.MaxBody }

// Unverified reports whether senders need not show who they are.
func (r *Receiver) Unverified() bool { return r.config.verify() == verifyNone }

// BringsText reports whether the configuration says where the text stands
// (html_path): then [Event.HTML] is to be printed, and not the page at its address.
func (r *Receiver) BringsText() bool { return r.config.HTMLPath != "" }

// Actions are what to do when this happens to an article, in order.
func (r *Receiver) Actions(what What) []Action {
	var actions []Action
	for _, a := range r.actions {
		if a.On(what) {
			actions = append(actions, a)
		}
	}
	return actions
}

// Check refuses, by its head and the size that it announces (-1: none), a request that
// cannot be its sender's, before its body takes any memory. What it lets through is not
// verified yet. Its error is an [*Error].
func (r *Receiver) Check(head *Request, size int64, now time.Time) error {
	_, refused := r.claimed(head, now)
	if refused == nil && size > int64(r.config.MaxBody) {
		refused = r.tooLarge()
	}
	if refused == nil {
		return nil
	}
	refused.Hook = r.name
	return refused
}

// claimed asks the newest verifier what a request's head says of its sender.
func (r *Receiver) claimed(head *Request, now time.Time) (*claim, *Error) {
	if r.fresh != nil {
		r.fresh()
	}
	return (*r.verifier.Load())(head, now)
}

func (r *Receiver) tooLarge() *Error {
	return refuse(TooLarge, "send the article's address instead of its text",
		"the body has more than %d bytes", r.config.MaxBody)
}

// Receive says what a request means. Its error is an [*Error].
func (r *Receiver) Receive(request *Request, now time.Time) (*Event, error) {
	event, refused := r.receive(request, now)
	if refused != nil {
		refused.Hook = r.name
		return nil, refused
	}
	return event, nil
}

func (r *Receiver) receive(request *Request, now time.Time) (*Event, *Error) {
	// 1. Nothing is read before the sender is known.
	if len(request.Body) > r.config.MaxBody {
		return nil, r.tooLarge()
	}
	claimed, refused := r.claimed(request, now)
	if refused == nil {
		refused = claimed.signs(request.Body)
	}
	if refused != nil {
		return nil, refused
	}
	// 2. What it says, as JSON.
	if coding := request.Header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return nil, refuse(Unsupported, "send the body as it is", "a body with Content-Encoding %q is not read", coding)
	}
	body, refused := readBody(request.Header.Get("Content-Type"), request.Body)
	if refused != nil {
		return nil, refused
	}
	d := &document{json: body, header: request.Header, source: r.source}
	if r.source.Localised {
		d.locale = r.config.Locale
	}
	// 3. What happened, to what.
	e := &Event{Unverified: r.Unverified()}
	if refused := r.classify(d, e); refused != nil {
		return nil, refused
	}
	if e.What != Ignore {
		if refused := r.describe(d, e); refused != nil {
			return nil, refused
		}
	}
	// 4. Its name, the same for repeats.
	e.ID = r.identify(d, e, claimed.id)
	return e, nil
}

// describe fills in what is told of the article.
func (r *Receiver) describe(d *document, e *Event) *Error {
	c, s := &r.config, r.source
	if refused := r.findArticle(d, e); refused != nil {
		return refused
	}
	if refused := r.findURL(d, e); refused != nil {
		return refused
	}
	e.Title = titleLine(d.first(or(c.TitlePath, s.Title)), s.Entities)
	e.Restricted = d.holdsAny(s.Restricted)
	if e.What != Withdraw && !e.Restricted {
		e.HTML = d.first(or(c.HTMLPath, s.HTML))
	}
	e.Lang = cmp.Or(Lang(d.first(or(c.LocalePath, s.Locale))), Lang(d.language), Lang(c.Locale))
	return nil
}

// identify names the delivery: by its sender's name for it where that is signed;
// by what happened to which version where the configuration says what a version
// is; else by all that it says. Systems repeat the same bytes, and a time of change
// does not change with everything that does, such as a tag.
func (r *Receiver) identify(d *document, e *Event, delivery string) string {
	if delivery != "" {
		return hashID(r.name, "delivery", delivery)
	}
	if r.config.VersionPath != "" && e.What != Ignore {
		if version := d.text(r.config.VersionPath); version != "" && e.Article+e.URL != "" {
			return hashID(r.name, "version", string(e.What), e.Name, e.Article, e.URL, version)
		}
	}
	return hashID(r.name, "body", e.Name, d.json)
}

// or gives the configured place alone, or the source's.
func or(place string, places []string) []string {
	if place != "" {
		return []string{place}
	}
	return places
}

// titleLine writes a title on one line of bounded length, without control
// characters.
func titleLine(title string, entities bool) string {
	const longest = 300 // characters
	if entities {
		title = html.UnescapeString(title)
	}
	title = strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return r != '\u3000' && unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if utf8.RuneCountInString(title) > longest {
		title = string([]rune(title)[:longest-1]) + "…"
	}
	return title
}
