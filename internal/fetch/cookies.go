package fetch

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// storedCookie is a cookie and the address that it was set from.
type storedCookie struct {
	origin *url.URL
	cookie *http.Cookie
}

// readCookies reads a cookie file in Netscape's format: a cookie a line, of
// seven fields that are parted by tabs: domain, whether subdomains get it too,
// path, whether only https gets it, time of expiry in Unix seconds (0: none),
// name, value. Lines that begin with # are comments, but for #HttpOnly_.
func readCookies(path string) ([]storedCookie, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read cookie file: %w", err)
	}
	defer file.Close()
	var cookies []storedCookie
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line, httpOnly := strings.CutPrefix(lines.Text(), "#HttpOnly_")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cookie, err := parseCookie(line)
		if err != nil {
			return nil, fmt.Errorf("read cookie file %s, line %d: %w", path, n, err)
		}
		cookie.cookie.HttpOnly = httpOnly
		cookies = append(cookies, cookie)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read cookie file %s: %w", path, err)
	}
	return cookies, nil
}

func parseCookie(line string) (storedCookie, error) {
	fields := strings.Split(strings.TrimRight(line, "\r"), "\t")
	if len(fields) != 7 {
		return storedCookie{}, fmt.Errorf("%d fields parted by tabs, want 7 (Netscape's format)", len(fields))
	}
	host := strings.TrimPrefix(fields[0], ".")
	expires, err := strconv.ParseFloat(fields[4], 64)
	if err != nil || host == "" {
		return storedCookie{}, fmt.Errorf("domain %q or time of expiry %q is not valid", fields[0], fields[4])
	}
	cookie := &http.Cookie{
		Name: fields[5], Value: fields[6],
		Path: fields[2], Secure: strings.EqualFold(fields[3], "TRUE"),
	}
	if strings.EqualFold(fields[1], "TRUE") {
		cookie.Domain = host
	}
	if expires > 0 {
		cookie.Expires = time.Unix(int64(expires), 0)
	}
	return storedCookie{origin: &url.URL{Scheme: "https", Host: host, Path: "/"}, cookie: cookie}, nil
}
