// Package jobpages shows operators what is on the queue: River's own pages, on the
// queue's database.
//
// In: a [queue.Queue], and the path below which the pages stand. Out: a handler for
// the server, which alone decides who may see them.
//
// It lets nobody in or out, sets no header, and stands between internal/queue, which
// knows no HTTP, and the server, which knows no SQL. Its pages must only be read:
// what River alone changed, the queue's own tables would not know.
package jobpages
