package server

import (
	"cmp"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"offprint/internal/problem"
)

// docsModel is what the documentation's page shows: the OpenAPI document, put in
// order for reading.
type docsModel struct {
	Title, Version, About, Base string
	Chapters                    []docsChapter
	Schemas                     []docsSchema
	Problems                    []problem.Kind
}

type docsChapter struct {
	Name, About string
	Routes      []docsRoute
}

type docsRoute struct {
	ID, Method, Path, Summary, About string
	Access                           string
	Params                           []docsField
	BodyTypes                        []string
	BodySchema                       string // its name, "" when it has none
	Body                             []docsField
	Responses                        []docsResponse
	Problems                         []problem.Kind
	Curl                             string
}

type docsField struct {
	Name, In, Type, Ref, About string
	Required                   bool
}

type docsResponse struct {
	Status       int
	About        string
	Types        []string
	Schema       string
	Fields       []docsField
	Headers      []docsField
	isOfProblems bool
}

type docsSchema struct {
	Name, About string
	Fields      []docsField
}

// describe reads the OpenAPI document into the page's model.
func (s *Server) describe() *docsModel {
	doc := s.api.OpenAPI()
	base := "http://" + s.config.Settings.Listen
	if s.public != nil {
		base = s.public.String()
	}
	m := &docsModel{
		Title: doc.Info.Title, Version: doc.Info.Version, About: doc.Info.Description, Base: base,
		Problems: problem.Codes,
	}
	schemas := &docsSchemas{doc.Components.Schemas}
	for _, tag := range doc.Tags {
		chapter := docsChapter{Name: tag.Name, About: tag.Description}
		for _, r := range slices.SortedFunc(maps.Values(s.routes), byNumber) {
			if r.Tag == tag.Name {
				chapter.Routes = append(chapter.Routes, describeRoute(r, operationOf(doc, r), schemas, base))
			}
		}
		if chapter.Routes != nil {
			m.Chapters = append(m.Chapters, chapter)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(schemas.Map())) {
		m.Schemas = append(m.Schemas, docsSchema{name, schemas.Map()[name].Description, schemas.fields(name)})
	}
	return m
}

func byNumber(a, b *route) int { return cmp.Compare(a.number, b.number) }

func operationOf(doc *huma.OpenAPI, r *route) *huma.Operation {
	item := doc.Paths[r.Path]
	switch r.Method {
	case http.MethodGet:
		return item.Get
	case http.MethodPost:
		return item.Post
	case http.MethodDelete:
		return item.Delete
	case http.MethodPut:
		return item.Put
	}
	return item.Patch
}

func describeRoute(r *route, op *huma.Operation, schemas *docsSchemas, base string) docsRoute {
	d := docsRoute{
		ID: r.ID, Method: r.Method, Path: r.Path, Summary: r.Summary, About: r.About,
		Access: r.access(), Curl: strings.ReplaceAll(r.Curl, "{base}", base),
	}
	for _, p := range op.Parameters {
		field := describeField(p.Name, p.Schema, p.Description)
		field.In, field.Required = p.In, p.Required
		d.Params = append(d.Params, field)
	}
	if op.RequestBody != nil {
		d.BodyTypes = slices.Sorted(maps.Keys(op.RequestBody.Content))
		for _, media := range op.RequestBody.Content {
			d.BodySchema, d.Body = describeMedia(media)
			if d.BodySchema != "" {
				d.Body = schemas.fields(d.BodySchema)
				break // a raw one beside it has no members
			}
		}
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		if response := describeResponse(status, op.Responses[status]); !response.isOfProblems {
			d.Responses = append(d.Responses, response)
		}
	}
	for _, code := range r.codes() {
		d.Problems = append(d.Problems, problem.Of(code))
	}
	slices.SortStableFunc(d.Problems, func(a, b problem.Kind) int { return cmp.Compare(a.Status, b.Status) })
	return d
}

// access says in words who may call a route.
func (r *route) access() string {
	switch {
	case r.Scope == "":
		return "no key needed"
	case r.Public:
		return "key with scope " + string(r.Scope) + ", or none for the site's own pages"
	}
	if r.Scope == AnyScope {
		return "any key"
	}
	if r.OrScope != "" {
		return "key with scope " + string(r.Scope) + " or " + string(r.OrScope)
	}
	return "key with scope " + string(r.Scope)
}

func describeResponse(status string, r *huma.Response) docsResponse {
	d := docsResponse{About: r.Description, Types: slices.Sorted(maps.Keys(r.Content))}
	d.Status, _ = strconv.Atoi(status)
	d.isOfProblems = len(r.Content) == 1 && r.Content[problemType] != nil
	for _, kind := range d.Types {
		if kind != problemType {
			d.Schema, d.Fields = describeMedia(r.Content[kind])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		d.Headers = append(d.Headers, describeField(name, r.Headers[name].Schema, r.Headers[name].Description))
	}
	return d
}

// describeMedia gives a body's schema: its name, if it has one, else its fields.
func describeMedia(media *huma.MediaType) (name string, fields []docsField) {
	if media.Schema == nil {
		return "", nil
	}
	if media.Schema.Ref != "" {
		return refName(media.Schema.Ref), nil
	}
	return "", describeFields(media.Schema)
}

func refName(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

func describeFields(s *huma.Schema) []docsField {
	var fields []docsField
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		field := describeField(name, s.Properties[name], "")
		field.Required = slices.Contains(s.Required, name)
		fields = append(fields, field)
	}
	return fields
}

// docsSchemas are the document's schemas with the types that they are made from.
type docsSchemas struct{ huma.Registry }

// fields gives a schema's members in the order in which the type has them, which
// is one to read them in.
func (s *docsSchemas) fields(name string) []docsField {
	fields := describeFields(s.Map()[name])
	made := s.TypeFromRef("#/components/schemas/" + name)
	if made == nil || made.Kind() != reflect.Struct {
		return fields
	}
	order := memberNames(made)
	slices.SortStableFunc(fields, func(a, b docsField) int {
		return cmp.Compare(slices.Index(order, a.Name), slices.Index(order, b.Name))
	})
	return fields
}

// memberNames are those of a struct in JSON, those of embedded ones in their place.
func memberNames(of reflect.Type) []string {
	var names []string
	for f := range of.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct {
			names = append(names, memberNames(f.Type)...)
		} else {
			names = append(names, cmp.Or(name, f.Name))
		}
	}
	return names
}

// describeField gives a value's type in words: "list of lists of ", "Block". about
// is what there is to say beside what the schema does.
func describeField(name string, s *huma.Schema, about string) docsField {
	f := docsField{Name: name, About: about}
	if s == nil {
		return f
	}
	f.About = cmp.Or(about, s.Description)
	for s.Type == huma.TypeArray && s.Items != nil {
		f.Type += "list of "
		s = s.Items
	}
	switch {
	case s.Ref != "":
		f.Ref = refName(s.Ref)
	case s.Format != "" && s.Type == huma.TypeString:
		f.Type += s.Type + " (" + s.Format + ")"
	case s.Type == "":
		f.Type += "any"
	default:
		f.Type += s.Type
	}
	if len(s.Enum) > 0 && len(s.Enum) < 10 {
		var values []string
		for _, v := range s.Enum {
			if text, ok := v.(string); ok {
				values = append(values, text)
			}
		}
		f.About = strings.TrimSpace(f.About + " One of `" + strings.Join(values, "`, `") + "`.")
	}
	return f
}
