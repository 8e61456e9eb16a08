package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestExamples runs the clients of the folder examples against a service, a site
// and a mail server on loopback: testdata/examples has a script for each language.
func TestExamples(t *testing.T) {
	site := httptest.NewServer(newSite())
	t.Cleanup(site.Close)
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	client := filepath.Join(t.TempDir(), "client")
	if out, err := exec.Command("go", "build", "-o", client, "../../examples/go").CombinedOutput(); err != nil {
		t.Fatalf("build examples/go: %v\n%s", err, out)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/examples",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SITE", site.URL)
			env.Setenv("EXAMPLES", examples)
			env.Setenv("CLIENT", client)
			for _, name := range []string{"OFFPRINT_SERVE_LISTEN", "OFFPRINT_SERVE_ADMIN_LISTEN", "RECEIVER"} {
				address, err := freeAddress()
				if err != nil {
					return err
				}
				env.Setenv(name, address)
			}
			env.Setenv("OFFPRINT_URL", "http://"+env.Getenv("OFFPRINT_SERVE_LISTEN"))
			_, port, err := net.SplitHostPort(env.Getenv("RECEIVER"))
			env.Setenv("RECEIVER_PORT", port)
			if err != nil {
				return err
			}
			return os.CopyFS(env.WorkDir, os.DirFS("testdata/examples/files"))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"needs":      needs,
			"ready":      ready,
			"waitline":   waitLine,
			"ispdf":      isPDF,
			"smtpserver": smtpServer,
			"waitfor":    waitFor,
			"eml":        eml,
		},
	})
}

// freeAddress gives one on loopback where nothing listens.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// needs PROGRAM… fails with CI=true where a program is missing. Elsewhere the script
// says skip.
func needs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: needs PROGRAM…")
	}
	for _, name := range args {
		if _, err := exec.LookPath(name); err != nil && os.Getenv("CI") == "true" {
			ts.Fatalf("%s is not installed", name)
		}
	}
}

// ready waits until the service is.
func ready(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: ready")
	}
	address := ts.Getenv("OFFPRINT_URL") + "/readyz"
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		resp, err := http.Get(address)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			ts.Fatalf("the service is not ready: %v", err)
		}
	}
}

// waitline FILE REGEXP waits until a file has a line.
func waitLine(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: waitline FILE REGEXP")
	}
	want, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	path := ts.MkAbs(args[0])
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		text, err := os.ReadFile(path)
		if err == nil && want.Match(text) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s has no line %s: %s", args[0], args[1], text)
		}
	}
}

// embedded gives the file that a guide names before a block of code, and the block.
var embeddedFile = regexp.MustCompile("(?s)<!-- (examples/\\S+) -->\n```[a-z]*\n(.*?)```\n")

// The guide shows the files as they are.
func TestClientGuideShowsTheExamples(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide/clients.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := embeddedFile.FindAllStringSubmatch(string(guide), -1)
	if len(blocks) < 3 {
		t.Errorf("%d files are shown", len(blocks))
	}
	for _, block := range blocks {
		text, err := os.ReadFile(filepath.Join("../..", block[1]))
		if err != nil {
			t.Error(err)
		} else if string(text) != block[2] {
			t.Errorf("%s is not as the guide shows it", block[1])
		}
	}
	files, err := filepath.Glob("../../examples/*/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimPrefix(filepath.ToSlash(file), "../../")
		if !strings.Contains(string(guide), name) {
			t.Errorf("the guide does not name %s", name)
		}
	}
}
