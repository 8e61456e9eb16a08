package queue

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// TestPayload holds the bodies to the contract.
func TestPayload(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 30, 0, 250e6, time.UTC)
	cases := []struct {
		name string
		p    payload
		want string
	}{
		{"rendered", payload{PDFRendered, at, eventData{
			Job: "ID", Kind: PDF, State: "done", Source: "https://news.example/?a=1&b=<潮>", Result: &Result{PDF: "/v1/pdf/0123.pdf"},
			CallbackData: json.RawMessage(`{ "id": 42 }`),
		}}, `{"type":"pdf.rendered","timestamp":"2026-11-23T09:30:00.25Z","data":{"job":"ID","kind":"pdf","state":"done",` +
			`"source":"https://news.example/?a=1&b=<潮>","result":{"pdf":"/v1/pdf/0123.pdf"},"callback_data":{"id":42}}}`},
		{"failed", payload{PDFFailed, at, eventData{
			Job: "ID", Kind: PDF, State: "failed", Error: &Problem{Type: "/problems/fetch-failed", Title: "the page could not be had", Status: 502, Hint: "try again"},
		}}, `{"type":"pdf.failed","timestamp":"2026-11-23T09:30:00.25Z","data":{"job":"ID","kind":"pdf","state":"failed",` +
			`"error":{"type":"/problems/fetch-failed","title":"the page could not be had","status":502,"hint":"try again"}}}`},
		{"accepted", payload{EmailAccepted, at, eventData{
			Job: "ID", Kind: Email, State: "sent", Recipient: "reader@example.com", Code: 250, Reply: "2.0.0 ok", MessageID: "1@offprint.example",
		}}, `{"type":"email.accepted","timestamp":"2026-11-23T09:30:00.25Z","data":{"job":"ID","kind":"email","state":"sent",` +
			`"recipient":"reader@example.com","code":250,"reply":"2.0.0 ok","message_id":"1@offprint.example"}}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.p.encode()
			if err != nil || string(got) != c.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

// FuzzPayload: whatever a job holds, the body is JSON, small, and the same after
// a reader was taken out of it twice.
func FuzzPayload(f *testing.F) {
	f.Add("https://news.example/42", "reader@example.com", "2.0.0 ok", "detail", "title", 1)
	f.Add("\x00\xff\u2028", "<&>", "潮", "", "", 30_000)
	f.Fuzz(func(t *testing.T, source, recipient, reply, detail, title string, times int) {
		times = min(max(times, 1), 1+100_000/(len(source)+len(detail)+len(title)+1))
		p := payload{PDFRendered, time.UnixMilli(0).UTC(), eventData{
			Job: newJobID(), Kind: PDF, State: "done", Source: strings.Repeat(source, times), Recipient: recipient, Reply: cut(reply, maxReply),
			Error:        &Problem{Detail: strings.Repeat(detail, times), Title: strings.Repeat(title, times)},
			Result:       &Result{PDF: strings.Repeat(source, times)},
			CallbackData: json.RawMessage(`"` + strings.Repeat("x", maxCallbackData-2) + `"`),
		}}
		body, err := p.encode()
		if err != nil || len(body) >= maxPayload || !json.Valid(body) {
			t.Fatalf("body of %d bytes, %v", len(body), err)
		}
		once, err := withoutReader(body)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := withoutReader(once)
		if err != nil || string(once) != string(twice) || len(once) > len(body) {
			t.Errorf("%v\n%s\n%s", err, once, twice)
		}
		var got payload
		if err := json.Unmarshal(once, &got); err != nil || got.Data.Recipient != "" || got.Data.Reply != "" || got.Data.Job != p.Data.Job {
			t.Errorf("%v: %s", err, once)
		}
	})
}

func TestCheckCallback(t *testing.T) {
	cases := []struct {
		name, url, want string
	}{
		{"https", "https://cms.example/hook?key=1", ""},
		{"http, a port, an address", "http://[::1]:8080", ""},
		{"no scheme", "cms.example/hook", "scheme"},
		{"another scheme", "file:///etc/passwd", "scheme"},
		{"no host", "https:///hook", "no host"},
		{"a port alone", "https://:80/", "no host"},
		{"opaque", "https:cms.example", "no host"},
		{"user", "https://user@cms.example/", "user or password"},
		{"password", "https://user:hidden@cms.example/", "user or password"},
		{"port zero", "https://cms.example:0/", "port"},
		{"port too high", "https://cms.example:65536/", "port"},
		{"line feed", "https://cms.example/\nhidden", "not a URL"},
		{"too long", "https://cms.example/" + strings.Repeat("x", maxCallback), "more than 2048"},
		{"nothing", "", "scheme"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := CheckCallback(c.url)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), "hidden") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
}

func TestEndpoints(t *testing.T) {
	now := time.Unix(0, 0)
	e := &endpoints{places: 32}
	take := func(host string) (n int) {
		for e.enter(host, now) == 0 {
			n++
		}
		return n
	}
	if n := take("slow.example"); n != fewCalls {
		t.Errorf("a stranger got %d places, want %d", n, fewCalls)
	}
	if wait := e.enter("other.example", now); wait != 0 {
		t.Errorf("another host waits %v", wait)
	}
	e.leave("other.example", time.Millisecond, true)
	if n := take("other.example"); n != 16 {
		t.Errorf("a host that is well got %d places, want half", n)
	}
	e.leave("slow.example", 20*time.Second, false)
	if n := take("slow.example"); n != 1 {
		t.Errorf("a slow host got %d more places, want the one that it gave back", n)
	}
	// Waits grow with those that wait, and stay bounded.
	var last, longest time.Duration
	for range 1000 {
		last = e.enter("slow.example", now)
		longest = max(longest, last)
		if last < shortTurn || last > longestTurn+time.Minute {
			t.Fatalf("wait of %v", last)
		}
	}
	if longest < longestTurn/2 {
		t.Errorf("the longest of 1,000 waits is %v", longest)
	}
	// A clock that was set back does not make them endless.
	now = now.Add(-48 * time.Hour)
	if wait := e.enter("slow.example", now); wait > longestTurn {
		t.Errorf("wait of %v after the clock was set back", wait)
	}
}
