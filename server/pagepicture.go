package server

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"offprint/internal/problem"
	"offprint/internal/store"
)

func (s *Server) pageRoutes() {
	handle(s, route{
		ID: "get-page", Method: http.MethodGet, Path: "/v1/pages/{hash}/{file}", Tag: tagPrint, ForPages: true,
		Summary: "Get the picture of a page",
		About: "A PNG of 110 pixels to the inch, of a page counted from 1. It is drawn when it is first asked for, " +
			"and never changes.",
		Produces: pngType,
		Problems: []problem.Code{
			problem.NotFound, problem.PreconditionFailed, problem.RangeNotSatisfiable, problem.TooLarge,
			problem.RenderFailed, problem.Busy, problem.Timeout,
		},
		Curl: "curl -O {base}/v1/pages/0f4d…9a/1.png",
	}, s.getPage)
	s.inParts("/v1/pages/{hash}/{file}")
}

const pngType = "image/png"

type pageInput struct {
	Hash string `path:"hash" doc:"The document's name: 64 hexadecimal digits."`
	File string `path:"file" doc:"The page's number, from 1, and .png." example:"1.png"`
}

func (s *Server) getPage(ctx context.Context, in *pageInput) (*response, error) {
	key, err := store.ParseKey(in.Hash)
	if err != nil {
		return nil, store.ErrNotFound
	}
	number, isPNG := strings.CutSuffix(in.File, ".png")
	n, err := strconv.Atoi(number)
	if !isPNG || err != nil || strconv.Itoa(n) != number {
		return nil, problem.New(problem.NotFound, "no such page", "pages are 1.png, 2.png and so on")
	}
	document, err := s.config.Store.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	document.Close()
	if document.Type != pdfType {
		return nil, store.ErrNotFound
	}
	picture, err := s.config.Press.PagePicture(ctx, key, n)
	if err != nil {
		return nil, err
	}
	return s.immutable(picture, func(h http.Header) {
		h.Set("Content-Type", pngType)
		h.Set("ETag", etag(picture))
		h.Set("X-Robots-Tag", "noindex")
	}), nil
}
