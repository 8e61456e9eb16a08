package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"offprint/internal/dkimkey"
)

// sink is an SMTP server that remembers whether it was ever given two messages
// for one recipient that differ. The first time it refuses whoever begins with
// "once", after the message.
type sink struct {
	port int

	mu    sync.Mutex
	taken map[string]int // messages that were answered with 250
	sum   map[string][sha256.Size]byte
	wrong []string
	given int // messages, taken or not
}

func openSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{taken: map[string]int{}, sum: map[string][sha256.Size]byte{}}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &sinkSession{sink: s}, nil }))
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return s
}

type sinkSession struct {
	sink *sink
	to   string
}

func (s *sinkSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}
func (s *sinkSession) Reset()        {}
func (s *sinkSession) Logout() error { return nil }

func (s *sinkSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err // a message that was broken off
	}
	return s.sink.take(s.to, data)
}

func (s *sink) take(to string, data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := sha256.Sum256(data)
	first, again := s.sum[to]
	if again && first != sum {
		s.wrong = append(s.wrong, to)
	}
	s.sum[to] = sum
	s.given++
	if !again && strings.HasPrefix(to, "once") {
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "busy"}
	}
	s.taken[to]++
	return nil
}

func (s *sink) count() (given, recipients int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.given, len(s.taken)
}

// TestEmailSurvivesKills kills offprint email at random moments, again and again,
// and gives the same command each time: every try for a recipient carries the same
// bytes, nobody is left out, no more letters are doubled than there were kills,
// and nothing is left beside the journal.
func TestEmailSurvivesKills(t *testing.T) {
	const kills, mails = 6, 40
	dir, s := t.TempDir(), openSink(t)
	if err := unpackPages(dir); err != nil {
		t.Fatal(err)
	}
	_, key := dkimkey.New(t, 1)
	list := "email\n"
	for i := range mails {
		list += fmt.Sprintf("%s%d@example.com\n", []string{"a", "once", "b", "c"}[i%4], i)
	}
	settings := fmt.Sprintf("[mail]\nhost = '127.0.0.1'\nport = %d\ntls = 'none'\nfrom = 'news@nanting.example'\n"+
		"dkim_domain = 'nanting.example'\ndkim_ed25519_selector = 's1'\ndkim_ed25519_key_file = '%s'\n", s.port, key)
	for name, text := range map[string]string{"list.csv": list, "offprint.toml": settings} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range kills {
		run := startEmail(t, dir)
		goal := mails * i / (kills + 1)
		for end := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
			if given, _ := s.count(); given >= goal || time.Now().After(end) {
				break
			}
		}
		time.Sleep(rand.N(30 * time.Millisecond)) // anywhere in a letter's way; the first, before there is one
		run.Process.Kill()
		run.Wait()
	}
	// What was refused for now goes out with the second of these at the latest.
	startEmail(t, dir).Wait()
	if err := startEmail(t, dir).Wait(); err != nil {
		t.Errorf("last run: %v", err)
	}
	given, recipients := s.count()
	if len(s.wrong) > 0 {
		t.Errorf("other bytes at another try: %q", s.wrong)
	}
	doubled := given - mails - mails/4 // one refusal each for a quarter of them
	if recipients != mails || doubled > kills {
		t.Errorf("%d of %d have their letter, %d doubled by %d kills", recipients, mails, doubled, kills)
	}
	if _, err := os.Stat(filepath.Join(dir, "run.jsonl.letters")); !os.IsNotExist(err) {
		t.Errorf("kept letters are left: %v", err)
	}
	t.Logf("%d kills, %d letters: 0 lost, %d given twice, each time with the same bytes", kills, mails, doubled)
}

// startEmail starts the command as a process of its own.
func startEmail(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, "email", "page.html", "--from-file", "list.csv", "--journal", "run.jsonl", "--retry-in-doubt", "--quiet")
	c.Args[0] = "offprint" // TestMain runs the command under that name
	c.Dir, c.Env = dir, append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	return c
}
