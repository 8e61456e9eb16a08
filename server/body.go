package server

import (
	"errors"
	"io"

	"github.com/danielgtaylor/huma/v2"
)

// mostValues is how many values a JSON body may have. Each member of an object and
// each element of a list is one. An article of the most characters that are printed
// has a tenth of that. Without a bound, ten megabytes of "1,1,1,…" become seven
// hundred in memory, since huma reads a body twice, first to check it.
const mostValues = 200_000

var errValues = errors.New("it has more values than are read: 200,000")

// jsonFormat is huma's, which reads no more than mostValues.
var jsonFormat = huma.Format{
	Marshal: func(w io.Writer, v any) error { return huma.DefaultJSONFormat.Marshal(w, v) },
	Unmarshal: func(data []byte, v any) error {
		if countValues(data) > mostValues { // each time: what fails huma's first reading is read again
			return errValues
		}
		return huma.DefaultJSONFormat.Unmarshal(data, v)
	},
}

// countValues says how many values a text has, if it is JSON.
func countValues(data []byte) int {
	n, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}
