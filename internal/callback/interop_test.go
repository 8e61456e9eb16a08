package callback

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func leaveOut(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip("SKIPPED: " + why)
}

// TestInterop has the npm package standardwebhooks verify calls as they arrived,
// while the secret is changed, too; and refuse them when anything is changed.
func TestInterop(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		leaveOut(t, "node is not installed")
	}
	if _, err := os.Stat("interop/node_modules/standardwebhooks"); err != nil {
		leaveOut(t, "the npm package standardwebhooks is not installed: npm ci --prefix internal/callback/interop")
	}
	type call struct {
		Secret  string            `json:"secret"`
		Headers map[string]string `json:"headers"`
		Body    string            `json:"body"`
	}
	l := listen(t, nil)
	caller, _ := newCaller(t, []string{freshSecret, oldSecret}, "127.0.0.1")
	if _, err := caller.Call(t.Context(), sample(l.URL)); err != nil {
		t.Fatal(err)
	}
	arrived := l.heard()[0]
	as := func(secret string, edit func(*call)) call {
		c := call{secret, map[string]string{}, string(arrived.body)}
		for name := range arrived.header {
			c.Headers[strings.ToLower(name)] = arrived.header.Get(name)
		}
		edit(&c)
		return c
	}
	same := func(*call) {}
	calls := []call{
		as(freshSecret, same),
		as(oldSecret, same),
		as(secretOf('c', newSecret), same),
		as(oldSecret, func(c *call) { c.Body = strings.Replace(c.Body, "ID", "id", 1) }),
		as(oldSecret, func(c *call) { c.Headers["webhook-id"] += "x" }),
		as(oldSecret, func(c *call) { c.Headers["webhook-timestamp"] = "1700000000" }),
	}
	input, err := json.Marshal(calls)
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "interop/verify.mjs")
	node.Stdin, node.Stderr = bytes.NewReader(input), os.Stderr
	out, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []string
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	refused := "WebhookVerificationError"
	want := []string{"pdf.rendered", "pdf.rendered", refused, refused, refused, refused}
	if !slices.Equal(answers, want) {
		t.Errorf("answers %q, want %q", answers, want)
	}
}
