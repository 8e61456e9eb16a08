package jobpages

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"offprint/internal/queue"
)

// The pages show the jobs of their queue, below their path alone.
func TestNew(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	q, err := queue.Open(ctx, queue.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	if _, err := q.Submit(ctx, queue.Submission{Kind: queue.PDF, Request: []byte(`{"url":"https://news.example/a.html"}`)}); err != nil {
		t.Fatal(err)
	}
	pages, err := New(q, "/jobs", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if err := pages.Start(ctx); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		status int
		holds  string
	}{
		{"/jobs/", http.StatusOK, "<html"},
		{"/jobs/api/jobs?state=available&limit=20", http.StatusOK, `"kind":"offprint_render"`},
	} {
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.holds) {
			t.Errorf("%s: status %d, %.300s", c.path, w.Code, w.Body)
		}
		if strings.Contains(w.Body.String(), "news.example") {
			t.Errorf("%s shows what is printed: %s", c.path, w.Body)
		}
	}
}
