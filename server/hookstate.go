package server

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/server/hook"
)

const (
	// eventMemory is for how long a delivery is known again. Senders give up long
	// before.
	eventMemory = 7 * 24 * time.Hour
	// lateRepeat is how long after a delivery its repeats still come in, whatever
	// happened to the article meanwhile.
	lateRepeat = 10 * time.Minute
)

// pastArticle is what is remembered of an article: its last address, since who deletes
// one often tells its id alone, and how often it was published and taken back.
type pastArticle struct {
	URL  string `json:"url,omitempty"`
	Gone bool   `json:"gone,omitempty"`
	Turn int    `json:"turn"` // goes up when it comes or goes
}

// pastEvent is what is remembered of a delivery.
type pastEvent struct {
	Turn   int         `json:"turn"`
	At     time.Time   `json:"at"`
	Answer *HookAnswer `json:"answer"`
}

// name is what the hook's memory knows the article by.
func (run *hookRun) name() string { return cmp.Or(run.event.Article, press.Source(run.event.URL)) }

// recall finds out whether the delivery came before. An article that is published,
// taken back and published again may be told of in the same words each time. So a
// delivery older than the article's last change of state is not a repeat, unless its
// sender may still be retrying.
func (run *hookRun) recall(ctx context.Context) error {
	var before pastEvent
	if _, err := run.read(ctx, "article", run.name(), &run.past); err != nil {
		return err
	}
	found, err := run.read(ctx, "event", run.event.ID, &before)
	if err != nil {
		return err
	}
	if found && (before.Turn == run.past.Turn || run.now().Sub(before.At) < lateRepeat) {
		run.answer = before.Answer
		run.answer.Repeated = true
		return nil
	}
	run.turn = run.past.Turn
	if run.past.Gone != run.gone() {
		run.turn++
	}
	return nil
}

// gone reports whether the article is there for everybody no more.
func (run *hookRun) gone() bool { return run.event.What == hook.Withdraw || run.event.Restricted }

// memory are the notes of what is done with the event.
func (run *hookRun) memory() ([]queue.Note, error) {
	var notes []queue.Note
	add := func(kind, name string, what any, expires time.Time) error {
		value, err := json.Marshal(what)
		notes = append(notes, queue.Note{Scope: run.scope(kind), Name: name, Value: string(value), Expires: expires})
		return err
	}
	now := pastArticle{URL: cmp.Or(run.event.URL, run.past.URL), Gone: run.gone(), Turn: run.turn}
	if now != run.past {
		if err := add("article", run.name(), now, time.Time{}); err != nil {
			return nil, err
		}
	}
	event := pastEvent{Turn: run.turn, At: run.now(), Answer: run.answer}
	err := add("event", run.event.ID, event, run.now().Add(eventMemory))
	return notes, err
}

func (run *hookRun) read(ctx context.Context, kind, name string, into any) (bool, error) {
	note, err := run.config.Queue.Note(ctx, run.scope(kind), name)
	if note == nil || err != nil {
		return false, err
	}
	return true, json.Unmarshal([]byte(note.Value), into)
}
