package server

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"offprint/internal/fetch"
	"offprint/internal/problem"
	"offprint/internal/qr"
)

func (s *Server) qrRoutes() {
	handle(s, route{
		ID: "get-qr", Method: http.MethodGet, Path: "/v1/qr.svg", Tag: tagReaders, ForPages: true,
		Summary:  "A QR code of the address of an article",
		About:    "For addresses of the site's own hosts alone: nobody else's links come from the site's service.",
		Produces: "image/svg+xml",
		Problems: []problem.Code{problem.FetchRefused},
		Curl:     "curl '{base}/v1/qr.svg?text=https://news.example/a.html'",
	}, s.getQR)
}

type qrInput struct {
	Text string `query:"text" required:"true" maxLength:"1000" doc:"The address." example:"https://news.example/a.html"`
}

func (s *Server) getQR(_ context.Context, in *qrInput) (*assetOutput, error) {
	u, err := url.Parse(in.Text)
	switch {
	case err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil:
		return nil, problem.New(problem.BadRequest, "text is no web address", "give one such as https://news.example/a.html")
	case !fetch.HostIn(u.Hostname(), s.config.PublicHosts):
		return nil, problem.New(problem.FetchRefused, "codes are made of the site's own addresses alone",
			"the operator names the hosts in site.hosts")
	}
	code, err := qr.Encode(in.Text)
	if err != nil {
		return nil, problem.New(problem.BadRequest, err.Error(), "give a shorter address")
	}
	return &assetOutput{ContentType: "image/svg+xml", Cache: "public, max-age=86400", Body: drawQR(code)}, nil
}

// drawQR draws a code: dark squares on white, with the white margin that readers need.
func drawQR(code *qr.Matrix) []byte {
	var b strings.Builder
	side := code.Size + 2*qr.QuietZone
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d" shape-rendering="crispEdges">`, side)
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%dv%[1]dH0z"/><path d="`, side)
	for y := range code.Size {
		for x := range code.Size {
			if code.Dark(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+qr.QuietZone, y+qr.QuietZone)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return []byte(b.String())
}
