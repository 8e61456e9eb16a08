// Command offprint prints news articles: it makes a PDF of the article in a web
// page, in the type and layout of a printed paper.
//
// In: a verb, its sources (URLs, files or "-") and flags. Out: files, or results
// on standard output; what people read goes to standard error. "offprint help"
// lists the verbs.
//
// main.go runs the command and exit.go gives each error its exit code; each verb
// has a file of its own. What a verb does stands elsewhere: settings are read by
// internal/config, checks are made by internal/doctor, and a service is put together
// by internal/service. It must not know how an article is read or set: that is
// package offprint's.
package main
