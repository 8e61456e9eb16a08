package server

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"offprint/internal/problem"
)

// buildAPI makes the routes and what stands before all of them.
func (s *Server) buildAPI() error {
	s.mux, s.routes = http.NewServeMux(), map[string]*route{}
	s.api = huma.NewAPI(s.document(), humago.NewAdapter(guardedMux{s}, ""))
	s.register()
	s.finishDocument()
	s.handler = s.chain(http.HandlerFunc(s.dispatch))
	return s.writeDocs()
}

// chain puts before a handler what holds for all requests, the first outermost.
func (s *Server) chain(h http.Handler) http.Handler {
	return s.chainAdmin(s.checkHost(h))
}

// chainAdmin is chain without the look at the Host header: the operator's pages
// are asked for by whatever name, and want a key.
func (s *Server) chainAdmin(h http.Handler) http.Handler {
	for _, one := range slices.Backward([]func(http.Handler) http.Handler{
		s.withRequestInfo, s.withLog, s.withRecover, withHeaders,
	}) {
		h = one(h)
	}
	return h
}

const keyScheme = "key"

// document is the OpenAPI document before its routes.
func (s *Server) document() huma.Config {
	base := "/"
	if s.public != nil {
		base = s.public.String()
	}
	return huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title:       "offprint",
				Version:     Version,
				Description: about,
				License:     &huma.License{Name: "MIT", Identifier: "MIT"},
			},
			Servers: []*huma.Server{{URL: base}},
			Tags: []*huma.Tag{
				{Name: tagPrint, Description: "Articles become JSON, PDFs and pictures of pages."},
				{Name: tagEmail, Description: "Articles go out as letters."},
				{Name: tagJobs, Description: "What is done later, and how far it is."},
				{Name: tagHooks, Description: "Content management systems tell what was published."},
				{Name: tagReaders, Description: "What readers and their mail servers call."},
				{Name: tagService, Description: "The service about itself."},
			},
			Components: &huma.Components{
				Schemas: huma.NewMapRegistry("#/components/schemas/", schemaName),
				SecuritySchemes: map[string]*huma.SecurityScheme{
					keyScheme: {Type: "http", Scheme: "bearer", Description: keyAbout},
				},
			},
		},
		Formats:       map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat},
		DefaultFormat: "application/json",
	}
}

// schemaName is huma's name for a type without what only says where in a handler's
// types it stands.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	if short, ok := strings.CutSuffix(name, "OutputBody"); ok {
		return short
	}
	return strings.TrimSuffix(name, "Body")
}

// operation is the route in huma's words.
func (r *route) operation(schemas huma.Registry, bodyTimeout time.Duration) huma.Operation {
	op := huma.Operation{
		OperationID:     r.ID,
		Method:          r.Method,
		Path:            r.Path,
		Tags:            []string{r.Tag},
		Summary:         r.Summary,
		Description:     r.About,
		DefaultStatus:   r.Status,
		MaxBodyBytes:    -1, // boundBody bounds it
		BodyReadTimeout: bodyTimeout,
		// A misspelt option would silently be another document.
		RejectUnknownQueryParameters: r.hasQuery,
		Responses:                    map[string]*huma.Response{},
		Security:                     []map[string][]string{},
		Extensions:                   map[string]any{},
	}
	if r.Scope != "" {
		op.Security = append(op.Security, map[string][]string{keyScheme: {}})
		op.Extensions["x-scope"] = r.Scope
	}
	if r.Public {
		op.Security = append(op.Security, map[string][]string{})
	}
	if r.Curl != "" {
		op.Extensions["x-curl"] = r.Curl
	}
	if r.Produces != "" {
		status := strconv.Itoa(max(r.Status, http.StatusOK))
		op.Responses[status] = &huma.Response{
			Description: http.StatusText(max(r.Status, http.StatusOK)),
			Content:     map[string]*huma.MediaType{r.Produces: {Schema: &huma.Schema{Type: "string"}}},
		}
	}
	if r.Produces == pdfType {
		const about = "How many warnings of each code the document has. Missing: none."
		op.Responses[strconv.Itoa(max(r.Status, http.StatusOK))].Headers = map[string]*huma.Header{warningsHeader: {
			Description: about, Schema: &huma.Schema{Type: "string"}, Example: "missing-glyph=3, picture-failed=1",
		}}
	}
	for status, line := range r.Also {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: line}
	}
	for status, value := range r.Gives {
		response := op.Responses[strconv.Itoa(status)]
		if response == nil {
			response = &huma.Response{Description: http.StatusText(status)}
			op.Responses[strconv.Itoa(status)] = response
		}
		if response.Content == nil {
			response.Content = map[string]*huma.MediaType{}
		}
		response.Content["application/json"] = &huma.MediaType{Schema: schemas.Schema(reflect.TypeOf(value), true, r.ID)}
	}
	maps.Copy(op.Responses, problemResponses(r.codes()))
	return op
}

// problemResponses documents codes: one response for each status, with an example
// for each code.
func problemResponses(codes []problem.Code) map[string]*huma.Response {
	responses := map[string]*huma.Response{}
	for _, code := range codes {
		kind := problem.Of(code)
		status := strconv.Itoa(kind.Status)
		r := responses[status]
		if r == nil {
			r = &huma.Response{
				Content: map[string]*huma.MediaType{problemType: {
					Schema:   &huma.Schema{Ref: "#/components/schemas/Problem"},
					Examples: map[string]*huma.Example{},
				}},
				Headers: map[string]*huma.Param{},
			}
			if kind.Status == http.StatusTooManyRequests || kind.Status == http.StatusServiceUnavailable {
				r.Headers["Retry-After"] = &huma.Param{Description: "seconds to wait", Schema: &huma.Schema{Type: "integer"}}
			}
			responses[status] = r
		}
		example := problem.New(code, "what is the matter in this case", "")
		example.Instance = "k3v7x2q9m4"
		r.Content[problemType].Examples[string(code)] = &huma.Example{Summary: kind.Title, Value: example}
		r.Description = strings.TrimPrefix(r.Description+fmt.Sprintf("; `%s`: %s", code, kind.Title), "; ")
	}
	return responses
}

// finishDocument adds what only the whole document can have.
func (s *Server) finishDocument() {
	schemas := s.api.OpenAPI().Components.Schemas
	schemas.Schema(reflect.TypeFor[problem.Problem](), true, "Problem")
	p := schemas.Map()["Problem"]
	var types []any
	for _, kind := range problem.Codes {
		types = append(types, "/problems/"+string(kind.Code))
	}
	p.Description = "What went wrong (RFC 9457). `type` tells programs, `detail` and `hint` tell people."
	for name, about := range map[string]string{
		"type":     "The kind of problem. The address leads to its description.",
		"title":    "The same for all problems of the type.",
		"status":   "The response's status.",
		"detail":   "What is special to this case.",
		"hint":     "What to do about it.",
		"reason":   "With not-an-article: login, paywall, listing, empty or not-html.",
		"instance": "The request's id, by which the operator finds it in the log.",
	} {
		p.Properties[name].Description = about
	}
	p.Properties["type"].Enum = types
}

const about = `offprint turns news articles into PDFs, and mails them.

Bodies are JSON. Callers send ` + "`Authorization: Bearer KEY`" + `; from the machine that the service runs on, no
key is needed while it has no public address and no key was made. ` +
	`Whatever goes wrong is told as a problem (RFC 9457, type
` + "`application/problem+json`" + `) whose ` + "`hint`" + ` says what to do. ` +
	`A path that does not exist gives ` + "`not-found`" + `, a
method that it does not have ` + "`method-not-allowed`" + `.`

// inspect notes what a handler's input has: a body, a query, parameters.
func (r *route) inspect(input reflect.Type) {
	for _, f := range reflect.VisibleFields(input) {
		r.hasBody = r.hasBody || f.Name == "Body"
		r.hasRaw = r.hasRaw || f.Name == "RawBody"
		r.hasQuery = r.hasQuery || f.Tag.Get("query") != ""
		for _, place := range []string{"header", "path", "cookie"} {
			r.hasParsed = r.hasParsed || f.Tag.Get(place) != "" && f.Type.Kind() != reflect.String
		}
	}
}

// keyAbout says what keys are, and boundAbout what a bound one is for.
const (
	keyAbout = "A key made by `offprint keys create`. " + boundAbout + " No key stands in a page: readers need none " +
		"for `GET /v1/pdf?url=` of the site's own pages. One with origins (`--origin`) is known to whoever sees the page, " +
		"and opens no mail."
	boundAbout = "A key with hosts or origins takes the `url` of a page of its hosts, and no words of the caller's: " +
		"`html`, `base_url`, `article`, `title`, `author`, `date`, `logo`, `subject`, `note`, `sender` and names of " +
		"recipients are refused (403). A system that posts `html` needs a key without hosts."
)
