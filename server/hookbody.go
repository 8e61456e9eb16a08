package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"

	"offprint/internal/problem"
	"offprint/server/hook"
)

const (
	// hookMemory bounds the bodies of all deliveries that are under way together, in
	// bytes. Whose they are is known only when they are read.
	hookMemory = 8_000_000
	// hookPatience is how long a delivery waits for its turn; hookArrival is for how
	// long its body may then take to arrive, so that none keeps others waiting.
	hookPatience = 5 * time.Second
	hookArrival  = 10 * time.Second
	// hookStep is in what steps a body takes room that does not announce its size.
	hookStep = 64_000
	// hookShort is the longest body of those that have a quarter of the room to
	// themselves: senders who announce much and send nothing do not keep them out.
	hookShort = 64_000
)

// errHookRoom breaks off the reading of a body that grows when there is no room left.
var errHookRoom = errors.New("too many deliveries arrive at a time")

// hookRoom is the memory for bodies of deliveries.
type hookRoom struct {
	short    *semaphore.Weighted // for bodies of at most hookShort
	left     *semaphore.Weighted // for the others
	most     int64               // of left
	patience time.Duration
}

func newHookRoom(most int64) *hookRoom {
	short := most / 4
	return &hookRoom{
		short: semaphore.NewWeighted(short), left: semaphore.NewWeighted(most - short), most: most - short,
		patience: hookPatience,
	}
}

// enter waits for the room of a body. One that announces no size (-1) begins with a
// step; it takes the next ones as it grows, and then waits for none: who waits holds
// nothing, so none waits for another for ever.
func (h *hookRoom) enter(r *http.Request) (leave func(), ok bool) {
	size := r.ContentLength
	if size < 0 {
		size = hookStep
	}
	size = min(max(size, 1), h.most)
	ctx, cancel := context.WithTimeout(r.Context(), h.patience)
	defer cancel()
	room := h.left
	if 0 <= r.ContentLength && r.ContentLength <= hookShort {
		room = h.short
	}
	if room.Acquire(ctx, size) != nil {
		return nil, false
	}
	if r.ContentLength >= 0 {
		return func() { room.Release(size) }, true
	}
	body := &growingBody{ReadCloser: r.Body, room: h, taken: size}
	r.Body = body
	return func() { h.left.Release(body.taken) }, true
}

// growingBody takes room for what is read of it, in steps.
type growingBody struct {
	io.ReadCloser
	room        *hookRoom
	read, taken int64
}

func (b *growingBody) Read(p []byte) (int, error) {
	if b.read == b.taken {
		step := min(hookStep, b.room.most-b.taken)
		if step <= 0 || !b.room.left.TryAcquire(step) {
			return 0, errHookRoom
		}
		b.taken += step
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.taken-b.read)])
	b.read += int64(n)
	return n, err
}

// enterHook looks at the head of a delivery, before its body is read: an unknown hook, a
// missing or malformed signature, an old time and an announced size that is too large are
// refused at once. The rest waits until there is room for its body, which leave gives
// back.
func (s *Server) enterHook(r *http.Request) (leave func(), err error) {
	receiver := s.config.Hooks[r.PathValue("name")]
	if receiver == nil {
		return nil, noHook()
	}
	// A browser is on this machine, too, and posts for any page that it shows.
	if receiver.Unverified() && !s.ownProgram(r) {
		return nil, problem.New(problem.Forbidden,
			"the hook asks for no proof of its sender, so it is for programs on this machine alone",
			"set hooks."+receiver.Name()+".verify and a secret")
	}
	head := &hook.Request{Method: r.Method, Path: r.URL.RequestURI(), Header: r.Header}
	if err := receiver.Check(head, r.ContentLength, s.now()); err != nil {
		return nil, explainHook(err)
	}
	leave, ok := s.hookRoom.enter(r)
	if !ok {
		return nil, problem.New(problem.Busy, errHookRoom.Error(), "")
	}
	return leave, nil
}

func noHook() error {
	return problem.New(problem.NotFound, "there is no hook of this name",
		"hooks are set up in the section [hooks.NAME] of the configuration")
}
