package server

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"offprint/internal/problem"
	"offprint/internal/queue"
)

// Jobs are for who made them and for the operator.
func TestJobsOwner(t *testing.T) {
	f := ownFixture(t, func(c *Config) {
		c.Keys = keysOf(
			&testKey{id: "mailer", scopes: []Scope{Email}}, &testKey{id: "other", scopes: []Scope{Email, Print, Hooks}},
			&testKey{id: "boss", scopes: []Scope{Admin}})
	})
	make := func() string {
		return readJob(t, f.ask("POST", "/v1/email", `{"url":"https://news.example/","to":["a@example.com"]}`, bearer("mailer")...), 202).ID
	}
	for _, c := range []struct {
		name    string
		headers []string
		sees    bool
	}{
		{"its own", bearer("mailer"), true},
		{"another", bearer("other"), false},
		{"operator", bearer("boss"), true},
		{"program on this machine", nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := make()
			asks := []struct {
				method, path string
				status       int
			}{{"GET", "/v1/jobs/" + id, 200}, {"DELETE", "/v1/jobs/" + id, 200}, {"POST", "/v1/jobs/" + id + "/retry", 202}}
			for _, a := range asks {
				res := f.ask(a.method, a.path, "", c.headers...)
				if !c.sees {
					wantProblem(t, res, problem.NotFound)
					continue
				}
				if j := readJob(t, res, a.status); len(j.Deliveries) != 1 || j.Deliveries[0].Recipient != "a@example.com" {
					t.Errorf("%s: %+v", a.method, j)
				}
			}
		})
	}
	wantProblem(t, f.ask("GET", "/v1/jobs/nothing", "", bearer("boss")...), problem.NotFound)
	wantProblem(t, f.ask("GET", "/v1/jobs/"+make(), "", "From", "192.0.2.7:1"), problem.Unauthorized)
	wantProblem(t, f.ask("GET", "/v1/jobs", "", bearer("mailer")...), problem.Forbidden)
}

func TestCancelAndRetry(t *testing.T) {
	f := ownFixture(t, nil)
	id := readJob(t, f.ask("POST", "/v1/pdf", `{"url":"https://news.example/"}`, "Prefer", "respond-async"), 202).ID
	for _, c := range []struct {
		method, path string
		status       int
		state        queue.JobState
	}{
		{"DELETE", "", 200, queue.Cancelled},
		{"DELETE", "", 409, ""},
		{"POST", "/retry", 202, queue.Queued},
		{"POST", "/retry", 409, ""},
		{"DELETE", "", 200, queue.Cancelled},
	} {
		res := f.ask(c.method, "/v1/jobs/"+id+c.path, "")
		if c.status == 409 {
			wantProblem(t, res, problem.Conflict)
		} else if j := readJob(t, res, c.status); j.State != c.state {
			t.Errorf("%s %s: %s, want %s", c.method, c.path, j.State, c.state)
		}
	}
}

func TestListJobs(t *testing.T) {
	f := ownFixture(t, nil)
	const n = 25
	for i := range n {
		readJob(t, f.ask("POST", "/v1/pdf", fmt.Sprintf(`{"url":"https://news.example/%d"}`, i%5), "Prefer", "respond-async"), 202)
	}
	list := func(query string) (ids []string, next string) {
		var page struct {
			Jobs []Job
			Next string
		}
		if err := json.Unmarshal(bodyOf(t, f.ask("GET", "/v1/jobs?"+query, ""), 200), &page); err != nil {
			t.Fatal(err)
		}
		for _, j := range page.Jobs {
			ids = append(ids, j.ID)
		}
		return ids, page.Next
	}
	seen, next := map[string]bool{}, ""
	for pages := 0; ; pages++ {
		query := "limit=7"
		if next != "" {
			query += "&before=" + next
		}
		var ids []string
		ids, next = list(query)
		for _, id := range ids {
			if seen[id] {
				t.Errorf("%s is listed twice", id)
			}
			seen[id] = true
		}
		if next == "" {
			break
		}
	}
	if len(seen) != n {
		t.Errorf("%d jobs listed, want %d", len(seen), n)
	}
	for query, want := range map[string]int{
		"state=queued": n, "state=failed": 0, "kind=email": 0, "kind=pdf": n, "source=https://news.example/3%23top": 5,
	} {
		if ids, _ := list(query); len(ids) != want {
			t.Errorf("%s: %d jobs, want %d", query, len(ids), want)
		}
	}
	for _, query := range []string{"state=odd", "limit=0x", "limit=5000", "before=yesterday", "sort=up"} {
		wantProblem(t, f.ask("GET", "/v1/jobs?"+query, ""), problem.BadRequest)
	}
}

func TestAddresses(t *testing.T) {
	s := newService(t, nil, nil)
	s.work(t, nil)
	id := readJob(t, s.ask("POST", "/v1/email", toJSON(t, map[string]any{"url": s.paper.URL + "/1.html", "to": []string{"Reader@example.com", "b@example.com"}})), 202).ID
	s.ended(t, id)
	export := func() string {
		return string(bodyOf(t, s.ask("POST", "/v1/addresses/export", `{"email":"reader@example.com"}`), 200))
	}
	if got := export(); !strings.Contains(got, `"recipient":"Reader@example.com"`) || !strings.Contains(got, id) || strings.Contains(got, "b@example.com") {
		t.Errorf("export %s", got)
	}
	if got := string(bodyOf(t, s.ask("POST", "/v1/addresses/erase", `{"email":"reader@example.com"}`), 200)); !strings.Contains(got, `"deliveries":1`) {
		t.Errorf("erase %s", got)
	}
	if got := export(); strings.Contains(got, id) || !strings.Contains(got, `"records":[]`) || !strings.Contains(got, `"events":[]`) {
		t.Errorf("export after erasing: %s", got)
	}
	if got := string(bodyOf(t, s.ask("GET", "/v1/jobs/"+id, ""), 200)); strings.Contains(strings.ToLower(got), "reader@") || !strings.Contains(got, "b@example.com") {
		t.Errorf("job after erasing: %s", got)
	}
	p := wantProblem(t, s.ask("POST", "/v1/addresses/erase", `{"email":"reader at example"}`), problem.BadRequest)
	if strings.Contains(p.Detail, "reader") {
		t.Errorf("the problem repeats the address: %s", p.Detail)
	}
}
