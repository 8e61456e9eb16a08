// Package server is the service's HTTP side: the API that a newsroom's systems
// call, its documentation, and the pages for its operator.
//
//	request ─ id, log, limits, host, origin ─ route ─ key, scope, body ─→ handler
//	handler ─→ internal/press, internal/queue, internal/store ─→ response, or problem
//
// In: a Config with the print shop, the queue and the store, and the Settings of
// the configuration. Out: two http.Handlers, one for the world and one for the
// operator. All routes stand in one table, routes.go, with what they need and
// which problems they give; the OpenAPI document and its tests are made from that.
//
// The package reads no page, sets no type and keeps no state but counters: what
// must survive a restart is the queue's and the store's. It knows no SQL: River's
// pages of the jobs come from internal/jobpages. It writes no reader's address, key
// or query into logs.
package server
