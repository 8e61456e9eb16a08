package server

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
	"offprint/server/hook"
)

// hookRun puts on the queue what one event calls for. What fits into one transaction
// is done in one, with the note that it was done. What does not fit may be broken
// off; the delivery's repeat then does the rest.
type hookRun struct {
	*Server
	hook   *hook.Receiver
	event  *hook.Event
	past   pastArticle // what is remembered of it
	turn   int         // its turn with this event
	answer *HookAnswer

	waiting []*queue.Job // prints of the article that are not begun
	jobs    []hookJob
}

// hookJob is a job of a hook.
type hookJob struct {
	queue.Submission
	list string // that is mailed; "" for a print
	part int    // of a long list: the first stands for all with the ceiling
}

// scope is that of a kind of the hook's notes and idempotency keys.
func (run *hookRun) scope(kind string) string { return "hook " + run.hook.Name() + " " + kind }

func (run *hookRun) do(ctx context.Context) error {
	// 1. Taken back, or for members alone: what is still to be done about it is
	// cancelled.
	if run.gone() {
		if err := run.withdraw(ctx); err != nil {
			return err
		}
	}
	// 2. What was printed of it is out of date, also where it was before.
	for _, address := range run.addresses() {
		if _, err := run.config.Press.Purge(ctx, address); err != nil {
			return err
		}
	}
	// 3. Published or changed: print it anew, and mail it if that was not done yet.
	if !run.gone() {
		if err := run.publish(ctx); err != nil {
			return err
		}
	}
	return run.commit(ctx)
}

// commit puts the jobs on the queue and notes that it was done. A long list goes
// there in parts, so that others get their turn at the database.
func (run *hookRun) commit(ctx context.Context) error {
	recipients := 0
	for i := range run.jobs {
		recipients += len(run.jobs[i].Recipients)
	}
	if recipients > listPart {
		if err := run.commitParts(ctx); err != nil {
			return err
		}
	}
	all := make([]queue.Submission, len(run.jobs))
	for i := range run.jobs {
		all[i] = run.jobs[i].Submission
	}
	told, held := len(run.answer.Jobs), len(run.answer.Held)
	receipts, err := run.config.Queue.SubmitAll(ctx, all, func(receipts []*queue.Receipt) ([]queue.Note, error) {
		run.answer.Jobs, run.answer.Held = run.answer.Jobs[:told], run.answer.Held[:held]
		run.tell(receipts)
		return run.memory()
	})
	if err == nil {
		run.report(receipts)
	}
	return err
}

// commitParts puts the jobs on the queue one by one. Where the first part of a list is
// held, the others are not mailed either.
func (run *hookRun) commitParts(ctx context.Context) error {
	held := map[string]bool{} // lists
	for i := range run.jobs {
		job := &run.jobs[i]
		if job.part > 0 && held[job.list] {
			continue
		}
		receipts, err := run.config.Queue.SubmitAll(ctx, []queue.Submission{job.Submission}, nil)
		if err != nil {
			return err
		}
		run.tell(receipts)
		run.report(receipts)
		if job.part == 0 {
			held[job.list] = isHeld(receipts[0])
		}
	}
	run.jobs = nil
	return nil
}

// tell puts jobs into the answer.
func (run *hookRun) tell(receipts []*queue.Receipt) {
	for _, r := range receipts {
		switch {
		case r.Noted:
		case isHeld(r):
			run.answer.Held = append(run.answer.Held, r.Job.ID)
		default:
			run.answer.Jobs = append(run.answer.Jobs, r.Job.ID)
		}
	}
}

// isHeld reports whether a submission was above its ceiling, now or when it came first.
func isHeld(r *queue.Receipt) bool {
	return r.Held || r.Replayed && r.Job != nil && r.Job.Error != nil && r.Job.Error.Code() == problem.RateLimited
}

// report has the operator see what was held.
func (run *hookRun) report(receipts []*queue.Receipt) {
	for _, r := range receipts {
		if !r.Held {
			continue
		}
		run.metrics.MailingHeld(run.hook.Name())
		run.log.Warn("a hook mails no more in this hour, so an article was not mailed", "hook", run.hook.Name(),
			"max_per_hour", run.hook.MaxPerHour(), "article", run.event.URL, "job", r.Job.ID)
	}
}

// ceiling is that of the hook's mail.
func (run *hookRun) ceiling(list string) *queue.Ceiling {
	most := run.hook.MaxPerHour()
	held := problem.Newf(problem.RateLimited,
		"the hook %s has had %d articles mailed within an hour, as many as it may: this one was not mailed to the list %s",
		run.hook.Name(), most, list)
	held.Hint = fmt.Sprintf("mail it by POST /v1/email; where a newsroom publishes more, raise hooks.%s.max_per_hour",
		run.hook.Name())
	return &queue.Ceiling{Scope: run.scope("ceiling"), Name: list, Most: most, Problem: *held}
}

// addresses are that of the article and the one that it was known by before.
func (run *hookRun) addresses() []string {
	var all []string
	for _, address := range []string{run.event.URL, run.past.URL} {
		if address != "" && !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	return all
}

// withdraw cancels what is still to be done about the article. Mail that nobody
// got may go out when the article comes back.
func (run *hookRun) withdraw(ctx context.Context) error {
	addresses := run.addresses()
	if run.event.Restricted {
		run.answer.Reason = "the article is not for everybody, so it is neither printed nor mailed"
	}
	if len(addresses) == 0 {
		run.answer.Reason = "no address is known of this article: nothing was printed of it"
	}
	for _, address := range addresses {
		if _, err := run.config.Queue.CancelSource(ctx, press.Source(address)); err != nil {
			return err
		}
	}
	for _, a := range run.hook.Actions(hook.Publish) {
		if a.Email == "" {
			continue
		}
		for part := 0; ; part++ {
			more, err := run.forgetUnsent(ctx, run.mailed(a.Email, part))
			if err != nil {
				return err
			}
			if !more {
				break
			}
		}
	}
	return nil
}

// forgetUnsent drops the note of mail of which nothing went out. It reports
// whether there was such a note.
func (run *hookRun) forgetUnsent(ctx context.Context, n *queue.Note) (bool, error) {
	note, err := run.config.Queue.Note(ctx, n.Scope, n.Name)
	if note == nil || err != nil {
		return false, err
	}
	job, err := run.config.Queue.Job(ctx, note.Value)
	if errors.Is(err, queue.ErrNotFound) {
		return true, nil // it was done long ago
	}
	if err != nil {
		return false, err
	}
	unsent := func(d queue.Delivery) bool { return d.State == mailer.Cancelled }
	if job.State != queue.Cancelled || !allOf(job.Deliveries, unsent) {
		return true, nil
	}
	return true, run.config.Queue.DropNote(ctx, n.Scope, n.Name)
}

// mailed names the note that a list, or a part of a long one, got the article.
func (run *hookRun) mailed(list string, part int) *queue.Note {
	return &queue.Note{Scope: run.scope("mailed " + list), Name: fmt.Sprintf("%s #%d", run.name(), part)}
}

// publish submits the jobs of the hook's actions. The first address to be called
// is that of all of them; each other gets a job of its own, whose document is
// there already.
func (run *hookRun) publish(ctx context.Context) error {
	var err error
	waiting := queue.Filter{Source: press.Source(run.event.URL), State: queue.Queued, Kind: queue.PDF}
	run.waiting, err = run.config.Queue.Jobs(ctx, waiting)
	if err != nil {
		return err
	}
	actions := run.hook.Actions(run.event.What)
	var calls []string
	var first *offprint.PrintOptions // variant
	for _, a := range actions {
		if a.Call != "" {
			calls = append(calls, a.Call)
		}
		if a.Render != nil && first == nil {
			first = a.Render
		}
	}
	call := ""
	if len(calls) > 0 {
		call = calls[0]
	}
	told := false
	for i, a := range actions {
		var err error
		switch name := fmt.Sprint(i); {
		case a.Render != nil:
			told, err = true, run.print(name, *a.Render, call)
		case a.Email != "":
			told, err = true, run.mail(name, a.Email, call)
		}
		if err != nil {
			return err
		}
	}
	if first == nil {
		first = &offprint.PrintOptions{}
	}
	for i, address := range calls {
		if i == 0 && told {
			continue
		}
		if err := run.print(fmt.Sprint("call ", i), *first, address); err != nil {
			return err
		}
	}
	return nil
}

// request is what is printed: the page, which has the authors, the date and the
// captions that the text in an event lacks; and that text only where the
// configuration asks for it.
func (run *hookRun) request(o offprint.PrintOptions) *press.Request {
	o.Lang = cmp.Or(o.Lang, run.event.Lang)
	r := &press.Request{PrintOptions: o}
	if run.event.HTML == "" || !run.hook.BringsText() {
		r.URL = run.event.URL
	} else {
		r.HTML, r.BaseURL = wholePage(run.event), run.event.URL
	}
	return r
}

// wholePage puts a text that is only an article's body into a page with its
// title.
func wholePage(e *hook.Event) string {
	if isPage(e.HTML) {
		return e.HTML
	}
	title, lang := template.HTMLEscapeString(e.Title), template.HTMLEscapeString(e.Lang)
	return `<!DOCTYPE html><html lang="` + lang + `"><head><title>` + title + `</title></head>` +
		`<body><article><h1 data-offprint="title">` + title + `</h1>` +
		`<div data-offprint="body">` + e.HTML + `</div></article></body></html>`
}

// isPage reports whether HTML is a whole page, by what stands near its beginning.
func isPage(html string) bool {
	const beginning = 2000 // bytes
	lower := strings.ToLower(html[:min(len(html), beginning)])
	return strings.Contains(lower, "<html") || strings.Contains(lower, "<body")
}

func (run *hookRun) print(name string, o offprint.PrintOptions, call string) error {
	request := run.request(o)
	if err := run.config.Press.Check(request); err != nil {
		return err
	}
	job, err := run.job(queue.PDF, printOrder{run.orderer(), request}, name, call)
	if err != nil {
		return err
	}
	// A system that fires twice has the same asked for while it still waits.
	for _, w := range run.waiting {
		if w.Attempts == 0 && string(w.Request) == string(job.Request) && w.Callback == job.Callback {
			run.answer.Jobs = append(run.answer.Jobs, w.ID)
			return nil
		}
	}
	run.jobs = append(run.jobs, hookJob{Submission: *job})
	return nil
}

func (run *hookRun) mail(name, list, call string) error {
	letter := &press.Letter{Request: *run.request(offprint.PrintOptions{})}
	if err := run.config.Press.CheckLetter(letter); err != nil {
		return err
	}
	all, err := run.list(list)
	if err != nil {
		return err
	}
	part := 0
	for some := range slices.Chunk(all, listPart) {
		job, err := run.job(queue.Email, letterOrder{run.orderer(), letter}, fmt.Sprint(name, " ", part), call)
		if err != nil {
			return err
		}
		job.Recipients, job.Unless = some, run.mailed(list, part)
		if part == 0 {
			job.Ceiling = run.ceiling(list)
		}
		run.jobs = append(run.jobs, hookJob{Submission: *job, list: list, part: part})
		part++
	}
	return nil
}

func (run *hookRun) orderer() orderer { return orderer{By: "hook " + run.hook.Name()} }

// job makes a submission that is done once an event.
func (run *hookRun) job(kind queue.Kind, order any, name, call string) (*queue.Submission, error) {
	var data []byte
	if call != "" {
		var err error
		data, err = json.Marshal(map[string]string{
			"hook": run.hook.Name(), "event": run.event.ID,
			"what": string(run.event.What), "article": run.event.Article,
		})
		if err != nil {
			return nil, err
		}
	}
	job, err := run.submission(kind, order, Callback{Callback: call, CallbackData: data})
	if err != nil {
		return nil, err
	}
	job.Source = press.Source(run.event.URL)
	job.Once = &queue.Once{
		Scope: run.scope("job"),
		Key:   fmt.Sprintf("%s %d %s", run.event.ID, run.turn, name),
		Body:  sha256.Sum256([]byte(run.event.ID)),
		Reply: func(*queue.Job) (int, []byte) { return 0, []byte{} },
	}
	return job, nil
}

func allOf[T any](all []T, is func(T) bool) bool {
	return !slices.ContainsFunc(all, func(one T) bool { return !is(one) })
}
