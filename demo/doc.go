// Package demo carries the two sample articles of `offprint demo`.
//
// In: nothing; the files are embedded. Out: [Articles], each with the folder of
// its page, pictures and logo, so that a fresh machine can print them with no
// network. The papers, people, companies and figures in them are invented, and
// the pictures are painted by the program in testdata/paint.
//
// Beside each page stands expected.txt, the text that its PDF must carry: a line
// a block, KIND, a tab and TEXT, where KIND is title, author, date, intro, h2, p,
// fig or disc. It is written from the manuscript, never from the program's output.
//
// It must not parse or print anything, and nothing but the command and tests
// should need it.
package demo
