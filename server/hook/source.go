package hook

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed sources/*.json
var sourceFiles embed.FS

// source says where a system keeps what we ask: the form of sources/NAME.json. A
// place is a gjson path into the body, or header:NAME. Of several, the first that
// holds text or a number counts.
type source struct {
	Name   string `json:"name"`
	Note   string `json:"note"`   // where this is documented
	Verify string `json:"verify"` // how it signs, when the configuration does not say
	// Otherwise has an object, with a dot, and what to look at instead when there is
	// none or it is empty: a deleted Ghost post is all in post.previous.
	Otherwise map[string]string `json:"otherwise"`
	// Localised values are objects with a member a language.
	Localised bool `json:"localised"`
	// Entities: titles are HTML, in which & may be written &amp;.
	Entities bool `json:"entities"`

	Event  []string        `json:"event"`  // what happened, in the source's words
	Events map[string]What `json:"events"` // those words in ours
	Tests  []string        `json:"tests"`  // words for: somebody pressed the test button
	Cases  []eventCase     `json:"cases"`  // go before Events
	// Default is what happened when the body does not say. Empty: it must.
	Default What `json:"default"`

	Type       []string     `json:"type"`       // what kind of thing it happened to
	Types      []string     `json:"types"`      // the kinds that are articles, when the configuration does not say
	Restricted []conditions `json:"restricted"` // any of them: not for everybody

	Article []string `json:"article"` // its name for the article
	// Within is what Article is unique within: a list of places an item, and what is
	// found is joined.
	Within [][]string `json:"within"`

	URL    []string `json:"url"`
	Title  []string `json:"title"`
	HTML   []string `json:"html"`
	Locale []string `json:"locale"`
}

// eventCase tells what happened from the body, for a source that does not.
type eventCase struct {
	When   conditions `json:"when"`
	What   What       `json:"what"`
	Name   string     `json:"name"`
	Reason string     `json:"reason"`
	Moved  bool       `json:"moved"` // the body has no longer the address that readers knew
}

// conditions must all hold. By place, what must be there:
//
//	"text"   this text or number
//	"!text"  another text or number
//	"*"      something
//	""       nothing, or null
//	"{}"     nothing, or an object without members
type conditions map[string]string

// sources are the systems by name.
var sources = sync.OnceValues(func() (map[string]*source, error) {
	files, err := sourceFiles.ReadDir("sources")
	if err != nil {
		return nil, err
	}
	all := map[string]*source{}
	for _, file := range files {
		data, err := sourceFiles.ReadFile(path.Join("sources", file.Name()))
		if err != nil {
			return nil, err
		}
		s := &source{}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(s); err != nil {
			return nil, fmt.Errorf("read hook source %s: %w", file.Name(), err)
		}
		if s.Name != strings.TrimSuffix(file.Name(), ".json") {
			return nil, fmt.Errorf("read hook source %s: it is named %q", file.Name(), s.Name)
		}
		all[s.Name] = s
	}
	return all, nil
})
