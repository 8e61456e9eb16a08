package hook_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"offprint/internal/golden"
	"offprint/server/hook"
)

// TestPayloads holds what each system sends against what it means. Each request
// is delivered six times, signed anew as a sender's retries are: one event.
func TestPayloads(t *testing.T) {
	events := golden.Open(t, filepath.Join("testdata", "events"))
	ids := map[string]string{}
	for source, config := range configs {
		files, err := filepath.Glob(filepath.Join("testdata", "payloads", source, "*.http"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no payloads of %s: %v", source, err)
		}
		r := receiver(t, config)
		for _, file := range files {
			name := filepath.Join(source, strings.TrimSuffix(filepath.Base(file), ".http"))
			t.Run(name, func(t *testing.T) {
				payload := load(t, file)
				var first *hook.Event
				for retry := range 6 {
					at := now.Add(time.Duration(retry) * 20 * time.Second)
					event, err := r.Receive(signed(payload, config, secret, at), at)
					if err != nil {
						t.Fatal(err)
					}
					if first == nil {
						first = event
					} else if *event != *first {
						t.Fatalf("repeat %d: %+v, first: %+v", retry, event, first)
					}
				}
				if first.What != hook.Ignore {
					if other := ids[first.ID]; other != "" && !sameDelivery[name] {
						t.Errorf("%s and %s have one ID", name, other)
					}
					ids[first.ID] = name
				}
				events.Check(t, name+".json", indented(t, first))
			})
		}
	}
}

// sameDelivery are payloads that say what others say, in another form.
var sameDelivery = map[string]bool{
	"wordpress/published-multipart": true, "wordpress/published-form": true,
}

func indented(t *testing.T, e *hook.Event) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(e); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
