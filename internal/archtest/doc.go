// Package archtest keeps the table of packages in ARCHITECTURE.md true, and the
// Go files in the house's style.
//
// In: the repository as a file system: ARCHITECTURE.md, go.mod and the Go files.
// Out: a sentence for each place where code and table differ.
//
// A row of the table names packages, what they own, which of our packages they
// may import, and which modules of others. The rules:
//
//   - Every package has a row, every row has its packages.
//   - A row may name only packages of rows above it, so imports never go in a
//     circle; "any" stands for all of them.
//   - A package imports what its row allows and nothing else. A name of others
//     is the end of a module's path in go.mod: x/text is golang.org/x/text.
//   - What a row allows is used: our packages in a file that is no test, modules in any.
//   - Tests may import any of our packages, and also the modules of the row
//     called tests.
//   - No source file has more than 700 lines.
//
// [Lint] holds the Go files to the house's style in the same way: no line of more
// than 120 columns, no file of extract of more than 300 lines, "reports whether" in
// comments on predicates, koanf in internal/config alone, and no module of mail
// below the root package, so that a program which only prints links none.
//
// [Paths] holds the documents to what is there: links, and the tables of what to
// change where.
//
// It must not be imported by anything.
package archtest
