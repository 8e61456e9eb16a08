package server

import (
	"encoding/json"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"offprint/internal/problem"
)

// largeBodies are requests as large as they may be, as the worst of callers would
// write them.
func largeBodies(t testing.TB) map[string]string {
	t.Helper()
	const size = 10_000_000 - 100
	const line = "<p>渡口的早班船在六点前离岸。</p>\n"
	html, err := json.Marshal(strings.Repeat(line, size*8/10/(len(line)+15))) // < and > take six bytes
	if err != nil {
		t.Fatal(err)
	}
	fill := func(before, one, after string) string {
		return before + strings.Repeat(one+",", (size-len(before)-len(after)-len(one))/(len(one)+1)) + one + after
	}
	return map[string]string{
		"HTML":           `{"html":` + string(html) + `,"base_url":"https://news.example/"}`,
		"long blocks":    fill(`{"article":{"title":"x","lang":"en","blocks":[`, `{"kind":"paragraph","text":"`+strings.Repeat("渡口的早班船。", 10)+`"}`, `]}}`),
		"short blocks":   fill(`{"article":{"title":"x","lang":"en","blocks":[`, `{"kind":"paragraph","text":"x"}`, `]}}`),
		"indexes":        fill(`{"url":"https://news.example/","drop":[`, `1`, `]}`),
		"unknown fields": fill(`{"url":"https://news.example/","x":[`, `{}`, `]}`),
		"depth":          `{"url":"https://news.example/","x":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}`,
	}
}

// What reading a body costs in memory is bounded by its size: huma alone took 70
// times as much.
func TestLargeBody(t *testing.T) {
	most := 12.0 // times the body
	if underRace {
		most = 20 // the race detector keeps notes of its own
	}
	f := newFixture(t, nil)
	for name, body := range largeBodies(t) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		res := f.ask("POST", "/v1/parse", body)
		runtime.ReadMemStats(&after)
		f.press.asked = nil
		switch {
		case name == "HTML" || name == "long blocks":
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", name, res.StatusCode)
			}
		case name == "depth":
			wantProblem(t, res, problem.BadRequest)
			continue
		default:
			wantProblem(t, res, problem.TooLarge)
		}
		times := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(body))
		if times > most {
			t.Errorf("%s: reading %d bytes took %.0f times as many of memory, want at most %.0f", name, len(body), times, most)
		}
		t.Logf("%s: %.1f MB, %.1f times as much memory in all", name, float64(len(body))/1e6, times)
	}
}

func TestCountValues(t *testing.T) {
	for text, want := range map[string]int{
		``: 0, `"a"`: 0, `"a,[{"`: 0, `"a\",[{"`: 0, `"a\\",[1]`: 2, `[1,2,3]`: 3, `{"a":1,"b":[{},{}]}`: 6, `["\\\",",2]`: 2, `"open,`: 0, `"\`: 0,
	} {
		if got := countValues([]byte(text)); got != want {
			t.Errorf("%s has %d values, want %d", text, got, want)
		}
	}
}

// BenchmarkLargeBody is what reading a body costs: see B/op beside its size.
func BenchmarkLargeBody(b *testing.B) {
	for name, body := range largeBodies(b) {
		b.Run(name, func(b *testing.B) {
			f := newFixture(b, nil)
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				f.ask("POST", "/v1/parse", body)
				f.press.asked = nil
			}
		})
	}
}
