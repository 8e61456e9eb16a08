package extract

import (
	"bytes"
	"mime"
	"net/http"
	"regexp"
	"strings"

	"offprint/extract/internal/charset"
	"offprint/extract/internal/dom"
)

// checkBytes refuses what is no HTML before any work is done.
func checkBytes(page Page) error {
	if len(page.Body) > dom.MaxBytes {
		return &dom.LimitError{What: "bytes", Got: len(page.Body), Limit: dom.MaxBytes}
	}
	body := bytes.TrimLeft(bytes.TrimPrefix(page.Body, []byte("\xef\xbb\xbf")), " \t\r\n\f\x00")
	if len(body) == 0 {
		return &NotArticleError{Reason: ReasonEmpty, URL: page.URL, Detail: "the file is empty"}
	}
	if what := otherKind(body, page.ContentType); what != "" {
		return &NotArticleError{Reason: ReasonNotHTML, URL: page.URL, Detail: "it is " + what}
	}
	return nil
}

// otherKind names what the bytes are when they aren't HTML; "" when they may
// be. The bytes are believed before the header, which is often wrong.
func otherKind(body []byte, contentType string) string {
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) {
		return "" // UTF-16
	}
	sniffed, _, _ := strings.Cut(http.DetectContentType(body), ";")
	switch sniffed {
	case "text/html":
		return ""
	case "text/xml": // XHTML, or a feed
		if bytes.Contains(bytes.ToLower(body[:min(len(body), charset.Window)]), []byte("<html")) {
			return ""
		}
		return "an XML file"
	case "text/plain", "application/octet-stream":
	default:
		return fileOf(sniffed)
	}
	if body[0] == '{' || body[0] == '[' {
		return "JSON or a script"
	}
	if tag.Match(body) {
		return ""
	}
	if mediaType, _, err := mime.ParseMediaType(contentType); err == nil && !strings.Contains(mediaType, "html") {
		return fileOf(mediaType)
	}
	return "plain text without HTML tags"
}

func fileOf(contentType string) string {
	if strings.ContainsRune("aeiou", rune(contentType[0])) {
		return "an " + contentType + " file"
	}
	return "a " + contentType + " file"
}

var tag = regexp.MustCompile(`(?i)<(?:!doctype|html|head|body|title|meta|div|p|h[1-6]|` +
	`article|section|main|table|span|a|br|font|center|frameset|img|ul|ol)\b[^>]*>`)
