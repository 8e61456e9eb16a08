package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/server/readers"
)

// tries is how many requests the abuse run makes: OFFPRINT_ABUSE_TRIES, else 1,000.
func tries(t testing.TB) int {
	n, err := strconv.Atoi(os.Getenv("OFFPRINT_ABUSE_TRIES"))
	if os.Getenv("OFFPRINT_ABUSE_TRIES") == "" {
		return 1000
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAbuse is a spammer at work: many forms of request, many at a time, from few and
// from many addresses, through a restart. Nothing goes out above the limits or with
// the spammer's words.
func TestAbuse(t *testing.T) {
	f := newForm(t, nil)
	const marker = "BUYNOW"
	if err := f.queue.Suppress(t.Context(), addressOf(t, "gone@victim.example")); err != nil {
		t.Fatal(err)
	}
	// The limits, as the README tells them.
	const perIP, perAddress, perDomain, perArticle = 20, 3, 200, 500
	forms := []struct {
		name   string
		change func(n int, r *ShareRequest)
	}{
		{"one victim", func(_ int, r *ShareRequest) { r.To = []string{"victim@victim.example"} }},
		{"one victim, tagged", func(n int, r *ShareRequest) { r.To = []string{fmt.Sprintf("victim+%d@victim.example", n)} }},
		{"many victims", func(n int, r *ShareRequest) { r.To = []string{fmt.Sprintf("v%d@victim.example", n)} }},
		{"five at once", func(n int, r *ShareRequest) {
			r.To = nil
			for i := range 5 {
				r.To = append(r.To, fmt.Sprintf("w%d@d%d.example", n*5+i, n%40))
			}
		}},
		{"free address", func(_ int, r *ShareRequest) { r.URL = "https://" + marker + ".example/" }},
		{"free address beneath the site's", func(_ int, r *ShareRequest) { r.URL = "https://news.example/" + marker }},
		{"text for a name", func(_ int, r *ShareRequest) { r.Sender = marker + " at " + marker + ".example" }},
		{"a break in a name", func(_ int, r *ShareRequest) { r.Sender = "A\r\nSubject: " + marker }},
		{"a note", func(_ int, r *ShareRequest) { r.Note = marker }},
		{"a language", func(_ int, r *ShareRequest) { r.Lang = "en-x-" + marker }},
		{"a size", func(_ int, r *ShareRequest) { r.FontSize = marker }},
		{"more headers", func(_ int, r *ShareRequest) { r.To = []string{"a@b.example>\r\nX: " + marker} }},
		{"the trap", func(_ int, r *ShareRequest) { r.Website = marker }},
		{"old work", func(_ int, r *ShareRequest) {
			c := readers.NewChallenge(f.config.Readers.Key, formPage, 8, f.now().Add(-readers.Latest))
			r.Challenge, r.Solution = c.Text, c.Solve()
		}},
		{"no work", func(_ int, r *ShareRequest) { r.Solution = "1e5" }},
		{"a forged challenge", func(n int, r *ShareRequest) {
			c := readers.NewChallenge([]byte("mine"), formPage, 1, f.now().Add(-time.Minute))
			r.Challenge, r.Solution = c.Text, c.Solve()
		}},
		{"a forged token", func(_ int, r *ShareRequest) { r.Token = readers.Token([]byte(marker), r.URL, f.now().Add(time.Hour)) }},
		{"who wants no mail", func(_ int, r *ShareRequest) { r.To = []string{"gone@victim.example"} }},
	}
	reused := f.letter(formPage, f.now(), "reuse@victim.example")
	type count struct{ tried, accepted int }
	var mu sync.Mutex
	counts := map[string]*count{}
	byIP, told := map[string]int{}, map[string]bool{}
	n := tries(t)
	run := func(from, to int) {
		var all sync.WaitGroup
		slots := make(chan struct{}, 8)
		for i := from; i < to; i++ {
			slots <- struct{}{}
			all.Go(func() {
				defer func() { <-slots }()
				form := forms[i%len(forms)]
				in := f.letter(formPage, f.now(), "reader@victim.example")
				if i%7 == 0 { // one piece of work for many letters
					in.Challenge, in.Solution = reused.Challenge, reused.Solution
				}
				form.change(i, in)
				ip := fmt.Sprintf("192.0.2.%d", i%(n/20))
				if n/20 > 250 || i%3 == 0 {
					ip = fmt.Sprintf("[2001:db8:%x::%x]", i%2, i) // many of a /64 are one
				}
				res := f.post(t, ip, in)
				body, _ := io.ReadAll(res.Body)
				mu.Lock()
				defer mu.Unlock()
				c := counts[form.name]
				if c == nil {
					c = &count{}
					counts[form.name] = c
				}
				c.tried++
				if res.StatusCode == 202 {
					c.accepted++
					told[string(body)] = true
					if in.Website == "" && i%7 != 0 { // a repeat is answered, too, and does nothing
						byIP[network(t, ip)] += len(in.To)
					}
				} else if res.StatusCode >= 500 {
					t.Errorf("%s: status %d: %s", form.name, res.StatusCode, body)
				}
			})
		}
		all.Wait()
	}
	run(0, n/2)
	f.fixture.queue.Close()
	f.open(t, nil) // a restart forgets nothing
	run(n/2, n)
	// What would go out.
	sent := f.letters(t)
	total, beyond, domains, people := 0, 0, map[string]int{}, map[string]int{}
	for to, m := range sent {
		a := addressOf(t, to)
		total += m
		domains[a.Domain()] += m
		people[mailboxOf(a)] += m
	}
	for _, m := range people {
		beyond += max(0, m-perAddress)
	}
	for _, m := range domains {
		beyond += max(0, m-perDomain)
	}
	beyond += max(0, total-perArticle)
	for _, m := range byIP {
		beyond += max(0, m-perIP)
	}
	words, free := 0, 0
	jobs, err := f.queue.Jobs(t.Context(), queue.Filter{Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range jobs {
		if bytes.Contains(j.Request, []byte(marker)) {
			words++
		}
		var l press.Letter
		if json.Unmarshal(j.Request, &l) != nil || l.URL != formPage || l.HTML != "" || l.Article != nil {
			free++
		}
	}
	for _, form := range forms {
		if c := counts[form.name]; c != nil {
			t.Logf("%-32s tried %5d  answered 202 %5d", form.name, c.tried, c.accepted)
		}
	}
	t.Logf("tries %d, letters %d, beyond the limits %d, with the spammer's text %d, of free addresses %d, kinds of answer 202 %d", n, total, beyond, words, free, len(told))
	if beyond != 0 || words != 0 || free != 0 || len(told) != 1 {
		t.Error("the form is a relay, or tells of addresses")
	}
	if total == 0 {
		t.Error("nothing goes out: the run shows nothing")
	}
}

// network is the address that one client has: of IPv6 the /64.
func network(t testing.TB, ip string) string {
	a, err := netip.ParseAddr(strings.Trim(ip, "[]"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Is6() {
		return netip.PrefixFrom(a, 64).Masked().String()
	}
	return ip
}
