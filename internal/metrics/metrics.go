package metrics

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
	"offprint/mailer"
)

// Metrics count what the service does, for Prometheus. Methods of it are given to
// the packages that do the work:
//
//	press.Config.Observe = m.Observe     seconds of each step
//	press.Config.Warned = m.Warned       warnings of documents
//	store.Cache.Observe  = m.CacheResult documents that were there, or not
//	queue.Worker.Renderer = m.Renderer(…) jobs that were refused an address
//	queue.Worker.Senders  = m.Sender(…)   results of mail
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	steps    *prometheus.HistogramVec
	asked    *prometheus.CounterVec
	mail     *prometheus.CounterVec
	refused  prometheus.Counter
	reread   *prometheus.CounterVec
	warnings *prometheus.CounterVec
	held     *prometheus.CounterVec
	form     *prometheus.CounterVec
}

// buckets reach from a millisecond to a minute and a half.
var buckets = prometheus.ExponentialBucketsRange(0.001, 90, 14)

// New makes a set of counters at zero, with a registry of its own.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "offprint_http_requests_total", Help: "Requests by route and status.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "offprint_http_request_seconds", Help: "Time to answer a request.", Buckets: buckets,
		}, []string{"route"}),
		steps: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "offprint_render_seconds",
			Help:    "Time that a step of making a document took: fetch, parse, gather, set, draw.",
			Buckets: buckets,
		}, []string{"step"}),
		asked: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "offprint_documents_total",
			Help: "Documents asked for, by whether the store had them (hit) or they were made (miss).",
		}, []string{"cache"}),
		mail: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "offprint_mail_results_total",
			Help: "Recipients by what the mail server said: sent, deferred, bounced, in_doubt, ….",
		}, []string{"state"}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "offprint_fetch_refused_total",
			Help: "Pages that may not be read: private addresses, and hosts that are not allowed.",
		}),
		reread: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "offprint_files_reread_total",
			Help: "Files that changed and were read again, by kind (callback, dkim, hook, keys, list, " +
				"readers, suppression), and by result: ok, or failed, where what was read before still holds.",
		}, []string{"file", "result"}),
	}
	m.warnings = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "offprint_document_warnings_total",
		Help: "Warnings of the documents that were made, by code.",
	}, []string{"code"})
	m.held = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "offprint_hook_mailings_held_total",
		Help: "Articles that a web hook did not mail to a list because of its max_per_hour, by hook.",
	}, []string{"hook"})
	m.form = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "offprint_reader_form_total",
		Help: "Letters of the readers' form, by result: accepted, trap (the hidden field was filled in), " +
			"soon, limit-ip, limit-domain, limit-article, or the problem's code.",
	}, []string{"result"})
	m.registry.MustRegister(m.form, m.warnings, m.held)
	m.registry.MustRegister(m.requests, m.seconds, m.steps, m.asked, m.mail, m.refused, m.reread,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		collectors.NewBuildInfoCollector())
	return m
}

// Observe is told how long a step of making a document took.
func (m *Metrics) Observe(step string, took time.Duration) {
	m.steps.WithLabelValues(step).Observe(took.Seconds())
}

// CacheResult is told of each document asked for whether the store had it.
func (m *Metrics) CacheResult(hit bool) {
	result := "miss"
	if hit {
		result = "hit"
	}
	m.asked.WithLabelValues(result).Inc()
}

// Request is told of each request that was answered. The method and the route must
// have few values, however many a stranger invents.
func (m *Metrics) Request(method, route string, status int, took time.Duration) {
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route).Observe(took.Seconds())
}

// Warned is told of each document that was made how many warnings of a code it has.
func (m *Metrics) Warned(code string, n int) { m.warnings.WithLabelValues(code).Add(float64(n)) }

// MailingHeld is told of each article that a hook did not mail to a list, because it
// mails no more in that hour.
func (m *Metrics) MailingHeld(hook string) { m.held.WithLabelValues(hook).Inc() }

// ReaderForm is told of each letter that a reader sent by the form what became of it.
func (m *Metrics) ReaderForm(result string) { m.form.WithLabelValues(result).Inc() }

// FetchRefused is told of each request for a page that may not be read.
func (m *Metrics) FetchRefused() { m.refused.Inc() }

// Reread is told of each file that was read again, by its kind.
func (m *Metrics) Reread(kind string, err error) {
	result := "ok"
	if err != nil {
		result = "failed"
	}
	m.reread.WithLabelValues(kind, result).Inc()
}

// Handler shows the counters, in the format that Prometheus reads.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// Sender counts the results of a sender.
func (m *Metrics) Sender(s queue.Sender) queue.Sender { return countedSender{s, m} }

type countedSender struct {
	queue.Sender
	metrics *Metrics
}

func (c countedSender) Deliver(ctx context.Context, message *mailer.Message) []mailer.Result {
	results := c.Sender.Deliver(ctx, message)
	for _, r := range results {
		c.metrics.mail.WithLabelValues(string(r.State)).Inc()
	}
	return results
}

// Renderer counts the jobs of a renderer that were refused an address.
func (m *Metrics) Renderer(r queue.Renderer) queue.Renderer { return countedRenderer{r, m} }

type countedRenderer struct {
	queue.Renderer
	metrics *Metrics
}

func (c countedRenderer) Render(ctx context.Context, task *queue.Task) (queue.Result, error) {
	result, err := c.Renderer.Render(ctx, task)
	if err != nil && codeOf(err) == problem.FetchRefused {
		c.metrics.FetchRefused()
	}
	return result, err
}

// codeOf gives the code of an error, of a failed job's, too.
func codeOf(err error) problem.Code {
	var failed *queue.Failure
	if errors.As(err, &failed) {
		return failed.Problem.Code()
	}
	p, _ := press.Explain(err)
	return p.Code()
}

// Queue tells what there is to do.
type Queue interface {
	Stats(ctx context.Context) (*queue.Stats, error)
}

// Press tells how many wait.
type Press interface {
	Waiting() int
}

// Watch has the registry ask the queue and the press whenever it is read. It gives
// an error when it watches already.
func (m *Metrics) Watch(q Queue, p Press) error {
	return m.registry.Register(&backlog{queue: q, press: p})
}

// queueTime is how long the queue may take to answer: a disk that hangs must not
// keep the other counters back.
const queueTime = 5 * time.Second

// backlog tells how much there is to do.
type backlog struct {
	queue Queue
	press Press
}

var (
	jobsDesc       = prometheus.NewDesc("offprint_jobs", "Jobs that are remembered, by state.", []string{"state"}, nil)
	deliveriesDesc = prometheus.NewDesc("offprint_deliveries", "Messages that are remembered, by state.",
		[]string{"state"}, nil)
	oldestDesc = prometheus.NewDesc("offprint_oldest_job_seconds",
		"For how long the oldest job that is due has waited.", nil, nil)
	waitingDesc = prometheus.NewDesc("offprint_requests_waiting", "Requests that wait for their turn to be printed.",
		nil, nil)
	queueUpDesc = prometheus.NewDesc("offprint_queue_up", "Whether the queue's database answered.", nil, nil)
)

// Describe implements prometheus.Collector.
func (b *backlog) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{jobsDesc, deliveriesDesc, oldestDesc, waitingDesc, queueUpDesc} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (b *backlog) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	gauge(waitingDesc, float64(b.press.Waiting()))
	ctx, cancel := context.WithTimeout(context.Background(), queueTime)
	defer cancel()
	stats, err := b.queue.Stats(ctx)
	if err != nil {
		gauge(queueUpDesc, 0)
		return
	}
	gauge(queueUpDesc, 1)
	gauge(oldestDesc, stats.Oldest.Seconds())
	// States that nothing is in are told as well: an alert cannot see what is absent.
	for _, state := range []queue.JobState{queue.Queued, queue.Running, queue.Done, queue.Failed, queue.Cancelled} {
		gauge(jobsDesc, float64(stats.Jobs[state]), string(state))
	}
	for _, state := range []mailer.State{
		mailer.Queued, mailer.Sending, mailer.Sent, mailer.Deferred,
		mailer.Bounced, mailer.Suppressed, mailer.Cancelled, mailer.InDoubt,
	} {
		gauge(deliveriesDesc, float64(stats.Deliveries[state]), string(state))
	}
}
