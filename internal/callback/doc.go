// Package callback tells the publisher's system what became of a job, over HTTP,
// by Standard Webhooks 1.0.0.
//
// In: the calls of internal/queue, for which it is the [queue.Caller], and the
// secrets of the configuration's section [callbacks], which are read again when their
// file changes. Out: one POST a call, with
//
//	webhook-id         evt_…, the same on every try
//	webhook-timestamp  of this try, in seconds since 1970
//	webhook-signature  v1,BASE64 a secret, parted by spaces
//
// and for the queue, whether it was heard: 2xx is; 410 Gone means that no more
// should be told of that job; all else, redirects too, is tried again later.
//
// It calls public addresses alone, and the hosts that the operator listed: whoever
// may submit a job names the address, so the guard of internal/fetch stands
// before each connection. It must not decide when to try again, nor read what is
// answered.
package callback
