package deploy

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// origin stands in for offprint behind nginx: it answers as the service does, and
// counts what reaches it.
type origin struct {
	mu   sync.Mutex
	seen map[string]int
	last http.Header
}

const document = "0f4d1e"

func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	o.seen[r.Method+" "+r.URL.Path]++
	o.last = r.Header.Clone()
	o.last.Set("Host", r.Host)
	o.mu.Unlock()
	switch {
	case r.Method == http.MethodPost:
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
	case r.URL.Path == "/v1/pdf" && r.Header.Get("Authorization") != "":
		w.Header().Set("Cache-Control", "private, max-age=60")
		w.Header().Set("Location", "/v1/pdf/"+document+".pdf")
		w.WriteHeader(http.StatusFound)
	case r.URL.Path == "/v1/pdf":
		w.Header().Set("Cache-Control", "public, max-age=60, s-maxage=120, stale-while-revalidate=300")
		w.Header().Set("Location", "/v1/pdf/"+document+".pdf")
		w.WriteHeader(http.StatusFound)
	case strings.HasPrefix(r.URL.Path, "/v1/pdf/"), strings.HasPrefix(r.URL.Path, "/v1/pages/"):
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Header().Set("ETag", `"abc"`)
		http.ServeContent(w, r, "x.pdf", time.Unix(1, 0), strings.NewReader("%PDF-1.7 0123456789"))
	}
}

func (o *origin) count(what string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.seen[what]
}

func (o *origin) header(name string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last.Get(name)
}

// startNginx runs nginx with our file, but for addresses and folders. It gives the
// address of its TLS side, and the folder of its cache.
func startNginx(t *testing.T, upstream string) (address, cache string) {
	t.Helper()
	nginx := tool(t, "nginx", "nginx-light")
	dir := t.TempDir()
	cache = filepath.Join(dir, "cache")
	certificate(t, dir)
	ports := make([]string, 2)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, ports[i], _ = net.SplitHostPort(l.Addr().String())
		l.Close()
	}
	ours := strings.NewReplacer(
		"/var/cache/nginx/offprint", cache,
		"\tlisten 80;\n", "\tlisten 127.0.0.1:"+ports[0]+";\n", "\tlisten [::]:80;\n", "",
		"\tlisten 443 ssl http2;\n", "\tlisten 127.0.0.1:"+ports[1]+" ssl http2;\n", "\tlisten [::]:443 ssl http2;\n", "",
		"/etc/nginx/tls/print.nanting.example.pem", filepath.Join(dir, "cert.pem"),
		"/etc/nginx/tls/print.nanting.example.key", filepath.Join(dir, "key.pem"),
		"127.0.0.1:8080", upstream,
	).Replace(read(t, "nginx/offprint.conf"))
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;\n"
	}
	main := fmt.Sprintf("%sdaemon off;\npid %[2]s/pid;\nerror_log %[2]s/error.log;\nevents {}\nhttp {\naccess_log %[2]s/access.log;\nclient_body_temp_path %[2]s/body;\nproxy_temp_path %[2]s/proxy;\nfastcgi_temp_path %[2]s/f;\nuwsgi_temp_path %[2]s/u;\nscgi_temp_path %[2]s/s;\n%[3]s}\n", user, dir, ours)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(main), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(nginx, "-e", filepath.Join(dir, "error.log"), "-c", file)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt)
		<-ended
	})
	address = "127.0.0.1:" + ports[1]
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return address, cache
		}
		if time.Now().After(deadline) {
			t.Fatalf("nginx does not listen: %s", read(t, filepath.Join(dir, "error.log")))
		}
	}
}

func certificate(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "print.nanting.example"}, DNSNames: []string{"print.nanting.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: der}, "key.pem": {Type: "PRIVATE KEY", Bytes: keyDER}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// What the guide says of the cache, seen through a real nginx.
func TestNginx(t *testing.T) {
	o := &origin{seen: map[string]int{}}
	upstream := httptest.NewServer(o)
	t.Cleanup(upstream.Close)
	address, cache := startNginx(t, upstream.Listener.Addr().String())
	client := &http.Client{
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: "print.nanting.example"}, // the test's own certificate
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	ask := func(method, path string, headers ...string) (status int, cached, body string) {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), method, "https://"+address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = "print.nanting.example"
		for i := 0; i < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.Header.Get("X-Cache"), string(b)
	}

	const pdf, way = "/v1/pdf/" + document + ".pdf", "/v1/pdf?url=https://nanting.example/a"
	for _, c := range []struct {
		name, method, path string
		headers            []string
		status             int
		cached             string
		reached            int // requests of that method and path at the origin, in all
	}{
		{"a document", "GET", pdf, nil, 200, "MISS", 1},
		{"the document again", "GET", pdf, nil, 200, "HIT", 1},
		{"a part of it", "GET", pdf, []string{"Range", "bytes=0-3"}, 206, "HIT", 1},
		{"nothing new", "GET", pdf, []string{"If-None-Match", `"abc"`}, 304, "HIT", 1},
		{"the way", "GET", way, nil, 302, "MISS", 1},
		{"the way again", "GET", way, nil, 302, "HIT", 1},
		{"the way with a key", "GET", way, []string{"Authorization", "Bearer k"}, 302, "BYPASS", 2},
		{"the way without one, still", "GET", way, nil, 302, "HIT", 2},
		{"a page's picture", "GET", "/v1/pages/" + document + "/1.png", nil, 200, "MISS", 1},
		{"a print", "POST", "/v1/pdf", nil, 202, "", 1},
		{"a hook", "POST", "/v1/hooks/cms", nil, 202, "", 1},
	} {
		status, cached, _ := ask(c.method, c.path, c.headers...)
		path, _, _ := strings.Cut(c.path, "?")
		if reached := o.count(c.method + " " + path); reached != c.reached {
			t.Errorf("%s: %d requests came through, want %d", c.name, reached, c.reached)
		}
		if status != c.status || cached != c.cached {
			t.Errorf("%s: %d %s, want %d %s", c.name, status, cached, c.status, c.cached)
		}
	}

	// A reader's own X-Forwarded-For does not count, and the name is passed on.
	ask("POST", "/v1/email", "X-Forwarded-For", "203.0.113.9")
	if got := o.header("X-Forwarded-For"); got != "127.0.0.1" {
		t.Errorf("X-Forwarded-For %q", got)
	}
	if got := o.header("Host"); got != "print.nanting.example" {
		t.Errorf("Host %q", got)
	}

	// What is purged is asked for anew.
	if said := output(t, "sh", "nginx/purge.sh", document, cache); strings.TrimSpace(said) != "purge: 2 files" {
		t.Errorf("purge: %q", said)
	}
	if _, cached, _ := ask("GET", pdf); cached != "MISS" || o.count("GET "+pdf) != 2 {
		t.Errorf("after a purge: %s, %d requests came through", cached, o.count("GET "+pdf))
	}

	// While offprint is away, readers still get what is kept.
	upstream.Close()
	if status, cached, body := ask("GET", pdf); status != 200 || cached != "HIT" || !strings.HasPrefix(body, "%PDF") {
		t.Errorf("while the service is away: %d %s", status, cached)
	}
	if status, _, _ := ask("GET", way); status != 302 {
		t.Errorf("the way, while the service is away: %d", status)
	}
}
