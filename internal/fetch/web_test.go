package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// site is a web server on loopback with a page for each case.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=gb2312")
		fmt.Fprint(w, "<html>页</html>")
	})
	mux.HandleFunc("/hop/{n}", func(w http.ResponseWriter, r *http.Request) {
		if n := r.PathValue("n"); n != "0" {
			http.Redirect(w, r, "/hop/"+string(n[0]-1), http.StatusFound)
			return
		}
		fmt.Fprint(w, "arrived")
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("where"))
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		w.WriteHeader(code)
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) {
		chunk := bytes.Repeat([]byte("x"), 1<<20)
		for range 50 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/huge-stated", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "52428800")
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(gzipBomb())
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		fmt.Fprint(packed, "unpacked")
		packed.Close()
	})
	mux.HandleFunc("/brotli", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		fmt.Fprint(w, "?")
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Second):
		}
	})
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"User-Agent", "X-Key", "Cookie", "Referer", "Accept"} {
			fmt.Fprintf(w, "%s: %s\n", name, r.Header.Get(name))
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// gzipBomb is 100 MB of zeros in 100 KB.
var gzipBomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	packed := gzip.NewWriter(&b)
	chunk := make([]byte, 1<<20)
	for range 100 {
		packed.Write(chunk)
	}
	packed.Close()
	return b.Bytes()
})

// kindOf asserts that err is an *Error of a kind with a hint.
func kindOf(t *testing.T, err error, want Kind) *Error {
	t.Helper()
	var own *Error
	if !errors.As(err, &own) {
		t.Fatalf("error %v (%T), want an *Error of kind %s", err, err, want)
	}
	if own.Kind != want {
		t.Fatalf("kind %s (%v), want %s", own.Kind, err, want)
	}
	if own.Hint() == "" {
		t.Errorf("no hint for %v", err)
	}
	return own
}

func TestOpenURL(t *testing.T) {
	server := site(t)
	r, err := newClient(t, Config{}).Open(t.Context(), strings.Replace(server.URL, "http://", "http://me:secret@", 1)+"/page#part")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if want := server.URL + "/page"; r.URL != want || r.BaseURL != want {
		t.Errorf("URL %q, base %q, want both %q without credentials", r.URL, r.BaseURL, want)
	}
	if r.ContentType != "text/html; charset=gb2312" || string(r.Body) != "<html>页</html>" {
		t.Errorf("content type %q, body %q", r.ContentType, r.Body)
	}
}

func TestOpenURLFails(t *testing.T) {
	server := site(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	cases := []struct {
		name, source string
		want         Kind
	}{
		{"closed port", "http://" + closed.Addr().String() + "/", Unreachable},
		{"https to a plain server", strings.Replace(server.URL, "http", "https", 1) + "/page", Unreachable},
		{"not found", server.URL + "/nowhere", Status},
		{"unauthorised", server.URL + "/status/401", Status},
		{"busy", server.URL + "/status/503", Status},
		{"no content", server.URL + "/status/204", Status},
		{"six redirects", server.URL + "/hop/6", Refused},
		{"redirect to a file", server.URL + "/to?where=file:///etc/passwd", Refused},
		{"redirect to another private host", server.URL + "/to?where=http://127.0.0.2:80/", Refused},
		{"redirect to localhost", server.URL + "/to?where=http://localhost:80/", Refused},
		{"50 MB", server.URL + "/huge", TooLarge},
		{"50 MB stated", server.URL + "/huge-stated", TooLarge},
		{"gzip bomb", server.URL + "/bomb", TooLarge},
		{"unasked packing", server.URL + "/brotli", Unreadable},
		{"slow", server.URL + "/slow", Timeout},
		{"other scheme", "ftp://127.0.0.1/x", Refused},
		{"gopher", "gopher://127.0.0.1/x", Refused},
		{"no host", "http:///x", Refused},
		{"file on another host", "file://server/share/x.html", Refused},
		{"nothing", "", Refused},
	}
	patient, hasty := newClient(t, Config{}), newClient(t, Config{Timeout: 100 * time.Millisecond})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			client := patient
			if c.want == Timeout {
				client = hasty
			}
			_, err := client.Open(t.Context(), c.source)
			kindOf(t, err, c.want)
		})
	}
}

func TestOpenFollowsRedirectsAndUnpacks(t *testing.T) {
	server := site(t)
	client := newClient(t, Config{})
	cases := []struct{ path, url, body string }{
		{"/hop/5", "/hop/0", "arrived"},
		{"/gzip", "/gzip", "unpacked"},
	}
	for _, c := range cases {
		r, err := client.Open(t.Context(), server.URL+c.path)
		if err != nil {
			t.Fatal(err)
		}
		if string(r.Body) != c.body || r.URL != server.URL+c.url {
			t.Errorf("%s: body %q at %s, want %q at %s", c.path, r.Body, r.URL, c.body, c.url)
		}
		r.Close()
	}
}

func TestHeadersGoToTheTypedHostAlone(t *testing.T) {
	server := site(t)
	cookies := filepath.Join(t.TempDir(), "cookies.txt")
	host := "127.0.0.1"
	text := "# Netscape HTTP Cookie File\n" +
		host + "\tFALSE\t/\tFALSE\t0\tsession\tabc\n" +
		"#HttpOnly_" + host + "\tFALSE\t/echo\tFALSE\t4102444800\tkey\tdef\n" +
		host + "\tFALSE\t/\tFALSE\t946684800\told\tgone\n" +
		"other.example\tTRUE\t/\tFALSE\t0\tforeign\tx\n"
	if err := os.WriteFile(cookies, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	client := newClient(t, Config{Headers: http.Header{"x-key": {"s3cret"}}, CookieFile: cookies, UserAgent: "offprint/test"})

	typed, err := client.Open(t.Context(), server.URL+"/echo")
	if err != nil {
		t.Fatal(err)
	}
	defer typed.Close()
	want := "User-Agent: offprint/test\nX-Key: s3cret\nCookie: key=def; session=abc\nReferer: \nAccept: " + pageLimit.accept + "\n"
	if string(typed.Body) != want {
		t.Errorf("typed host got\n%swant\n%s", typed.Body, want)
	}

	// A picture of the page: same host, so the headers go along; and where it is from.
	body, err := typed.Picture(t.Context(), "/echo")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"X-Key: s3cret", "Referer: " + server.URL + "/echo", "Accept: " + pictureLimit.accept} {
		if !strings.Contains(string(body), part) {
			t.Errorf("picture request lacks %q:\n%s", part, body)
		}
	}

	// The same server under a name that was not typed must not see the key.
	// The guard would refuse the address, so the dresser is tried by itself.
	d := &dresser{config: &client.config, guard: newGuard([]string{"127.0.0.1"}, false, loopbackOnly), next: roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Header.Get("X-Key") != "" {
			t.Errorf("%s got the typed host's header", r.URL)
		}
		return nil, errors.New("enough")
	})}
	req := httptest.NewRequest(http.MethodGet, "http://elsewhere.example/", nil)
	if resp, err := d.RoundTrip(req); err == nil {
		resp.Body.Close()
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestNewRefuses(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "cookies.txt")
	if err := os.WriteFile(bad, []byte("a b c\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		config Config
		want   string
	}{
		{"base without scheme", Config{BaseURL: "news.example/x"}, "base URL"},
		{"base of another scheme", Config{BaseURL: "ftp://news.example/"}, "base URL"},
		{"no cookie file", Config{CookieFile: filepath.Join(t.TempDir(), "none")}, "cookie file"},
		{"broken cookie file", Config{CookieFile: bad}, "line 1"},
	}
	for _, c := range cases {
		if _, err := New(c.config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
}
