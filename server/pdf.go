package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/internal/store"
)

// printProblems are what making a document may end in.
var printProblems = []problem.Code{
	problem.NotAnArticle, problem.FetchRefused, problem.FetchFailed, problem.RenderFailed, problem.TooLarge,
	problem.RateLimited, problem.Busy, problem.Timeout,
}

func (s *Server) pdfRoutes() {
	handle(s, route{
		ID: "make-pdf", Method: http.MethodPost, Path: "/v1/pdf", Tag: tagPrint, Scope: Print,
		Summary: "Print an article",
		About: "Answers with the PDF. After 8 seconds, or as long as `Prefer: wait=N` says, it becomes " +
			"a job instead (202), whose `result.pdf` " +
			"is the document's address. `Prefer: respond-async`, or a `callback`, makes it a job at once.\n\n" +
			"A print counts against the key's quota when it is accepted, whether the store has the document or not, " +
			"and whether it goes well or not; " +
			"a repeat with the same `Idempotency-Key` does not, nor does what is refused because there is too much to do.\n\n" +
			boundAbout,
		Produces: pdfType,
		Also:     map[int]string{http.StatusAccepted: "A job; the header Location is its address."},
		Gives:    map[int]any{http.StatusAccepted: Job{}},
		Problems: append([]problem.Code{problem.IdempotencyMismatch}, printProblems...),
		Curl:     `curl -OJ {base}/v1/pdf --json '{"url": "https://news.example/a.html", "font_size": "large"}'`,
	}, s.makePDF)
	handle(s, route{
		ID: "find-pdf", Method: http.MethodGet, Path: "/v1/pdf", Tag: tagPrint, Scope: Print, Public: true,
		Summary: "Print the article at an address",
		About: "Leads to the document, which is made when it is not there yet. The page is read again after five minutes, " +
			"or when a web hook says that it changed. " +
			"Without a key it is there for the site's own pages, under their own title, author, date and logo: " +
			"else anybody could have the site's service print what it never said.",
		Status:   http.StatusFound,
		Problems: printProblems,
		Curl:     `curl -LOJ '{base}/v1/pdf?url=https://news.example/a.html&font_size=large'`,
	}, s.findPDF)
	handle(s, route{
		ID: "get-pdf", Method: http.MethodGet, Path: "/v1/pdf/{file}", Tag: tagPrint, ForPages: true,
		Summary: "Get a document",
		About: "The document of this name never changes, so it may be kept for ever. " +
			"Whoever knows its address may have it. It can be asked for in parts (Range).",
		Produces: pdfType,
		Problems: []problem.Code{problem.NotFound, problem.PreconditionFailed, problem.RangeNotSatisfiable},
		Curl:     `curl -OJ {base}/v1/pdf/0f4d…9a.pdf`,
	}, s.getPDF)
	s.inParts("/v1/pdf/{file}")
}

const (
	pdfType = "application/pdf"

	// The quotas that a key may have.
	quotaPrints = "prints"
	quotaMails  = "mails"

	// defaultWait is for how long a document is waited for before it becomes a job.
	defaultWait = 8 * time.Second
)

// Callback says who is told what became of a job.
type Callback struct {
	Callback     string `json:"callback,omitempty" reader:"server" doc:"Address that is told what became of it, signed by Standard Webhooks." example:"https://cms.example/offprint"`
	CallbackData opaque `json:"callback_data,omitempty" reader:"server" doc:"Anything, 2 kB at most, that comes back in each call."`
}

// PDFRequest is what to print, and whom to tell.
type PDFRequest struct {
	PrintRequest
	Callback
}

type pdfInput struct {
	Prefer string `header:"Prefer" doc:"respond-async: answer with a job at once. wait=N: wait N seconds, at most 30, before it becomes one (RFC 7240)." example:"respond-async"`
	Repeatable
	Body PDFRequest
}

// Resolve joins what stands in several Prefer headers (RFC 7240 §2).
func (in *pdfInput) Resolve(ctx huma.Context) []error {
	r, _ := humago.Unwrap(ctx)
	in.Prefer = strings.Join(r.Header.Values("Prefer"), ",")
	return nil
}

func (s *Server) makePDF(ctx context.Context, in *pdfInput) (*response, error) {
	// 1. What is asked for, and may it be?
	request, err := s.pressRequest(ctx, &in.Body)
	if err != nil {
		return nil, err
	}
	prefer, err := parsePrefer(in.Prefer)
	if err != nil {
		return nil, err
	}
	job, err := s.submission(queue.PDF, printOrder{s.orderer(ctx), request}, in.Body.Callback)
	if err != nil {
		return nil, err
	}
	job.Source = request.Source()
	if job.Once, err = s.once(ctx, "make-pdf", in.Repeatable, &in.Body); err != nil {
		return nil, err
	}
	if repeat, err := s.repeat(ctx, job.Once); repeat != nil || err != nil {
		return repeat, err
	}
	if err := s.take(ctx, quotaPrints, 1); err != nil {
		return nil, err
	}
	// 2. It is made while the caller waits.
	wait := prefer.patience(s.wait)
	if in.Body.Callback.Callback != "" {
		wait = 0
	}
	if end, ok := ctx.Deadline(); ok {
		wait = min(wait, time.Until(end)*3/4) // there is time left to say so
	}
	if wait > 0 {
		printed, err := s.printWithin(ctx, request, wait)
		if err == nil {
			return s.printedResponse(ctx, printed, prefer)
		}
		if !errors.Is(err, errLate) {
			s.giveBackPrint(ctx, err)
			return nil, err
		}
	}
	// 3. Or later. The worker finds in the store what was made meanwhile.
	return s.accept(ctx, job, prefer)
}

// giveBackPrint takes back what was counted for a print that was not begun.
func (s *Server) giveBackPrint(ctx context.Context, err error) {
	if errors.As(err, new(*press.BusyError)) {
		s.giveBack(ctx, quotaPrints, 1)
	}
}

var errLate = errors.New("not ready in time")

// printWithin waits for a document, and gives errLate when that takes too long.
// It goes on being made then; but not when the caller has hung up.
func (s *Server) printWithin(ctx context.Context, r *press.Request, wait time.Duration) (*press.Print, error) {
	type result struct {
		printed *press.Print
		err     error
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan result, 1)
	go func() {
		defer cancel()
		defer func() {
			if v := recover(); v != nil {
				done <- result{err: fmt.Errorf("panic: %v\n%s", v, debug.Stack())}
			}
		}()
		printed, err := s.config.Press.Print(work, r)
		done <- result{printed, err}
	}()
	patience := time.NewTimer(wait)
	defer patience.Stop()
	select {
	case made := <-done:
		return made.printed, made.err
	case <-patience.C:
		return nil, errLate
	case <-ctx.Done():
		cancel()
		return nil, ctx.Err()
	}
}

// printedResponse is the document itself.
func (s *Server) printedResponse(ctx context.Context, printed *press.Print, prefer preference) (*response, error) {
	object, err := s.config.Store.Open(ctx, printed.Key)
	if err != nil {
		return nil, err
	}
	return respond(func(w http.ResponseWriter, r *http.Request) {
		defer object.Close()
		h := w.Header()
		describePDF(h, object)
		prefer.applied(h, false)
		h.Set("Content-Location", printed.Path())
		h.Set("Content-Length", strconv.FormatInt(object.Size, 10))
		if _, err := io.Copy(w, object); err != nil {
			// Half a PDF must not look like a whole one.
			panic(http.ErrAbortHandler)
		}
	}), nil
}

// warningsHeader counts a document's warnings by their codes. It is missing when there
// are none.
const warningsHeader = "Offprint-Warnings"

// describePDF sets the headers that a document has wherever it is given out.
func describePDF(h http.Header, object *store.Object) {
	h.Set("Content-Type", pdfType)
	h.Set("Content-Disposition", disposition("inline", object.Name))
	h.Set("ETag", etag(object))
	h.Set("Offprint-Pages", strconv.Itoa(object.Pages))
	if line := press.WarningLine(object.Warned); line != "" {
		h.Set(warningsHeader, line)
	}
	// Browsers show a PDF with a page and a style of their own, which a strict
	// policy would forbid them.
	h.Set("Content-Security-Policy", "frame-ancestors 'self'")
	h.Set("X-Robots-Tag", "noindex") // the article itself is to be found
}

type findInput struct {
	URL string `query:"url" required:"true" doc:"Address of the article's page." example:"https://news.example/a.html"`
	offprint.PrintOptions
}

type findOutput struct {
	Location     string `header:"Location" doc:"The document."`
	CacheControl string `header:"Cache-Control"`
	Pages        int    `header:"Offprint-Pages" doc:"How many pages it has."`
	Warnings     string `header:"Offprint-Warnings" doc:"What it lacks or what was guessed: how many warnings of each code. Missing: none." example:"missing-glyph=3, picture-failed=1"`
}

func (s *Server) findPDF(ctx context.Context, in *findInput) (*findOutput, error) {
	request, err := s.pressRequest(ctx, &PrintRequest{URL: in.URL, PrintOptions: in.PrintOptions})
	if err != nil {
		return nil, err
	}
	if err := s.take(ctx, quotaPrints, 1); err != nil {
		return nil, err
	}
	printed, err := s.config.Press.Print(ctx, request)
	if err != nil {
		s.giveBackPrint(ctx, err)
		return nil, err
	}
	out := &findOutput{Location: printed.Path(), Pages: printed.Meta.Pages, CacheControl: sharedWay}
	out.Warnings = press.WarningLine(printed.Meta.Warned)
	if infoFrom(ctx).caller.key != nil {
		out.CacheControl = ownWay // what a key opens is not for everybody
	}
	return out, nil
}

// How long the way to a document may be remembered: short, since an article may
// be corrected or withdrawn.
const (
	sharedWay = "public, max-age=60, s-maxage=120, stale-while-revalidate=300"
	ownWay    = "private, max-age=60"
)

type fileInput struct {
	File string `path:"file" doc:"The document's name: 64 hexadecimal digits and .pdf."`
}

func (s *Server) getPDF(ctx context.Context, in *fileInput) (*response, error) {
	object, err := s.open(ctx, strings.TrimSuffix(in.File, ".pdf"), strings.HasSuffix(in.File, ".pdf"))
	if err != nil {
		return nil, err
	}
	if object.Type != pdfType {
		object.Close() // what a document is made of lies beside it
		return nil, store.ErrNotFound
	}
	return s.immutable(object, func(h http.Header) { describePDF(h, object) }), nil
}

// open gives the object of a name in an address.
func (s *Server) open(ctx context.Context, name string, whole bool) (*store.Object, error) {
	key, err := store.ParseKey(name)
	if err != nil || !whole {
		return nil, store.ErrNotFound
	}
	return s.config.Store.Open(ctx, key)
}
