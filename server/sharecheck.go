package server

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/go-chi/httprate"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
	"offprint/server/readers"
)

// readerRequest is the request for the article of a page that carries a token. A
// problem says that the form is not for it.
func (s *Server) readerRequest(
	ctx context.Context, address, token string, options offprint.PrintOptions,
) (*press.Request, error) {
	form := s.config.Readers
	if form == nil {
		return nil, problem.New(problem.NotFound, "readers cannot mail articles here",
			"the operator turns it on by readers.enabled in the configuration")
	}
	if err := readers.CheckToken(form.Secrets(), address, token, s.now()); err != nil {
		return nil, problem.New(problem.Forbidden, err.Error(),
			"load the page once more; the publisher finds in the guide how tokens are made")
	}
	infoFrom(ctx).caller.public = true // the site's own pages alone, as they stand
	return s.pressRequest(ctx, &PrintRequest{URL: address, PrintOptions: options})
}

// solved gives the challenge of a letter for which the work was done. A problem says
// that it was not.
func (s *Server) solved(in *ShareRequest) (*readers.Challenge, error) {
	challenge, err := readers.ReadChallenge(s.config.Readers.Key, in.URL, in.Challenge)
	if err == nil {
		err = challenge.Check(in.Solution, s.now())
	}
	switch {
	case err == nil:
		return challenge, nil
	case errors.Is(err, readers.ErrSoon):
		refused := problem.New(problem.RateLimited, err.Error(), "")
		return nil, retryLater(refused, challenge.NotBefore().Sub(s.now()))
	}
	return nil, problem.New(problem.Forbidden, err.Error(), "ask for a new challenge, and solve that")
}

// checkShare gives the recipients of a letter. A problem says what in it a reader may
// not send; it never depends on what is known of an address.
func (s *Server) checkShare(in *ShareRequest) ([]mailer.Recipient, error) {
	if err := readers.CheckName(in.Sender); err != nil {
		return nil, problem.New(problem.BadRequest, err.Error(), "give a name of at most 40 letters, or none")
	}
	if in.Note != "" && !s.config.Readers.Note {
		return nil, problem.New(problem.BadRequest, "note: the publisher takes none", "leave it out")
	}
	if err := readers.CheckNote(mailer.OneLine(in.Note)); err != nil {
		return nil, problem.New(problem.BadRequest, err.Error(), "write a few words without addresses, or none")
	}
	if err := readers.CheckLanguage(in.Lang); err != nil {
		return nil, problem.New(problem.BadRequest, err.Error(), "")
	}
	if len(in.To) == 0 || len(in.To) > readers.MostRecipients {
		detail := fmt.Sprintf("to: %d recipients are named", len(in.To))
		return nil, problem.New(problem.BadRequest, detail, fmt.Sprintf("give 1 to %d", readers.MostRecipients))
	}
	var all []mailer.Recipient
	seen := map[string]bool{}
	for i, text := range in.To {
		a, err := mailer.ParseAddress(text)
		if err != nil {
			detail := fmt.Sprintf("to[%d] is no mail address", i)
			return nil, problem.New(problem.BadRequest, detail, "correct it, or leave it out")
		}
		if box := mailboxOf(a); !seen[box] {
			seen[box] = true
			all = append(all, mailer.Recipient{Address: a, Lang: in.Lang, FontSize: in.FontSize})
		}
	}
	return all, nil
}

// mailboxOf is an address without what its owner may add before the @: many providers
// deliver name+anything to name.
func mailboxOf(a mailer.Address) string {
	local, _, _ := strings.Cut(a.Key(), "@")
	if name, _, tagged := strings.Cut(local, "+"); tagged && name != "" {
		local = name
	}
	return strings.ToLower(local) + "@" + a.Domain()
}

// countShare has a letter counted by who sends it, to which providers, of which article
// and, without a word, to whom. Names of what is counted are hashes.
func (s *Server) countShare(ctx context.Context, job *queue.Submission, address string) {
	form := s.config.Readers.WithDefaults()
	count := func(scope, name string, most int, span time.Duration, n int) queue.Quota {
		return queue.Quota{Scope: "readers " + scope, Name: s.hidden(name), Most: most, Span: span, Take: n}
	}
	domains := map[string]int{}
	for _, r := range job.Recipients {
		domains[r.Address.Domain()]++
		job.Silent = append(job.Silent,
			count(countRecipient, mailboxOf(r.Address), readers.PerRecipientPerDay, 24*time.Hour, 1))
	}
	n := len(job.Recipients)
	client := httprate.CanonicalizeIP(infoFrom(ctx).client.String())
	job.Quotas = append(job.Quotas, count(countIP, client, form.PerIPPerDay, 24*time.Hour, n))
	for _, domain := range sortedKeys(domains) {
		job.Quotas = append(job.Quotas, count(countDomain, domain, form.PerDomainPerHour, time.Hour, domains[domain]))
	}
	job.Quotas = append(job.Quotas, count(countArticle, address, form.PerArticlePerHour, time.Hour, n))
}

// What letters are counted by.
const (
	countIP        = "ip"
	countDomain    = "domain"
	countArticle   = "article"
	countRecipient = "recipient"
)

// usedUp tells which limit a letter is above.
var usedUp = map[string]string{
	"readers " + countIP:      "from this connection no more letters are taken today",
	"readers " + countDomain:  "to this mail provider no more letters are taken within the hour",
	"readers " + countArticle: "of this article no more letters are taken within the hour",
}

// hidden is a name for what must not stand in the database.
func (s *Server) hidden(name string) string {
	h := hmac.New(sha256.New, s.config.Readers.Key)
	h.Write([]byte("count\n" + name))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// onceFor ties a letter to its challenge: a repeat does nothing and is answered as the
// first was.
func onceFor(job *queue.Submission, c *readers.Challenge, in *ShareRequest) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	const scope = "readers challenge"
	job.Once = &queue.Once{
		Scope: scope, Key: c.ID, Body: sha256.Sum256(text),
		Reply: func(*queue.Job) (int, []byte) { return http.StatusAccepted, []byte("{}") },
	}
	// Jobs, and with them their keys, may be forgotten sooner.
	job.Unless = &queue.Note{Scope: scope, Name: c.ID, Expires: c.Expires().Add(time.Hour)}
	return nil
}

// noteForm counts what became of a letter, by reason, and makes a problem of a limit.
func (s *Server) noteForm(err error) error {
	var over *queue.QuotaError
	var later *laterError
	switch {
	case err == nil:
		s.metrics.ReaderForm("accepted")
	case errors.Is(err, errTrap):
		s.metrics.ReaderForm("trap")
		return nil
	case errors.As(err, &over):
		_, scope, _ := strings.Cut(over.Quota.Scope, " ")
		s.metrics.ReaderForm("limit-" + scope)
		return retryLater(problem.New(problem.RateLimited, usedUp[over.Quota.Scope], ""), over.After)
	case errors.As(err, &later):
		s.metrics.ReaderForm("soon")
	default:
		told, _ := press.Explain(err)
		code := told.Code()
		if errors.Is(err, queue.ErrMismatch) {
			code = problem.IdempotencyMismatch
		}
		s.metrics.ReaderForm(string(code))
	}
	return err
}

func sortedKeys(m map[string]int) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
