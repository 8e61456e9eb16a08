// Package fetch brings a page and its pictures in from the world.
//
// In: what the user typed: a URL, the path of a file, or "-" for standard input.
// Out: a [Resource], the page's bytes and where they came from, which also
// fetches the pictures that the page names; or an [*Error] that says what to do.
//
// A page is other people's text, so what it may make the program read is narrow:
//
//   - The host that the user typed may be anything, also one on the user's own
//     network. Everything else that a page names must be at a public address.
//     This is decided when a connection is made, on the address that the name
//     has become, so neither a redirect nor a changing DNS answer gets round it.
//   - A file's pictures must lie beneath the file's own folder, symbolic links
//     followed; a page from the network can name no file at all.
//   - Sizes, counts, redirects and time are bounded before memory is used.
//
// It must not look into what it fetched: that is the work of packages extract
// and internal/picture.
package fetch
