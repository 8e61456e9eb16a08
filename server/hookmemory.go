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
func (f *follower) name() string { return cmp.Or(f.event.Article, press.Source(f.event.URL)) }

// recall finds out whether the delivery came before. An article that is published,
// taken back and published again may do so in the same words each time: what came
// before the last turn is no repeat, unless it is so fresh that its sender may
// still be trying.
func (f *follower) recall(ctx context.Context) error {
	var before pastEvent
	if _, err := f.read(ctx, "article", f.name(), &f.known); err != nil {
		return err
	}
	found, err := f.read(ctx, "event", f.event.ID, &before)
	if err != nil {
		return err
	}
	if found && (before.Turn == f.known.Turn || f.now().Sub(before.At) < lateRepeat) {
		f.answer = before.Answer
		f.answer.Repeated = true
		return nil
	}
	f.turn = f.known.Turn
	if f.known.Gone != f.gone() {
		f.turn++
	}
	return nil
}

// gone reports whether the article is there for everybody no more.
func (f *follower) gone() bool { return f.event.What == hook.Withdraw || f.event.Restricted }

// memory are the notes of what is done with the event.
func (f *follower) memory() ([]queue.Note, error) {
	var notes []queue.Note
	add := func(kind, name string, what any, expires time.Time) error {
		value, err := json.Marshal(what)
		notes = append(notes, queue.Note{Scope: f.scope(kind), Name: name, Value: string(value), Expires: expires})
		return err
	}
	now := pastArticle{URL: cmp.Or(f.event.URL, f.known.URL), Gone: f.gone(), Turn: f.turn}
	if now != f.known {
		if err := add("article", f.name(), now, time.Time{}); err != nil {
			return nil, err
		}
	}
	err := add("event", f.event.ID, pastEvent{Turn: f.turn, At: f.now(), Answer: f.answer}, f.now().Add(eventMemory))
	return notes, err
}

func (f *follower) read(ctx context.Context, kind, name string, into any) (bool, error) {
	note, err := f.config.Queue.Note(ctx, f.scope(kind), name)
	if note == nil || err != nil {
		return false, err
	}
	return true, json.Unmarshal([]byte(note.Value), into)
}
