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

// follower puts on the queue what an event calls for. Each step may be taken
// again: a delivery that was broken off is made whole by its repeat.
type follower struct {
	*Server
	hook   *hook.Receiver
	event  *hook.Event
	known  pastArticle // what is remembered of it
	turn   int         // its turn with this event
	answer *HookAnswer
}

// scope is that of a kind of the hook's notes and idempotency keys.
func (f *follower) scope(kind string) string { return "hook " + f.hook.Name() + " " + kind }

func (f *follower) do(ctx context.Context) error {
	// 1. What was printed of the article is out of date, also where it was before.
	for _, address := range f.addresses() {
		if _, err := f.config.Press.Purge(ctx, address); err != nil {
			return err
		}
	}
	if f.event.Restricted {
		f.answer.Reason = "the article is not for everybody, so it is neither printed nor mailed"
	}
	if f.gone() {
		return f.withdraw(ctx)
	}
	// 2. Print it anew, and mail it if that was not done yet.
	return f.publish(ctx)
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
	if len(addresses) == 0 { // never where it is the event that has one
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
			told, err = true, f.print(ctx, name, *a.Render, call)
		case a.Email != "":
			told, err = true, f.mail(ctx, name, a.Email, call)
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
		if err := f.print(ctx, fmt.Sprint("call ", i), *first, address); err != nil {
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

func (f *follower) print(ctx context.Context, name string, o offprint.PrintOptions, call string) error {
	request := f.request(o)
	if err := request.Check(); err != nil {
		return err
	}
	job, err := f.job(queue.PDF, printOrder{f.orderer(), request}, name, call)
	if err != nil {
		return err
	}
	// A system that fires twice has the same asked for while it still waits.
	waiting, err := f.config.Queue.Jobs(ctx, queue.Filter{Source: job.Source, State: queue.Queued, Kind: queue.PDF})
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if w.Attempts == 0 && string(w.Request) == string(job.Request) && w.Callback == job.Callback {
			f.note(w)
			return nil
		}
	}
	return f.submit(ctx, job)
}

func (f *follower) mail(ctx context.Context, name, list, call string) error {
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
		if err := f.submit(ctx, job); err != nil {
			return err
		}
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

func (f *follower) submit(ctx context.Context, job *queue.Submission) error {
	receipt, err := f.config.Queue.Submit(ctx, *job)
	if err != nil {
		return err
	}
	if !receipt.Noted {
		f.note(receipt.Job)
	}
	return nil
}

func (f *follower) note(j *queue.Job) { f.answer.Jobs = append(f.answer.Jobs, j.ID) }

func allOf[T any](all []T, is func(T) bool) bool {
	return !slices.ContainsFunc(all, func(one T) bool { return !is(one) })
}
