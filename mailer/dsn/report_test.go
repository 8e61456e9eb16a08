package dsn

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	sampleToken = "4f1d0c7a9e3b52866d1c0a7be9f42d31"
	sampleID    = sampleToken + "@nanting.example"
)

// expected is what a sample says, written by hand.
type expected struct {
	Kind       Kind    `json:"kind"`
	Permanent  bool    `json:"permanent"`
	Suppress   bool    `json:"suppress"`
	Token      bool    `json:"token"`      // it names our message by its token
	MessageID  *string `json:"message_id"` // nil: our message's
	Mailed     *string `json:"mailed"`     // nil: reader@example.net
	MTA        string  `json:"mta"`
	Feedback   string  `json:"feedback"`
	Recipients []struct {
		Original, Final, Remote, Diagnostic string
		Action                              Action
		Status                              Status
		Code                                int
	} `json:"recipients"`
}

// samples reads testdata: mails that we wrote in the manner of the mail systems
// that they are named after, and what each of them says.
func samples(t testing.TB) (mails map[string][]byte, want map[string]expected) {
	data, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&want); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil {
		t.Fatal(err)
	}
	mails = map[string][]byte{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".eml")
		if mails[name], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
		if _, ok := want[name]; !ok {
			t.Errorf("%s: nothing is expected of it", file)
		}
	}
	if len(mails) != len(want) {
		t.Errorf("%d mails, %d expectations", len(mails), len(want))
	}
	return mails, want
}

func TestSamples(t *testing.T) {
	mails, wanted := samples(t)
	for name, mail := range mails {
		for ending, raw := range map[string][]byte{
			"LF": mail, "CRLF": bytes.ReplaceAll(mail, []byte("\n"), []byte("\r\n")),
		} {
			t.Run(name+"/"+ending, func(t *testing.T) {
				r, err := ParseReport(raw)
				if err != nil {
					t.Fatal(err)
				}
				checkReport(t, r, wanted[name])
			})
		}
	}
}

func checkReport(t *testing.T, r *Report, want expected) {
	t.Helper()
	same := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	same("kind", r.Kind, want.Kind)
	same("permanent", r.Permanent(), want.Permanent)
	same("suppress", r.Suppress(), want.Suppress)
	same("reporting MTA", r.ReportingMTA, want.MTA)
	same("feedback", r.Feedback, want.Feedback)
	same("message ID", r.MessageID, orDefault(want.MessageID, sampleID))
	same("mailed", r.Mailed, orDefault(want.Mailed, "reader@example.net"))
	if want.Token {
		same("token", r.Token, sampleToken)
		same("about", r.About(), sampleToken)
	}
	if len(r.Recipients) != len(want.Recipients) {
		t.Fatalf("recipients are %+v, want %d", r.Recipients, len(want.Recipients))
	}
	for i, c := range r.Recipients {
		w := want.Recipients[i]
		same("original recipient", c.Original, w.Original)
		same("final recipient", c.Final, w.Final)
		same("action", c.Action, w.Action)
		same("status", c.Status, w.Status)
		same("code", c.Code, w.Code)
		same("diagnostic", c.Diagnostic, w.Diagnostic)
		same("remote MTA", c.RemoteMTA, w.Remote)
	}
}

func orDefault(value *string, other string) string {
	if value != nil {
		return *value
	}
	return other
}

// Each code of the table in the doc comment of Suppress.
func TestSuppress(t *testing.T) {
	yes := []Status{"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
	no := []Status{
		"", "5.0.0", "5.1.0", "5.1.4", "5.1.7", "5.1.8", "5.1.9", "5.2.0", "5.2.2", "5.2.3", "5.3.4", "5.4.1", "5.4.4", "5.4.6", "5.5.1",
		"5.6.1", "5.7.1", "5.7.26", "4.1.1", "4.2.1", "4.4.7", "2.1.5",
	}
	for _, status := range slices.Concat(yes, no) {
		r := Report{Kind: Delivery, Recipients: []Recipient{{Final: "a@example.com", Action: Failed, Status: status, Code: 550}}}
		if got, want := r.Suppress(), slices.Contains(yes, status); got != want {
			t.Errorf("%q suppresses: %v, want %v", status, got, want)
		}
		for _, action := range []Action{Delayed, Delivered, Relayed, Expanded, "unknown"} {
			if r.Recipients[0].Action = action; r.Permanent() || r.Suppress() {
				t.Errorf("%s %q is taken for a bounce", action, status)
			}
		}
	}
}

// Servers without enhanced codes.
func TestDeadWords(t *testing.T) {
	for _, c := range []struct {
		words string
		want  bool
	}{
		{"550 <a@example.com>: User unknown", true},
		{"550 No such user here", true},
		{"551 User unknown; try another", true},
		{"550 Requested action not taken: mailbox unavailable", false}, // RFC 5321's words for any 550
		{"550 Sender user unknown", false},
		{"554 User unknown", false}, // 554 is about the transaction
		{"550 5.7.1 user unknown or refused by policy", false},
		{"450 User unknown", false},
		{"User unknown", false},
	} {
		r := Report{Kind: Delivery, Recipients: []Recipient{{Action: Failed, Status: "5.0.0"}}}
		r.Recipients[0].setDiagnostic(c.words)
		if got := r.Suppress(); got != c.want {
			t.Errorf("%q suppresses: %v, want %v", c.words, got, c.want)
		}
	}
}

func TestConcerns(t *testing.T) {
	for _, c := range []struct {
		mailed, original, final string
		want                    bool
	}{
		{"a@example.com", "", "a@example.com", true},
		{"a@example.com", "", "A@EXAMPLE.com", true},
		{"a@例子.公司", "", "a@xn--fsqu00a.xn--55qx5d", true},
		{"", "", "b@example.com", true},
		{"a@example.com", "", "", true},
		{"a@example.com", "a@example.com", "", true},
		{"a@example.com", "b@example.com", "", false},
		{"a@example.com", "a@example.com", "b@example.com", false},
		{"a@example.com", "", "a", false},
	} {
		r := Recipient{Original: c.original, Final: c.final}
		if got := r.concerns(c.mailed); got != c.want {
			t.Errorf("%+v concerns: %v", c, got)
		}
	}
}
