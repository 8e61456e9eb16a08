package server

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"offprint"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
)

// asksForPrint is the body, or the query, of a request to print.
type asksForPrint interface{ printRequest() *PrintRequest }

// asItStands refuses a request with words of the caller's from one who may only have
// the site's pages as they stand: from who has no key, and from who has a key that is
// bound to hosts or origins. Else anybody could have the paper say, at its own address,
// what it never said.
func (s *Server) asItStands(ctx context.Context, request any) error {
	c := infoFrom(ctx).caller
	if !c.bound() {
		return nil
	}
	words := wordsIn(reflect.ValueOf(request), c.inPages())
	if len(words) == 0 {
		return nil
	}
	if c.public {
		return problem.New(problem.Forbidden,
			"without a key, the site's pages are printed as they stand: not with "+strings.Join(words, ", "),
			"leave "+strings.Join(words, ", ")+" out, or use a key without hosts and origins")
	}
	return problem.New(problem.Forbidden,
		"the key is for pages of its hosts as they stand, by their url: not for "+strings.Join(words, ", "),
		"leave "+strings.Join(words, ", ")+" out, or use a key without hosts and origins, from a server")
}

// bound reports whether the caller may have pages as they stand alone.
func (c *caller) bound() bool { return c.public || c.key != nil && c.key.Bound() }

var printOptions = reflect.TypeFor[offprint.PrintOptions]()

// inPages reports whether everybody could make the request: no key, or one that pages
// use, is needed for it.
func (c *caller) inPages() bool { return c.public || c.key != nil && c.key.InPages() }

// wordsIn lists, by their names in JSON, the fields of a request that are set and closed
// to the caller. A field is open with the tag reader:"yes", and with reader:"server" to
// keys that no page uses. So a new field is closed until somebody opens it.
func wordsIn(v reflect.Value, inPages bool) []string {
	v = reflect.Indirect(v)
	if v.Type() == printOptions {
		return v.Interface().(offprint.PrintOptions).Words()
	}
	var names []string
	for field, value := range v.Fields() {
		tag := field.Tag.Get("reader")
		open := tag == "yes" || tag == "server" && !inPages
		switch {
		case field.Anonymous:
			names = append(names, wordsIn(value, inPages)...)
		case value.IsZero():
		case !open:
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			names = append(names, name)
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			for i := range value.Len() {
				if inner := wordsIn(value.Index(i), inPages); len(inner) > 0 {
					names = append(names, inner...)
					break // one is enough to say so
				}
			}
		}
	}
	return names
}

// permitAgain refuses to try a job again that its key could not ask for today.
func (s *Server) permitAgain(ctx context.Context, j *queue.Job) error {
	if !infoFrom(ctx).caller.bound() {
		return nil
	}
	var l press.Letter
	if err := json.Unmarshal(j.Request, &l); err != nil {
		return fmt.Errorf("read request of job %s: %w", j.ID, err)
	}
	asked := &EmailRequest{
		PrintRequest: PrintRequest{
			URL: l.URL, HTML: l.HTML, BaseURL: l.BaseURL, Article: l.Article, PrintOptions: l.PrintOptions,
		},
		Subject: l.Subject, Note: l.Note, Sender: l.Sender,
	}
	if err := s.asItStands(ctx, asked); err != nil {
		return err
	}
	if err := s.permit(ctx, l.URL); err != nil {
		return problem.New(problem.Forbidden, "the key is no longer for the page of this job",
			"ask for it anew with another key")
	}
	return nil
}
