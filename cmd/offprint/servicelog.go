package main

import (
	"log/slog"
	"regexp"
	"strings"
)

// serviceLog writes lines of JSON. Services tell what they do unless they are told
// not to.
func (a *app) serviceLog() *slog.Logger {
	level := slog.LevelInfo
	if a.flags.Changed("log-level") {
		level = levels[a.logLevel]
	}
	return slog.New(slog.NewJSONHandler(a.stderr, &slog.HandlerOptions{Level: level, ReplaceAttr: discreet}))
}

// discreet takes out of a log's words, whoever wrote them, what is nobody's to keep:
// readers' addresses, which mail servers repeat in what they refuse, and the queries
// of addresses, in which the keys of previews stand.
func discreet(_ []string, a slog.Attr) slog.Attr {
	words := ""
	switch v := a.Value.Any().(type) {
	case string:
		words = v
	case error:
		words = v.Error()
	}
	if a.Key == "stack" || !strings.ContainsAny(words, "@?#") {
		return a
	}
	words = queries.ReplaceAllString(words, "$1?…")
	return slog.String(a.Key, mailboxes.ReplaceAllString(words, "…@…"))
}

var (
	queries   = regexp.MustCompile(`(?i)(https?://[^\s"'<>?#]*)[?#][^\s"'<>]*`)
	mailboxes = regexp.MustCompile(`[^\s"'<>:,;=()/]+@[^\s"'<>:,;()/]+`)
)
