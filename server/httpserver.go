package server

import (
	"log/slog"
	"net/http"
)

// HTTPServer gives a handler the bounds in time and size that a server on the
// network needs: a caller who sends a byte a second is hung up on.
func HTTPServer(s Settings, h http.Handler, log *slog.Logger) *http.Server {
	s.setDefaults()
	server := &http.Server{
		Addr:              s.Listen,
		Handler:           h,
		ReadHeaderTimeout: s.HeaderTimeout,
		ReadTimeout:       s.HeaderTimeout + s.BodyTimeout,
		WriteTimeout:      s.HeaderTimeout + s.BodyTimeout + 2*s.RequestTimeout,
		IdleTimeout:       s.IdleTimeout,
		MaxHeaderBytes:    64 << 10,
	}
	if log != nil {
		server.ErrorLog = slog.NewLogLogger(log.Handler(), slog.LevelDebug)
	}
	return server
}
