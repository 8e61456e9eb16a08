package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"offprint/article"
	"offprint/internal/store"
)

// FuzzParse: whatever is sent, the answer is one that is documented, and nothing
// panics.
func FuzzParse(f *testing.F) {
	f.Add("application/json", `{"url":"https://news.example/a.html","drop":[1,2]}`)
	f.Add("application/json", `{"article":{"schema":1,"lang":"zh","site":{},"title":"","blocks":[{"kind":"list","items":[[{"kind":"pre"}]]}]}}`)
	f.Add("", `{"html":"<p>","base_url":"http://x/"}{}`)
	f.Add("text/plain", "null")
	log := new(lockedBuffer)
	press := &stubPress{article: &article.Article{Schema: 1}}
	s, err := New(Config{Press: press, Queue: sharedQueue, Store: new(store.Memory), Log: jsonLog(log)})
	if err != nil {
		f.Fatal(err)
	}
	defer s.Close()
	fix := &fixture{Server: s, press: press, log: log}
	f.Fuzz(func(t *testing.T, kind, body string) {
		fix.t, press.asked = t, nil
		r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/v1/parse", strings.NewReader(body))
		r.RemoteAddr = "127.0.0.1:1"
		r.Header["Content-Type"] = []string{kind}
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		fix.checkDocumented(s.routes["POST /v1/parse"], w)
		if w.Code == http.StatusInternalServerError {
			t.Errorf("%q: %s", body, log)
		}
		if (w.Code == http.StatusOK) != (len(press.asked) == 1) {
			t.Errorf("status %d, and the press was asked %d times", w.Code, len(press.asked))
		}
	})
}
