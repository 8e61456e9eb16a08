package server

import (
	"context"
	"net/http"
	"reflect"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"offprint/internal/problem"
)

// route says what holds of one route beside what it does. The OpenAPI document,
// the documentation, the checks before the handler and the test of all problems
// are made from it.
//
// To add a route, write a method on Server in the file of its subject that calls
// [handle] for each of its routes, and name it in [Server.register]. In a handler:
//
//   - give any error back as it is: [Server.explain] makes a problem of it; what
//     it cannot explain becomes internal and goes into the log;
//   - name in Problems each code that the handler may give; those that follow
//     from the other fields are added: see [route.codes]. A test fails when an
//     answer comes that is not documented;
//   - set Cache-Control on what may be kept: the rest is no-store;
//   - for PDFs and the like give O a Body of func(huma.Context) and get at the
//     ResponseWriter with humago.Unwrap, for http.ServeContent;
//   - call [Server.permit] for each address of a page before it is read, give
//     [Server.hosts] to the press, and [Server.take] for what a key has a quota of;
//   - infoFrom(ctx) has the request's id and trace.
//
// Then add to routeSamples in routes_test.go a good request, and to
// routeProvocations what provokes each new code.
type route struct {
	ID      string // of the operation: a verb and a noun, such as parse-article
	Method  string
	Path    string
	Tag     string // chapter of the documentation
	Summary string // a line
	About   string // more of it, Markdown

	Scope   Scope // what the caller's key must be good for; "": no key is needed
	OrScope Scope // or for this
	Public  bool  // without a key, too, for pages of the public hosts
	// ForPages is for what a page of the public hosts asks for its readers, without a key.
	ForPages bool
	// ForAll is for what pages of any origin may load: it is the same for all.
	ForAll bool
	// Unlimited requests are not counted: many readers' requests come from the few
	// addresses of their mail provider.
	Unlimited bool
	// Signed requests are counted only when they are refused: whose sender is known
	// may send as many as there are articles, as after a change of all of them.
	Signed bool

	// MaxBody is how many bytes of a body are read. 0: Settings.MaxBody.
	MaxBody int64
	// Timeout is how long the handler may take. 0: Settings.RequestTimeout.
	Timeout time.Duration

	// Produces is the type of a good response that is not JSON, such as
	// application/pdf.
	Produces string
	// Gives are values of the types of JSON bodies that the types of handle do not
	// show, by status.
	Gives map[int]any
	// Status is that of a good response. 0: 200, or 204 without a body.
	Status int
	// Also are other good responses, with a line on each.
	Also map[int]string
	// Problems are the codes that the handler gives.
	Problems []problem.Code

	Curl string // an example; {base} stands for the service's address

	// Filled in by handle.
	hasBody, hasRaw, hasQuery bool
	hasParsed                 bool // a parameter that is not a text as it is, such as a number
	limited                   bool // counts against the limits
	number                    int  // its place in the table
}

// register makes all routes. It is the table of what there is, in the order of the
// documentation.
func (s *Server) register() {
	s.pdfRoutes()         // pdf.go
	s.pageRoutes()        // pagepicture.go
	s.parseRoutes()       // parse.go
	s.emailRoutes()       // email.go
	s.jobRoutes()         // jobs.go
	s.hookRoutes()        // hooks.go
	s.scriptRoutes()      // scripts.go
	s.qrRoutes()          // qrcode.go
	s.printPageRoutes()   // printpage.go
	s.readerRoutes()      // shareemail.go
	s.unsubscribeRoutes() // unsubscribe.go
	s.bounceRoutes()      // bounces.go
	s.addressRoutes()     // addresses.go
	s.docsRoutes()        // docs.go
	s.problemRoutes()     // problems.go
	s.healthRoutes()      // health.go
	s.homeRoutes()        // home.go
}

// Chapters of the documentation, in its order.
const (
	tagPrint   = "Printing"
	tagEmail   = "Mailing"
	tagJobs    = "Jobs"
	tagHooks   = "Web hooks"
	tagReaders = "Readers"
	tagService = "The service"
)

// probes are asked by machines that look after this one, by address and often.
var probes = map[string]bool{"/livez": true, "/readyz": true}

// handle registers a route. I has its parameters and Body, O its headers and Body,
// by the rules of huma (https://huma.rocks/features/request-inputs/).
func handle[I, O any](s *Server, r route, do func(context.Context, *I) (*O, error)) {
	r.inspect(reflect.TypeFor[I]())
	r.limited = !probes[r.Path] && !r.Unlimited
	if r.MaxBody == 0 {
		r.MaxBody = s.config.Settings.MaxBody
	}
	if r.Timeout == 0 {
		r.Timeout = s.config.Settings.RequestTimeout
	}
	r.number = len(s.routes)
	s.routes[r.Method+" "+r.Path] = &r
	codes := r.codes()
	arrival := s.config.Settings.BodyTimeout
	if r.Signed {
		arrival = min(arrival, hookArrival)
	}
	operation := r.operation(s.api.OpenAPI().Components.Schemas, arrival)
	huma.Register(s.api, operation, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			f := s.explain(ctx, err)
			if !slices.Contains(codes, f.Code()) {
				s.log.ErrorContext(ctx, "a problem that is not documented", "route", r.ID, "problem", f.Code())
			}
			return nil, f
		}
		return out, nil
	})
}

// codes are all problems that the route may give: its own, and those of what
// stands before its handler.
func (r *route) codes() []problem.Code {
	all := slices.Clone(r.Problems)
	add := func(codes ...problem.Code) {
		for _, c := range codes {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	if r.hasQuery || r.hasParsed {
		add(problem.BadRequest)
	}
	if r.hasBody || r.hasRaw {
		add(problem.BadRequest, problem.TooLarge)
	}
	if r.hasBody { // a raw one may be of any type: the handler decides
		add(problem.UnsupportedMedia)
	}
	if r.Scope != "" {
		add(problem.Unauthorized, problem.Busy) // keys that cannot be read
	}
	if r.limited {
		add(problem.Forbidden, problem.RateLimited) // another Host; too many requests
	}
	add(problem.MethodNotAllowed, problem.Internal)
	slices.SortFunc(all, func(a, b problem.Code) int { return order(a) - order(b) })
	return all
}

// order is a code's place in the documentation.
func order(c problem.Code) int {
	return slices.IndexFunc(problem.Codes, func(k problem.Kind) bool { return k.Code == c })
}

// guard stands before a route's handler.
func (s *Server) guard(route *route, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := infoFrom(r.Context())
		info.route = route
		refused := s.authenticate(r, route)
		s.allowOrigin(w, r, route)
		switch {
		case route.Signed:
			if !s.tolerate(w, r) {
				return
			}
			defer s.countRefusal(w, r)
			leave, err := s.enterHook(r)
			if err != nil {
				w.Header().Set("Connection", "close") // its body is not read
				s.fail(w, r, err)
				return
			}
			defer leave()
		case route.limited && !s.allow(w, r):
			return
		}
		if refused != nil {
			s.fail(w, r, refused)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), route.Timeout)
		defer cancel()
		r = r.WithContext(ctx)
		if r.Body != nil && r.Body != http.NoBody {
			if !s.boundBody(w, r, route) {
				return
			}
		}
		if s.fault != nil {
			s.fault(route)
		}
		next(w, r)
	})
}

// boundBody sees to it that no more of a body is read than the route takes. What
// announces itself as more is refused before it is sent.
func (s *Server) boundBody(w http.ResponseWriter, r *http.Request, route *route) bool {
	most := route.MaxBody
	if r.ContentLength > most {
		w.Header().Set("Connection", "close")
		s.fail(w, r, problem.Newf(problem.TooLarge, "the body has %d bytes, and at most %d are read", r.ContentLength, most))
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	return true
}
