package server

import (
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"offprint/internal/problem"
	"offprint/internal/store"
)

// response is one that is written by hand.
type response struct {
	Body func(huma.Context)
}

func respond(write func(http.ResponseWriter, *http.Request)) *response {
	return &response{Body: func(ctx huma.Context) {
		r, w := humago.Unwrap(ctx)
		write(w, r)
	}}
}

// forever is for what never changes under its address.
const forever = "public, max-age=31536000, immutable"

// immutable answers with an object of the store that never changes: whole, in
// parts, or with a word that the caller has it already. headers describes it.
func (s *Server) immutable(object *store.Object, headers func(http.Header)) *response {
	return respond(func(w http.ResponseWriter, r *http.Request) {
		defer object.Close()
		headers(w.Header())
		w.Header().Set("Cache-Control", forever)
		http.ServeContent(&refusals{ResponseWriter: w, server: s, request: r}, r, "", object.Modified, object)
	})
}

// inParts documents what [Server.immutable] adds to a route's answers.
func (s *Server) inParts(path string) {
	responses := s.api.OpenAPI().Paths[path].Get.Responses
	responses["206"] = &huma.Response{Description: "The bytes asked for.", Content: responses["200"].Content}
	responses["304"] = &huma.Response{Description: "It is what the caller has."}
}

// etag is strong: the hash of the bytes.
func etag(object *store.Object) string { return `"` + object.SHA256.String() + `"` }

// refusals makes problems of what http.ServeContent refuses in its own words.
type refusals struct {
	http.ResponseWriter
	server  *Server
	request *http.Request
	refused bool
}

var refusedCodes = map[int]problem.Code{
	http.StatusPreconditionFailed:           problem.PreconditionFailed,
	http.StatusRequestedRangeNotSatisfiable: problem.RangeNotSatisfiable,
}

func (w *refusals) WriteHeader(status int) {
	code, refused := refusedCodes[status]
	if !refused {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	w.refused = true
	detail := refusalDetail(code, w.Header(), w.request)
	for _, name := range []string{"Content-Disposition", "Offprint-Pages", warningsHeader, "ETag", "Last-Modified"} {
		w.Header().Del(name)
	}
	w.server.fail(w.ResponseWriter, w.request, problem.New(code, detail, ""))
}

// refusalDetail says what a request asked for and what there is.
func refusalDetail(code problem.Code, is http.Header, r *http.Request) string {
	if code == problem.RangeNotSatisfiable {
		size := strings.TrimPrefix(is.Get("Content-Range"), "bytes */")
		return fmt.Sprintf("Range: %.100q is asked for, and there are %s bytes", r.Header.Get("Range"), size)
	}
	for _, condition := range []string{"If-Match", "If-Unmodified-Since"} {
		if wanted := r.Header.Get(condition); wanted != "" {
			return fmt.Sprintf("%s: %.100q is wanted, and the ETag is %s", condition, wanted, is.Get("ETag"))
		}
	}
	return "the ETag is " + is.Get("ETag")
}

func (w *refusals) Write(b []byte) (int, error) {
	if w.refused {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// ReadFrom keeps the connection's own way of sending files.
func (w *refusals) ReadFrom(r io.Reader) (int64, error) {
	if w.refused {
		return io.Copy(io.Discard, r)
	}
	return io.Copy(w.ResponseWriter, r)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *refusals) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// disposition writes a Content-Disposition with a file name: in ASCII for old
// programs, and as it is (RFC 6266 §4.3, RFC 8187 §3.2).
func disposition(kind, name string) string {
	if name == "" {
		return kind
	}
	plain, encoded := "article.pdf", &strings.Builder{}
	const hex = "0123456789ABCDEF"
	for i := range len(name) {
		if c := name[i]; isAttrChar(c) {
			encoded.WriteByte(c)
		} else {
			encoded.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
		}
	}
	if !strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' }) {
		plain = name
	}
	return kind + `; filename="` + plain + `"; filename*=UTF-8''` + encoded.String()
}

// isAttrChar reports whether a byte stands for itself in filename* (attr-char of
// RFC 8187 §3.2.1).
func isAttrChar(c byte) bool {
	isLetter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	isDigit := '0' <= c && c <= '9'
	return isLetter || isDigit || strings.IndexByte("!#$&+-.^_`|~", c) >= 0
}
