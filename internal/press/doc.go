// Package press is the service's print shop: it makes documents and letters for
// whoever asks, an HTTP request or a job of the queue, and makes nothing twice.
//
//	Request ─ read, parse, gather ─→ Material ─ key ─┬─ is in the store ─→ Print
//	                                                 └─ set, draw, keep ─→ Print
//
// In: a [Request], which names a page or brings its HTML or article, and the
// reader's options; or a queue's task. Out: a [Print], the key of a PDF in the
// store; the picture of one of its pages; or the letters of an e-mail, posted to
// the queue.
//
// A request may come from a stranger. It can name no file of this machine and no
// design or logo but by name or web address, it waits in a line of bounded
// length, and all that it makes is bounded: see [Limits].
//
// The package knows nothing of HTTP and keeps no state but the store's.
package press
