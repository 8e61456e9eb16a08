package hook

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// Limits of a body beside its size.
const (
	maxDepth  = 64  // of JSON; a Contentful rich text of an article has some 20
	maxFields = 500 // of a form
)

// readBody gives the body as JSON, an object: forms become one with a text a
// field. Empty bodies give "".
func readBody(contentType string, body []byte) (string, *Error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return "", nil
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if contentType == "" {
		kind, err = "application/json", nil
	}
	switch {
	case err != nil:
		return "", refuse(Unsupported, mediaHint, "read Content-Type: %w", err)
	case kind == "application/json", strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json"):
		return readJSON(body)
	case kind == "application/x-www-form-urlencoded":
		return readForm(body)
	case kind == "multipart/form-data":
		return readMultipart(body, params["boundary"])
	}
	return "", refuse(Unsupported, mediaHint, "content of type %s is not read", kind)
}

const mediaHint = "send application/json, or a form as application/x-www-form-urlencoded or multipart/form-data"

func readJSON(body []byte) (string, *Error) {
	const hint = "send one JSON object in UTF-8"
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	switch {
	case len(body) == 0:
		return "", nil
	case !utf8.Valid(body):
		return "", refuse(BadRequest, hint, "the body is not UTF-8")
	case tooDeep(body):
		return "", refuse(BadRequest, hint, "the body nests deeper than %d levels", maxDepth)
	case !gjson.ValidBytes(body):
		return "", refuse(BadRequest, hint, "the body is not JSON")
	case body[0] != '{':
		return "", refuse(BadRequest, hint, "the body is JSON, but no object")
	}
	return string(body), nil
}

// tooDeep is asked before the JSON is read, because its reader calls itself for
// each level.
func tooDeep(body []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

func readForm(body []byte) (string, *Error) {
	const hint = "send the fields as a form: name=value&name=value, with % escapes"
	if bytes.Count(body, []byte("&")) >= maxFields {
		return "", refuse(BadRequest, hint, "the form has more than %d fields", maxFields)
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return "", refuse(BadRequest, hint, "read form: %w", err)
	}
	fields := map[string]string{}
	for name, all := range values {
		fields[name] = all[0]
	}
	return formJSON(fields)
}

func readMultipart(body []byte, boundary string) (string, *Error) {
	const hint = "send the fields as multipart/form-data without files"
	if boundary == "" {
		return "", refuse(BadRequest, hint, "the form has no boundary")
	}
	fields := map[string]string{}
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for n := 0; ; n++ {
		part, err := reader.NextRawPart()
		switch {
		case errors.Is(err, io.EOF):
			return formJSON(fields)
		case err != nil:
			return "", refuse(BadRequest, hint, "read form: %w", err)
		case n == maxFields:
			return "", refuse(BadRequest, hint, "the form has more than %d fields", maxFields)
		case part.FileName() != "":
			return "", refuse(BadRequest, hint, "the form holds a file")
		}
		value, err := io.ReadAll(part) // no more than the body
		if err != nil {
			return "", refuse(BadRequest, hint, "read form: %w", err)
		}
		if _, twice := fields[part.FormName()]; !twice {
			fields[part.FormName()] = string(value)
		}
	}
}

// formJSON writes the fields as an object, in the order of their names.
func formJSON(fields map[string]string) (string, *Error) {
	for name, value := range fields {
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			return "", refuse(BadRequest, "send the form in UTF-8", "the form is not UTF-8")
		}
	}
	data, err := json.Marshal(fields)
	if err != nil {
		return "", refuse(BadRequest, "", "write form as JSON: %w", err)
	}
	return string(data), nil
}
