package fetch

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// openFile reads a page from a file. A pipe or device may be read too.
func (c *Client) openFile(path string, lim limit) (*Resource, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	defer file.Close()
	body, err := readFile(file, path, lim)
	if err != nil {
		return nil, err
	}
	base := c.config.BaseURL
	if base == "" {
		base = path
	}
	r, err := c.newResource(base, "")
	if err != nil {
		return nil, err
	}
	r.Body, r.URL = body, r.BaseURL
	return r, nil
}

func readFile(file *os.File, source string, lim limit) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, fileError(source, err)
	}
	if info.IsDir() {
		return nil, &Error{Kind: Unreadable, Source: source, Err: errors.New("it is a folder")}
	}
	size := int64(-1)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	body, err := readAll(file, size, source, lim)
	if err != nil {
		return nil, fileError(source, err)
	}
	return body, nil
}

// readLocal reads a picture or page from beneath the page's folder. os.Root keeps ..
// and symbolic links from leading out of it.
func (r *Resource) readLocal(u *url.URL, lim limit) ([]byte, error) {
	source := bare(u)
	if r.folder == nil {
		return nil, &Error{Kind: Refused, Source: source, Err: errors.New("a page that is not a file names a file")}
	}
	name, err := filepath.Rel(r.path, filepath.FromSlash(u.Path))
	if err != nil || !filepath.IsLocal(name) {
		return nil, &Error{Kind: Refused, Source: source, Err: fmt.Errorf("outside the page's folder %s", r.path)}
	}
	info, err := r.folder.Stat(name)
	if err != nil {
		if strings.Contains(err.Error(), "path escapes from parent") { // os has no exported error for it
			return nil, &Error{Kind: Refused, Source: source, Err: fmt.Errorf("a link out of the page's folder %s", r.path)}
		}
		return nil, fileError(source, err)
	}
	if !info.Mode().IsRegular() {
		return nil, &Error{Kind: Refused, Source: source, Err: errors.New("not a regular file")}
	}
	file, err := r.folder.Open(name)
	if err != nil {
		return nil, fileError(source, err)
	}
	defer file.Close()
	return readFile(file, source, lim)
}
