package metrics

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
)

// backlogged is a queue and a press with something to do.
type backlogged struct{ err error }

func (b backlogged) Stats(context.Context) (*queue.Stats, error) {
	if b.err != nil {
		return nil, b.err
	}
	return &queue.Stats{Jobs: map[queue.JobState]int{queue.Failed: 3}, Oldest: 90 * time.Second}, nil
}

func (backlogged) Waiting() int { return 7 }

type sender struct {
	queue.Sender
	state mailer.State
}

func (s sender) Deliver(context.Context, *mailer.Message) []mailer.Result {
	return []mailer.Result{{State: s.state}, {State: s.state}}
}

type renderer struct {
	queue.Renderer
	err error
}

func (r renderer) Render(context.Context, *queue.Task) (queue.Result, error) {
	return queue.Result{}, r.err
}

// page is what Prometheus reads.
func page(m *Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

// A worker counts without any HTTP side.
func TestWorkIsCounted(t *testing.T) {
	m := New()
	refused := renderer{err: &queue.Failure{Problem: *problem.New(problem.FetchRefused, "?", "")}}
	if _, err := m.Renderer(refused).Render(t.Context(), nil); err != refused.err {
		t.Errorf("the renderer's error is %v", err)
	}
	m.Renderer(renderer{err: errors.New("else")}).Render(t.Context(), nil)
	if results := m.Sender(sender{state: mailer.Deferred}).Deliver(t.Context(), nil); len(results) != 2 {
		t.Errorf("results %v", results)
	}
	m.Observe("draw", time.Second)
	m.CacheResult(true)
	m.CacheResult(false)
	m.Request("GET", "/v1/pdf", 200, time.Second)
	got := page(m)
	for _, want := range []string{
		"offprint_fetch_refused_total 1\n",
		`offprint_mail_results_total{state="deferred"} 2` + "\n",
		`offprint_render_seconds_count{step="draw"} 1` + "\n",
		`offprint_documents_total{cache="hit"} 1` + "\n",
		`offprint_documents_total{cache="miss"} 1` + "\n",
		`offprint_http_requests_total{method="GET",route="/v1/pdf",status="200"} 1` + "\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(got, "offprint_jobs") {
		t.Error("jobs are told of, though nobody watches the queue")
	}
}

func TestBacklog(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want []string
		not  string
	}{
		{"answers", nil, []string{
			"offprint_queue_up 1\n", "offprint_requests_waiting 7\n", "offprint_oldest_job_seconds 90\n",
			`offprint_jobs{state="failed"} 3` + "\n", `offprint_jobs{state="queued"} 0` + "\n",
		}, ""},
		{
			"does not answer", errors.New("locked"),
			[]string{"offprint_queue_up 0\n", "offprint_requests_waiting 7\n"},
			"offprint_jobs{",
		},
	} {
		m := New()
		b := backlogged{c.err}
		if err := m.Watch(b, b); err != nil {
			t.Fatal(err)
		}
		if err := m.Watch(b, b); err == nil {
			t.Errorf("%s: watched twice", c.name)
		}
		got := page(m)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: lacks %s", c.name, want)
			}
		}
		if c.not != "" && strings.Contains(got, c.not) {
			t.Errorf("%s: has %s", c.name, c.not)
		}
	}
}
