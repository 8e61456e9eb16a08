package fetch

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
)

func isDataURL(ref string) bool {
	return len(ref) >= 5 && strings.EqualFold(ref[:5], "data:")
}

// readDataURL unpacks a data: URL (RFC 2397).
func readDataURL(ref string, lim limit) ([]byte, error) {
	const shown = "data: URL"
	head, data, ok := strings.Cut(ref, ",")
	if !ok {
		return nil, &Error{Kind: Unreadable, Source: shown, Err: errors.New("no comma before its data")}
	}
	// Four characters carry three bytes; %XX takes three characters for one.
	if int64(len(data))/4 > lim.bytes {
		return nil, lim.exceeded(shown)
	}
	plain, err := url.PathUnescape(data)
	if err != nil {
		return nil, &Error{Kind: Unreadable, Source: shown, Err: err}
	}
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
		return []byte(plain), checkSize(int64(len(plain)), shown, lim)
	}
	packed := strings.TrimRight(strings.Map(dropSpace, plain), "=")
	body, err := base64.RawStdEncoding.DecodeString(packed)
	if err != nil {
		return nil, &Error{Kind: Unreadable, Source: shown, Err: err}
	}
	return body, checkSize(int64(len(body)), shown, lim)
}

func checkSize(n int64, source string, lim limit) error {
	if n > lim.bytes {
		return lim.exceeded(source)
	}
	return nil
}

func dropSpace(r rune) rune {
	if r == ' ' || r == '\t' || r == '\r' || r == '\n' {
		return -1
	}
	return r
}
