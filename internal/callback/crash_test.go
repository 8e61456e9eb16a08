package callback

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"offprint/internal/queue"
)

// childEnv makes the test binary a worker on the data folder that it names.
const childEnv = "OFFPRINT_CALLBACK_CHILD"

// childSlots is how many calls a worker has under way at most.
const childSlots = 8

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		if err := beChild(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// blank is a renderer that has nothing to do.
type blank struct{}

func (blank) Render(context.Context, *queue.Task) (queue.Result, error) {
	return queue.Result{PDF: "/v1/pdf/0123.pdf"}, nil
}

// beChild works on a queue and makes its calls until it is told to stop.
func beChild(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	q, err := queue.Open(ctx, queue.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer q.Close()
	var let passed
	c, err := New(&Config{SecretFile: filepath.Join(dir, "callback.secret"), AllowHosts: []string{"127.0.0.1"}}, Options{Control: let.loopbackOnly})
	if err != nil {
		return err
	}
	defer c.Close()
	return q.Work(ctx, queue.Worker{Renderer: blank{}, Caller: c, CallSlots: childSlots, Ready: func() { fmt.Println("ready") }})
}

func startChild(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), childEnv+"="+dir)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatalf("worker said %q, %v", line, err)
	}
	return c
}

// eventually waits until a condition holds.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !condition(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in a minute: %s", what)
		}
	}
}

// TestKill kills the worker again and again while it prints and calls: of each
// job one event is told, at least once, always with the same id and body, and
// no more are told twice than were under way. With OFFPRINT_SOAK=1: 20 kills.
func TestKill(t *testing.T) {
	kills, jobs := 5, 60
	if os.Getenv("OFFPRINT_SOAK") != "" {
		kills, jobs = 20, 600
	}
	dir, ctx := t.TempDir(), t.Context()
	if err := MakeSecretFile(filepath.Join(dir, "callback.secret")); err != nil {
		t.Fatal(err)
	}
	l := listen(t, func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(rand.N(10 * time.Millisecond)) // so that kills fall between hearing and answering
		w.WriteHeader(http.StatusNoContent)
	})
	q, err := queue.Open(ctx, queue.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	for range jobs {
		s := queue.Submission{Kind: queue.PDF, Request: []byte(`{}`), Callback: l.URL + "/hook"}
		if _, err := q.Submit(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	for i := range kills {
		child := startChild(t, dir)
		goal := jobs * i / (kills + 1) // the first kills come before anything is told
		eventually(t, "calls before the kill", func() bool { return len(l.heard()) >= goal })
		time.Sleep(rand.N(30 * time.Millisecond))
		child.Process.Kill()
		child.Wait()
	}
	child := startChild(t, dir)
	eventually(t, "all is told", func() bool {
		s, err := q.Stats(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return s.Jobs[queue.Done] == jobs && s.Events[queue.EventDelivered] == jobs && len(s.Events) == 1
	})
	if err := child.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := child.Wait(); err != nil {
		t.Errorf("worker ended with %v", err)
	}
	checkHeard(t, l.heard(), filepath.Join(dir, "callback.secret"), jobs, kills)
}

func checkHeard(t *testing.T, calls []heard, secret string, jobs, kills int) {
	t.Helper()
	line, err := os.ReadFile(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := standardwebhooks.NewWebhook(string(line[:len(line)-1]))
	if err != nil {
		t.Fatal(err)
	}
	ids, bodies := map[string]string{}, map[string]bool{}
	for _, c := range calls {
		if err := verifier.VerifyIgnoringTimestamp(c.body, c.header); err != nil {
			t.Fatal(err)
		}
		id := c.header.Get("Webhook-Id")
		if first, again := ids[id]; again && first != string(c.body) {
			t.Errorf("%s came with two bodies", id)
		}
		ids[id] = string(c.body)
		bodies[string(c.body)] = true
	}
	doubled := len(calls) - len(ids)
	if len(ids) != jobs || len(bodies) != jobs || doubled > kills*childSlots {
		t.Errorf("%d ids and %d bodies of %d jobs, %d doubled; want at most %d", len(ids), len(bodies), jobs, doubled, kills*childSlots)
	}
	t.Logf("%d kills, %d jobs: %d lost, %d told twice", kills, jobs, jobs-len(ids), doubled)
}
