package server

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"offprint/internal/problem"
)

// withRecover turns a panic into a problem. Its words and stack are for the log.
func (s *Server) withRecover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			info := infoFrom(r.Context())
			s.log.LogAttrs(r.Context(), slog.LevelError, "panic",
				slog.String("request", info.id), slog.String("route", info.pattern()),
				slog.String("panic", redact(fmt.Sprint(v))), slog.String("stack", string(debug.Stack())))
			if m, ok := w.(*meter); ok && m.status != 0 {
				// Half a response is out: only breaking it off tells the caller.
				panic(http.ErrAbortHandler)
			}
			s.fail(w, r, problem.New(problem.Internal, "the program failed while it answered", ""))
		}()
		next.ServeHTTP(w, r)
	})
}
