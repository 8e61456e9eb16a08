// Package hook understands incoming web hooks: what a newsroom's system posts
// when an article goes live, changes, or is taken back.
//
//	Request ─ verify ─→ its own sender's ─ read ─→ JSON ─ source's table ─→ Event
//
// In: a [Config], the section [hooks.NAME] of the configuration, with its secrets;
// and each [Request] as it came, headers and body, with the time. Out: an [Event],
// which says what happened to which article, and the [Action]s that this calls
// for; or an [*Error] that says whose fault it is and what to do.
//
// Where each system keeps address, title and the rest is data: sources/NAME.json,
// one file a system. A setting such as url_path goes before it.
//
// Nothing of a body is looked at before its sender is known. A sender's words
// never choose where a fetch goes when the configuration has a url_template: the
// host is the template's.
//
// The package opens no connection and no file, submits no job, keeps no state and
// reads no clock. The server answers the request and does the work. It waits for
// nothing but the queue: senders give up after two seconds (Ghost) and repeat. Repeats
// have the same Event.ID. No error of this package means 410: that would make Ghost
// forget the hook.
package hook
