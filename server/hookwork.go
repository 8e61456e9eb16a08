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
	"offprint/internal/queue"
	"offprint/mailer"
	"offprint/server/hook"
)

// follower puts on the queue what an event calls for: what fits into one
// transaction, in one, with the note that it was done. What does not may be broken
// off, and is made whole by the delivery's repeat.
type follower struct {
	*Server
	hook   *hook.Receiver
	event  *hook.Event
	known  pastArticle // what is remembered of it
	turn   int         // its turn with this event
	answer *HookAnswer

	waiting []*queue.Job // prints of the article that are not begun
	jobs    []queue.Submission
}

// scope is that of a kind of the hook's notes and idempotency keys.
func (f *follower) scope(kind string) string { return "hook " + f.hook.Name() + " " + kind }

func (f *follower) do(ctx context.Context) error {
	// 1. Taken back, or for members alone: what is still to be done about it is
	// cancelled.
	if f.gone() {
		if err := f.withdraw(ctx); err != nil {
			return err
		}
	}
	// 2. What was printed of it is out of date, also where it was before.
	for _, address := range f.addresses() {
		if _, err := f.config.Press.Purge(ctx, address); err != nil {
			return err
		}
	}
	// 3. Published or changed: print it anew, and mail it if that was not done yet.
	if !f.gone() {
		if err := f.publish(ctx); err != nil {
			return err
		}
	}
	return f.commit(ctx)
}

// commit puts the jobs on the queue and notes that it was done. A long list goes
// there in parts, so that others get their turn at the database.
func (f *follower) commit(ctx context.Context) error {
	recipients := 0
	for i := range f.jobs {
		recipients += len(f.jobs[i].Recipients)
	}
	if recipients > listPart {
		for i := range f.jobs {
			receipts, err := f.config.Queue.SubmitAll(ctx, f.jobs[i:i+1], nil)
			if err != nil {
				return err
			}
			f.tell(receipts)
		}
		f.jobs = nil
	}
	told := len(f.answer.Jobs)
	_, err := f.config.Queue.SubmitAll(ctx, f.jobs, func(receipts []*queue.Receipt) ([]queue.Note, error) {
		f.answer.Jobs = f.answer.Jobs[:told]
		f.tell(receipts)
		return f.memory()
	})
	return err
}

// tell puts jobs into the answer.
func (f *follower) tell(receipts []*queue.Receipt) {
	for _, r := range receipts {
		if !r.Noted {
			f.answer.Jobs = append(f.answer.Jobs, r.Job.ID)
		}
	}
}

// addresses are that of the article and the one that it was known by before.
func (f *follower) addresses() []string {
	var all []string
	for _, address := range []string{f.event.URL, f.known.URL} {
		if address != "" && !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	return all
}

// withdraw cancels what is still to be done about the article. Mail that nobody
// got may go out when the article comes back.
func (f *follower) withdraw(ctx context.Context) error {
	addresses := f.addresses()
	if f.event.Restricted {
		f.answer.Reason = "the article is not for everybody, so it is neither printed nor mailed"
	}
	if len(addresses) == 0 {
		f.answer.Reason = "no address is known of this article: nothing was printed of it"
	}
	for _, address := range addresses {
		if _, err := f.config.Queue.CancelSource(ctx, press.Source(address)); err != nil {
			return err
		}
	}
	for _, a := range f.hook.Actions(hook.Publish) {
		if a.Email == "" {
			continue
		}
		for part := 0; ; part++ {
			more, err := f.forgetUnsent(ctx, f.mailed(a.Email, part))
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
func (f *follower) forgetUnsent(ctx context.Context, n *queue.Note) (bool, error) {
	note, err := f.config.Queue.Note(ctx, n.Scope, n.Name)
	if note == nil || err != nil {
		return false, err
	}
	job, err := f.config.Queue.Job(ctx, note.Value)
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
	return true, f.config.Queue.DropNote(ctx, n.Scope, n.Name)
}

// mailed names the note that a list, or a part of a long one, got the article.
func (f *follower) mailed(list string, part int) *queue.Note {
	return &queue.Note{Scope: f.scope("mailed " + list), Name: fmt.Sprintf("%s #%d", f.name(), part)}
}

// publish submits the jobs of the hook's actions. The first address to be called
// is that of all of them; each other gets a job of its own, whose document is
// there already.
func (f *follower) publish(ctx context.Context) error {
	var err error
	f.waiting, err = f.config.Queue.Jobs(ctx, queue.Filter{Source: press.Source(f.event.URL), State: queue.Queued, Kind: queue.PDF})
	if err != nil {
		return err
	}
	actions := f.hook.Actions(f.event.What)
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
			told, err = true, f.print(name, *a.Render, call)
		case a.Email != "":
			told, err = true, f.mail(name, a.Email, call)
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
		if err := f.print(fmt.Sprint("call ", i), *first, address); err != nil {
			return err
		}
	}
	return nil
}

// request is what is printed: the page, which has the authors, the date and the
// captions that the text in an event lacks; and that text only where the
// configuration asks for it.
func (f *follower) request(o offprint.PrintOptions) *press.Request {
	o.Lang = cmp.Or(o.Lang, f.event.Lang)
	r := &press.Request{PrintOptions: o}
	if f.event.HTML == "" || !f.hook.BringsText() {
		r.URL = f.event.URL
	} else {
		r.HTML, r.BaseURL = wholePage(f.event), f.event.URL
	}
	return r
}

// wholePage puts a text that is only an article's body into a page with its
// title.
func wholePage(e *hook.Event) string {
	if lower := strings.ToLower(e.HTML[:min(len(e.HTML), 2000)]); strings.Contains(lower, "<html") || strings.Contains(lower, "<body") {
		return e.HTML
	}
	title, lang := template.HTMLEscapeString(e.Title), template.HTMLEscapeString(e.Lang)
	return `<!DOCTYPE html><html lang="` + lang + `"><head><title>` + title + `</title></head><body><article><h1 data-offprint="title">` + title +
		`</h1><div data-offprint="body">` + e.HTML + `</div></article></body></html>`
}

func (f *follower) print(name string, o offprint.PrintOptions, call string) error {
	request := f.request(o)
	if err := f.config.Press.Check(request); err != nil {
		return err
	}
	job, err := f.job(queue.PDF, printOrder{f.orderer(), request}, name, call)
	if err != nil {
		return err
	}
	// A system that fires twice has the same asked for while it still waits.
	for _, w := range f.waiting {
		if w.Attempts == 0 && string(w.Request) == string(job.Request) && w.Callback == job.Callback {
			f.answer.Jobs = append(f.answer.Jobs, w.ID)
			return nil
		}
	}
	f.jobs = append(f.jobs, *job)
	return nil
}

func (f *follower) mail(name, list, call string) error {
	letter := &press.Letter{Request: *f.request(offprint.PrintOptions{})}
	if err := f.config.Press.CheckLetter(letter); err != nil {
		return err
	}
	all, err := f.list(list)
	if err != nil {
		return err
	}
	part := 0
	for some := range slices.Chunk(all, listPart) {
		job, err := f.job(queue.Email, letterOrder{f.orderer(), letter}, fmt.Sprint(name, " ", part), call)
		if err != nil {
			return err
		}
		job.Recipients, job.Unless = some, f.mailed(list, part)
		f.jobs = append(f.jobs, *job)
		part++
	}
	return nil
}

func (f *follower) orderer() orderer { return orderer{By: "hook " + f.hook.Name()} }

// job makes a submission that is done once an event.
func (f *follower) job(kind queue.Kind, order any, name, call string) (*queue.Submission, error) {
	var data []byte
	if call != "" {
		var err error
		data, err = json.Marshal(map[string]string{"hook": f.hook.Name(), "event": f.event.ID, "what": string(f.event.What), "article": f.event.Article})
		if err != nil {
			return nil, err
		}
	}
	job, err := f.submission(kind, order, Callback{Callback: call, CallbackData: data})
	if err != nil {
		return nil, err
	}
	job.Source = press.Source(f.event.URL)
	job.Once = &queue.Once{
		Scope: f.scope("job"), Key: fmt.Sprintf("%s %d %s", f.event.ID, f.turn, name), Body: sha256.Sum256([]byte(f.event.ID)),
		Reply: func(*queue.Job) (int, []byte) { return 0, []byte{} },
	}
	return job, nil
}

func allOf[T any](all []T, is func(T) bool) bool {
	return !slices.ContainsFunc(all, func(one T) bool { return !is(one) })
}
