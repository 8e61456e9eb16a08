package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// Resource is a page that was read, and the way to its pictures.
type Resource struct {
	URL         string // where the page stands: after redirects, or what BaseURL says; "" unknown
	BaseURL     string // what the page's relative addresses start from; "" unknown
	ContentType string // the server's own words; "" for a file
	Body        []byte

	web    *web
	folder *os.Root // beneath which local pictures are read; nil: none are
	path   string   // of folder, absolute
}

// newResource makes a resource without a body. base is the user's --base-url,
// host the host of the URL that the user typed; either may be empty.
func (c *Client) newResource(base, host string) (*Resource, error) {
	r := &Resource{}
	var typed []string
	if host != "" {
		typed = append(typed, host)
	}
	switch address, kind := classify(base); kind {
	case fromWeb:
		u, err := url.Parse(address)
		if err != nil {
			return nil, &Error{Kind: Refused, Source: base, Err: err}
		}
		typed = append(typed, u.Hostname())
		r.BaseURL = bare(u)
	case fromFile:
		if err := r.setFolder(address); err != nil {
			return nil, err
		}
	}
	r.web = c.newWeb(typed)
	return r, nil
}

// checkBase refuses what cannot be the address of a page.
func checkBase(base string) error {
	if base == "" {
		return nil
	}
	switch address, kind := classify(base); kind {
	case fromWeb:
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return nil
		}
	case fromFile:
		if _, err := os.Stat(address); err == nil {
			return nil
		}
	}
	return fmt.Errorf("base URL %q: want a whole http or https URL, or a file or folder that exists", base)
}

// setFolder opens the folder of a local page, or a folder itself, and makes it
// the base of relative addresses.
func (r *Resource) setFolder(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return fileError(path, err)
	}
	folder, base := filepath.Dir(abs), abs
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		folder, base = abs, abs+string(filepath.Separator)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return fileError(path, err)
	}
	r.folder, r.path = root, folder
	r.BaseURL = (&url.URL{Scheme: "file", Path: filepath.ToSlash(base)}).String()
	return nil
}

// Pictures reads the pictures that the page names, a few at a time, and hands
// each to use with its index in refs, from several goroutines at once. Those
// beyond MaxPictures are not read, and those that bring them over MaxTogether are
// dropped. It returns when use has had them all.
func (r *Resource) Pictures(ctx context.Context, refs []string, use func(i int, body []byte, err error)) {
	var group sync.WaitGroup
	var together atomic.Int64
	slots := make(chan struct{}, concurrency)
	for i, ref := range refs {
		if i >= MaxPictures {
			use(i, nil, &Error{Kind: TooLarge, Source: ref, Err: fmt.Errorf("the page has more than %d pictures", MaxPictures)})
			continue
		}
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			body, err := r.Picture(ctx, ref)
			if together.Add(int64(len(body))) > MaxTogether {
				body, err = nil, &Error{
					Kind: TooLarge, Source: ref,
					Err: fmt.Errorf("the page's pictures have more than %d MB together", MaxTogether>>20),
				}
			}
			use(i, body, err)
		})
	}
	group.Wait()
}

// Picture reads one picture: an http, https or data: URL, a file: URL beneath
// the page's folder when the page is a file, or any of these relative to
// BaseURL. Errors are of type *Error.
func (r *Resource) Picture(ctx context.Context, ref string) ([]byte, error) {
	if isDataURL(ref) {
		return readDataURL(ref, pictureLimit)
	}
	got, err := r.get(ctx, ref, pictureLimit)
	if err != nil {
		return nil, err
	}
	return got.body, nil
}

// Next reads a further page of the same article, under the rules that hold for
// pictures. The result needs no Close of its own.
func (r *Resource) Next(ctx context.Context, ref string) (*Resource, error) {
	got, err := r.get(ctx, ref, pageLimit)
	if err != nil {
		return nil, err
	}
	next := *r
	next.URL, next.BaseURL, next.ContentType, next.Body = got.url, got.url, got.contentType, got.body
	return &next, nil
}

// get reads what the page names: from the web, or from beneath its folder.
func (r *Resource) get(ctx context.Context, ref string, lim limit) (*response, error) {
	u, err := r.resolve(ref)
	if err != nil {
		return nil, &Error{Kind: Refused, Source: ref, Err: errors.New("not an address")}
	}
	if u.Scheme == "file" {
		body, err := r.readLocal(u, lim)
		return &response{body: body, url: bare(u)}, err
	}
	return r.web.get(ctx, u, lim, r.referer(u))
}

// Close lets go of connections and of the folder.
func (r *Resource) Close() {
	r.web.client.CloseIdleConnections()
	if r.folder != nil {
		r.folder.Close()
	}
}

// resolve makes a picture's address whole. One that begins with // comes from a
// site: in a page that was saved to a file it means https.
func (r *Resource) resolve(ref string) (*url.URL, error) {
	u, err := url.Parse(ref)
	if err != nil {
		return nil, err
	}
	if base, err := url.Parse(r.BaseURL); err == nil && !u.IsAbs() {
		u = base.ResolveReference(u)
	}
	if u.Scheme == "file" && !localHost(u.Host) {
		u.Scheme = "https"
	}
	u.User = nil
	return u, nil
}

// referer names the page to a picture's host, except from https to http
// (RFC 9110 §10.1.3).
func (r *Resource) referer(to *url.URL) string {
	from, err := url.Parse(r.URL)
	if err != nil || from.Scheme != to.Scheme && !(from.Scheme == "http" && to.Scheme == "https") {
		return ""
	}
	return bare(from)
}
