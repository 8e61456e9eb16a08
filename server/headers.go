package server

import "net/http"

// pageCSP lets an HTML page of ours load its own pictures and the style that it
// carries itself, and nothing else.
const pageCSP = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// withHeaders sets what holds for every response. A handler that answers with
// HTML sets its own Content-Security-Policy: see pageCSP.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cache-Control", "no-store") // a handler whose answer may be kept says so
		next.ServeHTTP(w, r)
	})
}
