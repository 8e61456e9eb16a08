package server

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"offprint/internal/problem"
	"offprint/mailer"
)

// sentMessage has a letter sent to reader@example.com and gives its Message-ID.
func sentMessage(t *testing.T) (s *service, job, messageID string) {
	t.Helper()
	s = newService(t, nil, func(c *Config) {
		c.Keys = keysOf(&testKey{id: "mta", scopes: []Scope{Hooks}}, &testKey{id: "boss", scopes: []Scope{Admin}}, &testKey{id: "print", scopes: []Scope{Print}})
	})
	s.work(t, nil)
	job = readJob(t, s.ask("POST", "/v1/email", toJSON(t, map[string]any{"url": s.paper.URL + "/1.html", "to": []string{"reader@example.com"}})), 202).ID
	return s, job, s.ended(t, job).Deliveries[0].MessageID
}

// report is a delivery report of the mailer's tests about another message.
func report(t *testing.T, name, messageID string) string {
	t.Helper()
	data, err := os.ReadFile("../mailer/dsn/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	token, _, _ := strings.Cut(messageID, "@")
	return strings.ReplaceAll(string(data), reportedToken, token)
}

// reportedToken is the one that the test reports are about.
const reportedToken = "4f1d0c7a9e3b52866d1c0a7be9f42d31"

// aboutNothing says that something came back, and not what.
const aboutNothing = `From: MAILER-DAEMON@mx.example
To: bounces@offprint.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; reader@example.com
Action: failed
Status: 5.1.1

--x--
`

func TestNoteBounce(t *testing.T) {
	for _, c := range []struct {
		name       string
		kind       string // Content-Type
		body       func(id string) string
		outcome    string
		state      mailer.State // afterwards
		suppressed bool
	}{
		{"JSON", "application/json", func(id string) string {
			return `{"message_id":"<` + id + `>","code":550,"reply":"5.2.2 mailbox full"}`
		}, "bounced", mailer.Bounced, false},
		{"JSON, token", "application/json; charset=utf-8", func(id string) string {
			token, _, _ := strings.Cut(id, "@")
			return `{"token":"` + token + `","code":550,"reply":"5.1.1 unknown","suppress":true}`
		}, "bounced", mailer.Bounced, true},
		{"JSON, unknown", "application/json", func(string) string { return `{"message_id":"nothing@example.com"}` }, "unknown", mailer.Sent, false},
		{"report", "message/rfc822", func(id string) string { return report(t, "postfix-unknown.eml", id) }, "bounced", mailer.Bounced, true},
		{"report, as curl sends it", "application/x-www-form-urlencoded", func(id string) string { return report(t, "postfix-full.eml", id) }, "bounced", mailer.Bounced, false},
		{"delay", "message/rfc822", func(id string) string { return report(t, "postfix-delayed.eml", id) }, "ignored", mailer.Sent, false},
		{"complaint", "message/rfc822", func(id string) string { return report(t, "complaint.eml", id) }, "complained", mailer.Sent, true},
		{"not spam after all", "message/rfc822", func(id string) string { return report(t, "complaint-not-spam.eml", id) }, "ignored", mailer.Sent, false},
		{"about a message of another's", "message/rfc822", func(string) string { return report(t, "postfix-unknown.eml", "other@x") }, "unknown", mailer.Sent, false},
		{"about no message", "message/rfc822", func(string) string { return aboutNothing }, "unknown", mailer.Sent, false},
		{"out of office", "", func(string) string { return report(t, "outofoffice-zh.eml", "") }, "ignored", mailer.Sent, false},
		{"no mail at all", "text/plain", func(string) string { return "hello" }, "ignored", mailer.Sent, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, job, id := sentMessage(t)
			for range 2 { // a report may come twice
				res := s.ask("POST", "/v1/bounces", c.body(id), append(bearer("mta"), "Content-Type", c.kind)...)
				var noted Noted
				if err := json.Unmarshal(bodyOf(t, res, 200), &noted); err != nil || noted.Outcome != c.outcome || noted.Suppressed != c.suppressed {
					t.Errorf("%+v, %v; want %s", noted, err, c.outcome)
				}
			}
			j, _ := s.queue.Job(t.Context(), job)
			if j.Deliveries[0].State != c.state {
				t.Errorf("delivery %+v, want %s", j.Deliveries[0], c.state)
			}
			if s.suppressed(t) != c.suppressed {
				t.Errorf("suppressed %v, want %v", !c.suppressed, c.suppressed)
			}
		})
	}
}

func TestNoteBounceProblems(t *testing.T) {
	s, _, _ := sentMessage(t)
	const mail = "message/rfc822"
	for _, c := range []struct {
		name, key, kind, body string
		code                  problem.Code
	}{
		{"no scope", "print", mail, "x", problem.Forbidden},
		{"empty", "mta", mail, "\r\n", problem.BadRequest},
		{"a form with files", "mta", "multipart/form-data; boundary=x", "x", problem.UnsupportedMedia},
		{"no JSON", "boss", "application/json", "{", problem.BadRequest},
		{"no message", "boss", "application/json", "{}", problem.BadRequest},
		{"unknown field", "boss", "application/json", `{"id":"x"}`, problem.BadRequest},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantProblem(t, s.ask("POST", "/v1/bounces", c.body, append(bearer(c.key), "Content-Type", c.kind)...), c.code)
		})
	}
}
