package service

import (
	"io"
	"log/slog"
	"regexp"
	"strings"
)

// NewLog gives a log of lines of JSON, without mail addresses and without the queries of
// web addresses.
func NewLog(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: discreet}))
}

// discreet removes from a log's words, whoever wrote them, what must not be kept:
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
