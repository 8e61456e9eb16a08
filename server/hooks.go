package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"offprint/internal/fetch"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/server/hook"
)

func (s *Server) hookRoutes() {
	handle(s, route{
		ID: "receive-hook", Method: http.MethodPost, Path: "/v1/hooks/{name}", Tag: tagHooks, Status: http.StatusAccepted,
		Summary: "Tell of an article that was published, changed or taken back",
		About: "For content management systems. Who sends is shown by a signature or a secret, " +
			"as the section `[hooks.NAME]` of the configuration says. " +
			"The answer comes when the work is on the disk, before any of it is done. " +
			"The same delivery again does nothing.\n\n" +
			"Published or changed: what was printed of it is forgotten, and the configured variants are printed anew. " +
			"Published for the first time: it is mailed to the configured lists. " +
			"Taken back, or no longer for everybody: its documents are deleted and mail that is not sent yet is cancelled.",
		MaxBody: s.hookBody(), Signed: true,
		Problems: []problem.Code{
			problem.NotFound, problem.Unauthorized, problem.Forbidden, problem.FetchRefused,
			problem.UnsupportedMedia, problem.MailRefused, problem.Busy,
		},
		Curl: `curl {base}/v1/hooks/cms --json '{"event": "published", "url": "https://news.example/a.html"}'` +
			` -H 'Authorization: Bearer SECRET'`,
	}, s.receiveHook)
	body := s.api.OpenAPI().Paths["/v1/hooks/{name}"].Post.RequestBody
	body.Required = false // some try a hook out with nothing
	delete(body.Content, "application/octet-stream")
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data"} {
		body.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Description: "As the system sends it."}}
	}
}

// hookBody is how much is read of a delivery: a byte more than the most generous
// hook takes, each of which refuses what is too large for it.
func (s *Server) hookBody() int64 {
	var most int64
	for _, r := range s.config.Hooks {
		most = max(most, int64(r.MaxBody())+1)
	}
	if most == 0 {
		return s.config.Settings.MaxBody
	}
	return min(most, s.config.Settings.MaxBody)
}

// hookTime is for how long a hook's work is put on the queue, whether its sender
// waits or not.
const hookTime = 30 * time.Second

// HookAnswer is what was made of a delivery.
type HookAnswer struct {
	Event    string    `json:"event" doc:"The same for repeats of a delivery."`
	What     hook.What `json:"what" enum:"publish,update,withdraw,ignore"`
	Reason   string    `json:"reason,omitempty" doc:"Why there is nothing to do."`
	Jobs     []string  `json:"jobs" nullable:"false" doc:"Jobs that do what is to be done."`
	Held     []string  `json:"held,omitempty" nullable:"false" doc:"Jobs that failed at once, because the hook has mailed as many articles within the hour as its max_per_hour lets it."`
	Repeated bool      `json:"repeated,omitempty" doc:"It came before; nothing was done."`
}

type hookInput struct {
	Name    string `path:"name" doc:"The hook's name."`
	RawBody []byte
	request *http.Request
}

// Resolve keeps the request, all of whose headers may be signed.
func (in *hookInput) Resolve(ctx huma.Context) []error {
	in.request, _ = humago.Unwrap(ctx)
	return nil
}

type hookOutput struct {
	Body *HookAnswer
}

func (s *Server) receiveHook(ctx context.Context, in *hookInput) (*hookOutput, error) {
	// 1. Who sends, and what happened?
	receiver := s.config.Hooks[in.Name]
	if receiver == nil {
		return nil, noHook()
	}
	event, err := receiver.Receive(&hook.Request{
		Method: in.request.Method, Path: in.request.URL.RequestURI(), Header: in.request.Header, Body: in.RawBody,
	}, s.now())
	if err != nil {
		return nil, explainHook(err)
	}
	infoFrom(ctx).source = sourceHash(event.URL)
	if err := s.permitEvent(event); err != nil {
		return nil, err
	}
	// 2. Put it on the queue, even if the sender does not wait: what is then done is
	// found to be done by its next try.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), hookTime)
	defer cancel()
	answer, err := s.follow(ctx, receiver, event)
	if err != nil {
		return nil, err
	}
	return &hookOutput{answer}, nil
}

// permitEvent tells the sender at once of an article that is not at the site, and
// not a job that fails later.
func (s *Server) permitEvent(e *hook.Event) error {
	if e.What != hook.Publish && e.What != hook.Update || len(s.config.PublicHosts) == 0 {
		return nil
	}
	u, err := url.Parse(e.URL)
	if err == nil && fetch.HostIn(u.Hostname(), s.config.PublicHosts) {
		return nil
	}
	return problem.New(problem.FetchRefused, "the article's address is not at one of the site's hosts",
		"compare url_path or url_template of the hook with what the system sends, or add the host to site.hosts")
}

// explainHook makes a problem of a refusal. Its words hold no secret.
func explainHook(err error) error {
	var refused *hook.Error
	if !errors.As(err, &refused) {
		return err
	}
	return problem.New(problem.Code(refused.Kind), refused.Err.Error(), refused.Hint())
}

// follow does what an event calls for, unless it was done before.
func (s *Server) follow(ctx context.Context, r *hook.Receiver, e *hook.Event) (*HookAnswer, error) {
	answer := &HookAnswer{Event: e.ID, What: e.What, Reason: e.Reason, Jobs: []string{}}
	run := &hookRun{Server: s, hook: r, event: e, answer: answer}
	if e.What == hook.Ignore {
		return run.answer, nil
	}
	if err := run.recall(ctx); err != nil {
		return nil, fmt.Errorf("follow hook %s: %w", r.Name(), err)
	}
	if run.answer.Repeated {
		return run.answer, nil
	}
	if err := run.do(ctx); err != nil {
		return nil, fmt.Errorf("follow hook %s: %w", r.Name(), err)
	}
	return run.answer, nil
}

// checkHooks refuses hooks that cannot be served as they are.
func (s *Server) checkHooks() error {
	for name, r := range s.config.Hooks {
		if r.Unverified() && s.public != nil {
			return fmt.Errorf("hooks.%s.verify is none, and site.public_url is set: anybody could have articles mailed; "+
				"set verify and secret_file", name)
		}
		for _, action := range r.Actions(hook.Publish) {
			if action.Email == "" {
				continue
			}
			if err := s.config.Press.CheckLetter(&press.Letter{Request: press.Request{HTML: "-"}}); err != nil {
				return fmt.Errorf("hooks.%s.actions has %s: %w", name, action, err)
			}
			if _, err := s.list(action.Email); err != nil {
				return fmt.Errorf("hooks.%s.actions has %s: %w", name, action, err)
			}
		}
	}
	return nil
}
