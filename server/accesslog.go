package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"regexp"
)

// meter is a ResponseWriter that remembers what was answered.
type meter struct {
	http.ResponseWriter
	server *Server
	status int
	bytes  int64
}

// WriteHeader also tells callers of a server that is about to end not to use the
// connection again: a request that came just when it is closed would be lost.
func (m *meter) WriteHeader(status int) {
	if m.status == 0 && status >= 200 {
		m.status = status
		if m.server.draining.Load() {
			m.Header().Set("Connection", "close")
		}
	}
	m.ResponseWriter.WriteHeader(status)
}

func (m *meter) Write(b []byte) (int, error) {
	if m.status == 0 {
		m.WriteHeader(http.StatusOK)
	}
	n, err := m.ResponseWriter.Write(b)
	m.bytes += int64(n)
	return n, err
}

// ReadFrom keeps the connection's own way of sending files.
func (m *meter) ReadFrom(r io.Reader) (int64, error) {
	if m.status == 0 {
		m.WriteHeader(http.StatusOK)
	}
	n, err := io.Copy(m.ResponseWriter, r)
	m.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (m *meter) Unwrap() http.ResponseWriter { return m.ResponseWriter }

// clientGone is the status that is noted when the caller did not wait.
const clientGone = 499

// withLog writes a line for each request: what was asked by its route's pattern,
// and how it went. Paths, queries, addresses of readers and keys are kept out;
// an article's address is there as the start of its hash.
func (s *Server) withLog(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := &meter{ResponseWriter: w, server: s}
		info := infoFrom(r.Context())
		defer func() {
			status := m.status
			if r.Context().Err() != nil && (status == 0 || status >= 500) {
				status = clientGone // what failed is that nobody waited for it
			}
			took := s.now().Sub(info.began)
			s.metrics.Request(methodName(r.Method), info.pattern(), status, took)
			attrs := []slog.Attr{
				slog.String("method", methodName(r.Method)),
				slog.String("route", info.pattern()),
				slog.Int("status", status),
				slog.Int64("bytes", m.bytes),
				slog.Float64("ms", float64(took.Microseconds())/1000),
				slog.String("request", info.id),
			}
			for _, one := range []struct{ name, value string }{
				{"trace", info.trace}, {"key", info.caller.id()}, {"source", info.source}, {"problem", string(info.code)},
			} {
				if one.value != "" {
					attrs = append(attrs, slog.String(one.name, one.value))
				}
			}
			level := slog.LevelInfo
			if probes[r.URL.Path] && status < http.StatusBadRequest {
				level = slog.LevelDebug
			}
			s.log.LogAttrs(r.Context(), level, "request", attrs...)
		}()
		next.ServeHTTP(m, r)
	})
}

// pattern is the route's path as it stands in the table, so that a log and a
// metric have few of them.
func (info *requestInfo) pattern() string {
	if info.route == nil {
		return "none"
	}
	return info.route.Path
}

// methodName keeps invented methods out of logs and metrics.
func methodName(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodOptions,
		http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return m
	}
	return "OTHER"
}

var (
	addresses = regexp.MustCompile(`(?i)https?://[^\s"'<>]+`)
	mailboxes = regexp.MustCompile(`[^\s"'<>:,;=()]+@[^\s"'<>:,;()]+`)
)

// redact takes out of an error's words what must not be in a log: readers'
// addresses, and those of articles, which become hashes.
func redact(words string) string {
	words = addresses.ReplaceAllStringFunc(words, func(a string) string { return "source:" + sourceHash(a) })
	return mailboxes.ReplaceAllString(words, "…@…")
}

// sourceHash is an article's address as logs have it.
func sourceHash(address string) string {
	if address == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:8])
}
