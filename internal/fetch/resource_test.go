package fetch

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// savedPage makes a folder with a page, a picture beside it, and a secret
// outside with a link that leads to it.
func savedPage(t *testing.T) (page string) {
	t.Helper()
	top := t.TempDir()
	dir := filepath.Join(top, "saved")
	for name, text := range map[string]string{
		"saved/page.html":            "<html></html>",
		"saved/page_files/a b.png":   "picture",
		"saved/page_files/empty.png": "",
		"secret.txt":                 "secret",
	} {
		path := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(top, "secret.txt"), filepath.Join(dir, "link.png")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("page_files/a b.png", filepath.Join(dir, "inside.png")); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "page.html")
}

func TestPicturesOfAFile(t *testing.T) {
	page := savedPage(t)
	r, err := newClient(t, Config{}).Open(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if r.URL != "file://"+page || r.BaseURL != r.URL {
		t.Errorf("URL %q, base %q", r.URL, r.BaseURL)
	}
	inside := []string{"page_files/a%20b.png", "./page_files/../page_files/a b.png", "inside.png?v=2", "file://" + filepath.Dir(page) + "/inside.png"}
	for _, ref := range inside {
		if got, err := r.Picture(t.Context(), ref); err != nil || string(got) != "picture" {
			t.Errorf("%s: %q, %v", ref, got, err)
		}
	}
	outside := []string{
		"../secret.txt", "../../../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "link.png",
		"page_files/../../secret.txt", "..%2fsecret.txt", "page_files", "http://127.0.0.1:9/x.png", "//127.0.0.1/x.png", "ftp://127.0.0.1/x",
	}
	for _, ref := range outside {
		got, err := r.Picture(t.Context(), ref)
		if err == nil {
			t.Errorf("%s was read: %q", ref, got)
			continue
		}
		kindOf(t, err, Refused)
	}
	_, err = r.Picture(t.Context(), "none.png")
	kindOf(t, err, Missing)
}

func TestNextPages(t *testing.T) {
	server := site(t)
	client := newClient(t, Config{})
	first, err := client.Open(t.Context(), server.URL+"/echo")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	next, err := first.Next(t.Context(), "page")
	if err != nil {
		t.Fatal(err)
	}
	if next.URL != server.URL+"/page" || next.BaseURL != next.URL || string(next.Body) != "<html>页</html>" {
		t.Errorf("URL %q, body %q", next.URL, next.Body)
	}
	_, err = first.Next(t.Context(), "http://127.0.0.2/page")
	kindOf(t, err, Refused)
	_, err = first.Next(t.Context(), "/huge")
	kindOf(t, err, TooLarge)

	saved, err := client.Open(t.Context(), savedPage(t))
	if err != nil {
		t.Fatal(err)
	}
	defer saved.Close()
	if _, err := saved.Next(t.Context(), "page_files/a b.png"); err != nil {
		t.Error(err)
	}
	_, err = saved.Next(t.Context(), "../secret.txt")
	kindOf(t, err, Refused)
}

func TestPagesFromTheNetworkNameNoFiles(t *testing.T) {
	server := site(t)
	r, err := newClient(t, Config{}).Open(t.Context(), server.URL+"/page")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, ref := range []string{"file:///etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/passwd"} {
		_, err := r.Picture(t.Context(), ref)
		kindOf(t, err, Refused)
	}
}

// TestPicturesAtPrivateAddresses tries each address through a real request: the
// guard must refuse before the connection is made.
func TestPicturesAtPrivateAddresses(t *testing.T) {
	server := site(t)
	var reached atomic.Int32
	client, err := New(Config{Control: func(network, address string) error {
		if "http://"+address != server.URL {
			reached.Add(1)
		}
		return loopbackOnly(network, address)
	}})
	if err != nil {
		t.Fatal(err)
	}
	refs := make([]string, 0, len(privateTargets)+4)
	for _, address := range privateTargets {
		if address != "127.0.0.1:80" { // the typed host: other ports of it are its own
			refs = append(refs, "http://"+strings.TrimSuffix(address, ":80")+"/latest/meta-data")
		}
	}
	refs = append(refs, "http://localhost/", "http://me@127.0.0.2/", "http://127.0.0.2:6379/", "https://10.0.0.1/")
	for _, ref := range refs {
		r, err := client.Open(t.Context(), server.URL+"/page")
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.Picture(t.Context(), ref)
		kindOf(t, err, Refused)
		_, err = r.Picture(t.Context(), server.URL+"/to?where="+ref)
		kindOf(t, err, Refused)
		r.Close()
	}
	if reached.Load() != 0 {
		t.Errorf("%d addresses got past the guard", reached.Load())
	}
}

func TestStdinAndBase(t *testing.T) {
	server := site(t)
	page := savedPage(t)
	cases := []struct {
		name, base, url, picture string
	}{
		{"no base", "", "", ""},
		{"web base", server.URL + "/page", server.URL + "/page", "/echo"},
		{"file base", page, "file://" + page, "page_files/a%20b.png"},
		{"folder base", filepath.Dir(page), "file://" + filepath.Dir(page) + "/", "page_files/a%20b.png"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := newClient(t, Config{BaseURL: c.base, Stdin: strings.NewReader("<p>")}).Open(t.Context(), Stdin)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if r.URL != c.url || string(r.Body) != "<p>" {
				t.Errorf("URL %q, body %q", r.URL, r.Body)
			}
			if c.picture == "" {
				_, err := r.Picture(t.Context(), "a.png")
				kindOf(t, err, Refused)
				return
			}
			if _, err := r.Picture(t.Context(), c.picture); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestStdinTooLarge(t *testing.T) {
	_, err := newClient(t, Config{Stdin: strings.NewReader(strings.Repeat("x", MaxPage+1))}).Open(t.Context(), Stdin)
	kindOf(t, err, TooLarge)
}

func TestOpenFileFails(t *testing.T) {
	dir := t.TempDir()
	huge := filepath.Join(dir, "huge.html")
	if err := os.WriteFile(huge, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 50<<20); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, source string
		want         Kind
		hint         string
	}{
		{"missing", filepath.Join(dir, "none.html"), Missing, "check the path"},
		{"forgotten scheme", "news.example/a/1.html", Missing, "https://news.example/a/1.html"},
		{"folder", dir, Unreadable, "opened"},
		{"50 MB", huge, TooLarge, "article"},
	}
	for _, c := range cases {
		_, err := newClient(t, Config{}).Open(t.Context(), c.source)
		if own := kindOf(t, err, c.want); !strings.Contains(own.Hint(), c.hint) {
			t.Errorf("%s: hint %q lacks %q", c.name, own.Hint(), c.hint)
		}
	}
}

func TestDataURLs(t *testing.T) {
	r, err := newClient(t, Config{}).Detached()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	packed := base64.StdEncoding.EncodeToString([]byte("picture"))
	good := []string{
		"data:image/png;base64," + packed, "DATA:;base64," + strings.TrimRight(packed, "="),
		"data:image/png;base64," + packed[:4] + "\n  " + packed[4:], "data:image/png;base64," + strings.ReplaceAll(packed, "=", "%3D"), "data:,pic%74ure",
	}
	for _, ref := range good {
		if got, err := r.Picture(t.Context(), ref); err != nil || string(got) != "picture" {
			t.Errorf("%s: %q, %v", ref, got, err)
		}
	}
	for _, ref := range []string{"data:image/png;base64", "data:;base64,?", "data:,%zz"} {
		_, err := r.Picture(t.Context(), ref)
		kindOf(t, err, Unreadable)
	}
	_, err = r.Picture(t.Context(), "data:;base64,"+strings.Repeat("A", MaxPicture/3*4+8))
	kindOf(t, err, TooLarge)
}

func TestPicturesAreBounded(t *testing.T) {
	var under, most, served atomic.Int32
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := under.Add(1)
		mu.Lock()
		most.Store(max(most.Load(), n))
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		under.Add(-1)
		served.Add(1)
		fmt.Fprint(w, r.URL.Path)
	}))
	defer server.Close()
	r, err := newClient(t, Config{BaseURL: server.URL}).Detached()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	refs := make([]string, MaxPictures+10)
	for i := range refs {
		refs[i] = fmt.Sprintf("/%d.png", i)
	}
	var refused atomic.Int32
	r.Pictures(t.Context(), refs, func(i int, body []byte, err error) {
		var own *Error
		switch {
		case i >= MaxPictures && errors.As(err, &own) && own.Kind == TooLarge:
			refused.Add(1)
		case i >= MaxPictures || err != nil || string(body) != refs[i]:
			t.Errorf("picture %d: %q, %v", i, body, err)
		}
	})
	if refused.Load() != 10 || served.Load() != MaxPictures {
		t.Errorf("refused %d, served %d; want 10 and %d", refused.Load(), served.Load(), MaxPictures)
	}
	if most.Load() > concurrency {
		t.Errorf("%d under way at once, want at most %d", most.Load(), concurrency)
	}
}

// A page's pictures have a limit together: of sixteen of ten megabytes, twelve fit.
func TestPicturesTogether(t *testing.T) {
	const each, all = 10 << 20, 16
	body := make([]byte, each)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(body) }))
	defer server.Close()
	r, err := newClient(t, Config{BaseURL: server.URL}).Detached()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var given, refused atomic.Int32
	r.Pictures(t.Context(), slices.Repeat([]string{"/a.png"}, all), func(_ int, body []byte, err error) {
		var own *Error
		switch {
		case errors.As(err, &own) && own.Kind == TooLarge && body == nil:
			refused.Add(1)
		case err == nil && len(body) == each:
			given.Add(1)
		default:
			t.Errorf("%d bytes, %v", len(body), err)
		}
	})
	if given.Load() != MaxTogether/each || refused.Load() != all-MaxTogether/each {
		t.Errorf("given %d, refused %d", given.Load(), refused.Load())
	}
}

func TestPictureStopsWithTheContext(t *testing.T) {
	server := site(t)
	r, err := newClient(t, Config{BaseURL: server.URL}).Detached()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	start := time.Now()
	if _, err := r.Picture(ctx, "/slow"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
	if time.Since(start) > 5*time.Second {
		t.Error("it did not stop")
	}
}

func FuzzPictureReference(f *testing.F) {
	for _, ref := range []string{"a.png", "../x", "data:;base64,AAAA", "file:///etc/passwd", "//h/x", "http://[::1]:1/", "\x00", "..%2f"} {
		f.Add(ref)
	}
	dir := f.TempDir()
	page := filepath.Join(dir, "in", "page.html")
	if err := os.MkdirAll(filepath.Dir(page), 0o755); err != nil {
		f.Fatal(err)
	}
	for path, text := range map[string]string{page: "inside", filepath.Join(dir, "secret"): "secret"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			f.Fatal(err)
		}
	}
	f.Fuzz(func(t *testing.T, ref string) {
		r, err := newClient(t, Config{BaseURL: page}).Detached()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		// References to hosts are the guard's own tests' business: resolving
		// their names would leave the machine.
		if u, err := r.resolve(ref); err == nil && u.Scheme != "file" && !isDataURL(ref) {
			return
		}
		if body, err := r.Picture(t.Context(), ref); err == nil && string(body) == "secret" {
			t.Errorf("%q led out of the folder", ref)
		}
	})
}
