// Package metrics counts what the service does, for Prometheus. A worker without
// HTTP counts with it, too.
//
// In: what the server, the press, the store, the queue and the senders report. Out:
// counters, as a page that Prometheus reads. It must not change what it counts, and
// no label may hold a reader's address, a page's, or anything else that a stranger
// can invent without end.
package metrics
