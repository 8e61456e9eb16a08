package press

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"offprint"
	"offprint/fonts/noto"
	"offprint/internal/store"
)

var library = noto.Library()

// onlyLoopback refuses every address but this machine's own.
func onlyLoopback(_, address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil || !net.ParseIP(host).IsLoopback() {
		return fmt.Errorf("a test dialled %s", address)
	}
	return nil
}

// newspaper serves articles and counts how often.
type newspaper struct {
	*httptest.Server
	pages, pictures atomic.Int64
	edition         atomic.Int64  // stands in the text: an edited article
	hold            chan struct{} // when set, pages wait until it is closed
}

func newNewspaper(t testing.TB) *newspaper {
	t.Helper()
	n := &newspaper{}
	mux := http.NewServeMux()
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.Replace(n.URL, "127.0.0.1", "localhost", 1)+"/1.html", http.StatusFound)
	})
	mux.HandleFunc("/listing", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "<title>x</title><p>x") })
	mux.HandleFunc("/photo.jpg", func(w http.ResponseWriter, r *http.Request) {
		n.pictures.Add(1)
		w.Write(photo())
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		n.pages.Add(1)
		if n.hold != nil {
			<-n.hold
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, page(r.URL.Path, int(n.edition.Load())))
	})
	n.Server = httptest.NewServer(mux)
	t.Cleanup(n.Close)
	return n
}

// page is an article in HTML.
func page(name string, edition int) string {
	paragraph := strings.Repeat("渡口的早班船在六点前离岸，岸上的人把灯一盏盏熄掉，江面便只剩下水声。", 6)
	return fmt.Sprintf(`<!DOCTYPE html><html lang="zh-Hans"><head><title>渡口的早班船%s</title></head>
<body><article><h1>渡口的早班船%s</h1><p>作者：林小满</p><p>发表时间: 2025-07-21 10:45:19</p>
<p>第 %d 版。%s</p><figure><img src="/photo.jpg" width="600" height="400"><figcaption>清晨的渡口</figcaption></figure>
<p>%s</p><p>%s</p></article></body></html>`, name, name, edition, paragraph, paragraph, paragraph)
}

var photo = sync.OnceValue(func() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 600, 400))
	for i := range img.Pix {
		img.Pix[i] = byte(i * i >> 7)
	}
	img.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// shop is a press under test.
type shop struct {
	*Press
	cache *store.Cache
	now   atomic.Int64 // seconds that the clock is ahead
	steps sync.Map     // name → *atomic.Int64: how often
}

func newShop(t testing.TB, edit ...func(*Config)) *shop {
	t.Helper()
	s := &shop{cache: store.NewCache(&store.Memory{})}
	s.cache.Now = func() time.Time { return time.Now().Add(time.Duration(s.now.Load()) * time.Second) }
	c := Config{
		Options: offprint.Options{Fonts: library, Fetch: offprint.FetchOptions{Control: onlyLoopback}},
		Cache:   s.cache,
		Observe: func(step string, _ time.Duration) {
			n, _ := s.steps.LoadOrStore(step, new(atomic.Int64))
			n.(*atomic.Int64).Add(1)
		},
	}
	for _, e := range edit {
		e(&c)
	}
	var err error
	if s.Press, err = New(c); err != nil {
		t.Fatal(err)
	}
	return s
}

// count is how often a step was taken.
func (s *shop) count(step string) int64 {
	n, ok := s.steps.Load(step)
	if !ok {
		return 0
	}
	return n.(*atomic.Int64).Load()
}

func (s *shop) print(t testing.TB, r *Request) *Print {
	t.Helper()
	p, err := s.Print(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// bytesOf are those of an object of the store.
func (s *shop) bytesOf(t testing.TB, key store.Key) []byte {
	t.Helper()
	object, err := s.cache.Store.Open(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	return readAll(t, object)
}

func readAll(t testing.TB, object *store.Object) []byte {
	t.Helper()
	defer object.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(object); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
