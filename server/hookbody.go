package server

import (
	"context"
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
)

// hookRoom is the memory for bodies of deliveries.
type hookRoom struct {
	left *semaphore.Weighted
	most int64
}

func newHookRoom(most int64) *hookRoom { return &hookRoom{semaphore.NewWeighted(most), most} }

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
	size := r.ContentLength
	if size < 0 {
		size = int64(receiver.MaxBody()) + 1
	}
	size = min(max(size, 1), s.hookRoom.most)
	ctx, cancel := context.WithTimeout(r.Context(), hookPatience)
	defer cancel()
	if s.hookRoom.left.Acquire(ctx, size) != nil {
		return nil, problem.New(problem.Busy, "too many deliveries arrive at a time", "")
	}
	return func() { s.hookRoom.left.Release(size) }, nil
}

func noHook() error {
	return problem.New(problem.NotFound, "there is no hook of this name",
		"hooks are set up in the section [hooks.NAME] of the configuration")
}
