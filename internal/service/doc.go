// Package service puts together the parts of which a service consists: queue, store,
// press, senders, keys, web hooks and the HTTP side.
//
// In: the configuration, and the options of the pipeline. Out: a [Service] that works
// on the jobs of a data folder, with or without HTTP before it.
//
// service.go opens the parts, server.go makes the HTTP side. To give the service a
// new part: open it in service.go, close it there, and hand it to whoever needs it.
//
// It must not read flags, listen at an address, or decide what a request may do: that
// is package server's.
package service
