package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"offprint"
	"offprint/article"
	"offprint/internal/fetch"
	"offprint/internal/metrics"
	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/mailer"
	"offprint/server/hook"
	"offprint/server/readers"
)

// Config is what a server works with. Press, Queue and Store are needed.
type Config struct {
	Settings Settings
	Limits   Limits

	Press Press
	Queue Queue
	Store store.Store
	// Keys are the API's keys. Nil: there are none, and only programs on this
	// machine are let in.
	Keys Keys
	// PublicURL is where readers reach the service, "" when they do not.
	PublicURL string
	// PublicHosts are the hosts whose pages anybody may have printed: those of the
	// site, or those that fetching is bound to. With none, nobody may without a key.
	PublicHosts []string
	// Worker gives an error when no worker does the queue's jobs; /readyz asks. Nil:
	// it does not.
	Worker func(ctx context.Context) error
	// Publisher is the name that readers know the site by; "" when there is none.
	Publisher string
	// Hooks are the incoming web hooks, by the name in their address.
	Hooks map[string]*hook.Receiver
	// Lists gives the recipients of a configured list, or an error that is
	// fs.ErrNotExist when there is none of that name. Nil: there are none.
	Lists func(name string) ([]mailer.Recipient, error)
	// Tokens are those of the links by which readers unsubscribe: see
	// [UnsubscribeLink]. Nil: there are no such links.
	Tokens *mailer.Tokens
	// Readers is the form by which readers mail articles. Nil: there is none.
	Readers *ReaderForm
	// CheckCallback refuses an address that could never be called back. Nil: any
	// whole http or https address will do.
	CheckCallback func(address string) error
	// DefaultCallback is called about jobs that name no callback; "" is nobody.
	DefaultCallback string
	// JobPages are the operator's pages of jobs, made for the path [JobsPath]. Nil:
	// there are none.
	JobPages JobPages
	// Metrics, when set, are counted into and shown at /metrics. Nil: own ones.
	Metrics *metrics.Metrics
	// Log gets a line for each request, and what goes wrong. Nil: nothing.
	Log *slog.Logger
	// Now is the clock. Nil: the system's.
	Now func() time.Time
}

// Press makes documents. *press.Press is one.
type Press interface {
	Parse(ctx context.Context, r *press.Request) (*article.Article, error)
	Print(ctx context.Context, r *press.Request) (*press.Print, error)
	PagePicture(ctx context.Context, key store.Key, n int) (*store.Object, error)
	Check(r *press.Request) error
	CheckOptions(o offprint.PrintOptions) error
	CheckLetter(l *press.Letter) error
	Purge(ctx context.Context, address string) (int, error)
	Waiting() int
}

// Queue keeps jobs. *queue.Queue is one.
type Queue interface {
	Submit(ctx context.Context, s queue.Submission) (*queue.Receipt, error)
	SubmitAll(
		ctx context.Context, all []queue.Submission, notes func([]*queue.Receipt) ([]queue.Note, error),
	) ([]*queue.Receipt, error)
	Job(ctx context.Context, id string) (*queue.Job, error)
	Jobs(ctx context.Context, f queue.Filter) ([]*queue.Job, error)
	Cancel(ctx context.Context, id string) (*queue.Job, error)
	CancelSource(ctx context.Context, source string) (int, error)
	Retry(ctx context.Context, id string) (*queue.Job, error)
	Stats(ctx context.Context) (*queue.Stats, error)
	Replay(ctx context.Context, o *queue.Once) (*queue.Receipt, error)
	Bounced(ctx context.Context, messageID string, code int, reply string, suppress bool) (bool, error)
	Complained(ctx context.Context, messageID string) (bool, error)
	Export(ctx context.Context, a mailer.Address) (*queue.Export, error)
	Erase(ctx context.Context, a mailer.Address) (int, error)
	Note(ctx context.Context, scope, name string) (*queue.Note, error)
	DropNote(ctx context.Context, scope, name string) error
	Suppress(ctx context.Context, a mailer.Address) error
	Unsuppress(ctx context.Context, a mailer.Address) error
}

// JobsPath is where the operator's pages of jobs stand.
const JobsPath = "/jobs"

// JobPages show what is on the queue. internal/jobpages makes them.
type JobPages interface {
	http.Handler
	// Start begins their counting in the background, until ctx ends.
	Start(ctx context.Context) error
}

// Server answers requests. It is safe for use by many goroutines at once.
type Server struct {
	config  Config
	log     *slog.Logger
	now     func() time.Time
	public  *url.URL // nil: not configured
	proxies []netip.Prefix
	metrics *metrics.Metrics
	limits  limiters
	// hookRoom is what the bodies of deliveries may take together.
	hookRoom *hookRoom
	formLoad readers.Load

	mux     *http.ServeMux
	routes  map[string]*route // by pattern
	api     huma.API
	handler http.Handler

	spec, docsPage []byte

	admin http.Handler
	close context.CancelFunc // nil: nothing runs in the background

	wait     time.Duration // for a document, before it becomes a job
	draining atomic.Bool
	health   readiness
	fault    func(*route) // for tests: called before a handler; it may panic
}

// New makes a server.
func New(c Config) (*Server, error) {
	if c.Press == nil || c.Queue == nil || c.Store == nil {
		return nil, errors.New("make server: it needs a press, a queue and a store")
	}
	if err := c.Settings.Validate(); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if err := c.Limits.Validate(); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if err := fetch.CheckHosts(c.PublicHosts); err != nil {
		return nil, fmt.Errorf("make server: public hosts: %w", err)
	}
	c.setDefaults()
	s := &Server{config: c, log: c.Log, now: c.Now, metrics: c.Metrics, limits: newLimiters(c.Limits), wait: defaultWait}
	s.hookRoom = newHookRoom(hookMemory)
	var err error
	if s.public, err = parsePublicURL(c.PublicURL); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if s.proxies, err = parseProxies(c.Settings.TrustedProxies); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if err := s.checkHooks(); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if err := s.metrics.Watch(c.Queue, c.Press); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	if err := s.buildAPI(); err != nil {
		return nil, fmt.Errorf("make server: %w", err)
	}
	s.buildAdmin()
	return s, nil
}

func (c *Config) setDefaults() {
	c.Settings.setDefaults()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Metrics == nil {
		c.Metrics = metrics.New()
	}
	if c.Keys == nil {
		c.Keys = noKeys{}
	}
	if c.CheckCallback == nil {
		c.CheckCallback = queue.CheckCallback
	}
}

// parsePublicURL reads the address at which readers reach the service. Nil: none.
func parsePublicURL(s string) (*url.URL, error) {
	if s == "" {
		return nil, nil
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil ||
		u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("site.public_url is %q: want a scheme and a host, such as https://print.news.example", s)
	}
	u.Path = ""
	return u, nil
}

// Handler answers the world.
func (s *Server) Handler() http.Handler { return s.handler }

// Admin answers the operator.
func (s *Server) Admin() http.Handler { return s.admin }

// Drain has /readyz say that the server is not ready, so no new requests are sent
// to it. Those that come are answered, and their connections closed. Call it before
// http.Server.Shutdown, as long before as the balancer takes to notice.
func (s *Server) Drain() { s.draining.Store(true) }

// Close ends what runs in the background. The handlers must have ended before.
func (s *Server) Close() {
	if s.close != nil {
		s.close()
	}
}

// Version is what the service calls itself.
const Version = offprint.Version
