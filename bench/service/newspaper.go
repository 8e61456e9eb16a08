package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"sync/atomic"

	"offprint/demo"
)

// newspaper serves the first demo article under any name, each time with other
// words, and counts how often.
type newspaper struct {
	server *http.Server
	base   string
	pages  atomic.Int64
	next   atomic.Int64
	hold   atomic.Pointer[chan struct{}] // pages named /held/… wait for it
}

func openNewspaper() (*newspaper, error) {
	sample := demo.Articles()[0]
	page, err := sample.Page()
	if err != nil {
		return nil, err
	}
	p := &newspaper{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[1:]
		if i := strings.LastIndexByte(name, '/'); i >= 0 {
			name = name[i+1:]
		}
		if picture, err := fs.ReadFile(sample.Dir, name); err == nil && !strings.HasSuffix(name, ".html") {
			w.Write(picture)
			return
		}
		p.pages.Add(1)
		if strings.HasPrefix(r.URL.Path, "/held/") {
			if hold := p.hold.Load(); hold != nil {
				<-*hold
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(bytes.Replace(page, []byte("</h1>"), []byte("，第 "+name+" 号</h1>"), 1))
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p.server, p.base = &http.Server{Handler: mux}, "http://"+l.Addr().String()
	go p.server.Serve(l)
	return p, nil
}

// article is the address of an article that nobody has asked for.
func (p *newspaper) article() string { return fmt.Sprintf("%s/%d.html", p.base, p.next.Add(1)) }

func (p *newspaper) Close() error { return p.server.Close() }
