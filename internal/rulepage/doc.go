// Package rulepage makes the tables of docs/rules.md from the comments of the
// rules, so that the page says what the code says.
//
// In: the Go files of a package whose constants are rule IDs. Out: a row of
// Markdown for each, and the page with its tables put in.
//
// A rule's comment has two paragraphs. The first says what holds; for a rule of
// lines its last sentence names the regions. The second names the source and ends
// with an address; a rule without a source has no such paragraph.
//
// UPDATE_GOLDEN=1 go test ./internal/rulepage writes the page. The package must
// not be imported by anything but tests.
package rulepage
