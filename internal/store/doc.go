// Package store keeps finished documents, so that what was printed once is not
// printed again.
//
//	Inputs ─Key→ Key ─Cache.Make→ Store
//	url + options ─Cache.Page→ Key          read anew after five minutes or a purge
//
// In: bytes under a [Key], which is a hash of everything that decides them: see
// [Inputs]. Out: the same bytes with their [Meta]. A [Store] holds them: [Folder]
// on disk, [Memory] in tests. A [Cache] adds the way from an address to a key,
// and makes each document once however many ask for it at the same time.
//
// The package does not read pages, does not render, and knows nothing of HTTP.
// It never deletes what it was not told to: expiry and purging are calls.
package store
