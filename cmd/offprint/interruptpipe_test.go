//go:build unix

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A signal ends the command while it reads what nobody writes, or writes what nobody
// reads: nothing can tell that to end. Its own files are whole or not there.
func TestSignalEndsWhatWaits(t *testing.T) {
	dir := t.TempDir()
	paragraph := "<p>" + strings.Repeat("The lamps go out one by one. ", 120) + "</p>"
	page := "<!DOCTYPE html><html lang=en><head><title>Lamps</title></head><body><article><h1>Lamps</h1>" +
		strings.Repeat(paragraph, 20) + "</article></body></html>"
	if err := os.WriteFile(filepath.Join(dir, "page.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipe", "out"} { // nobody has the other end
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{
		"print -", "parse -", "inspect -", "email - --to a@example.com", "email - --to a@example.com --dry-run",
		"print pipe", "parse pipe", "inspect pipe", "email pipe --to a@example.com", "email page.html --from-file pipe",
		"print --from-file pipe", "print --from-file - -o x/",
		"print page.html -o out",
		"parse page.html", "inspect page.html", "inspect page.html --stage pages --json",
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			run := startCommand(t, dir, strings.Fields(args)...)
			run.Env = append(run.Env, "OFFPRINT_MAIL_HOST=127.0.0.1", "OFFPRINT_MAIL_FROM=p@example.com")
			if _, err := run.StdinPipe(); err != nil { // nobody writes to it
				t.Fatal(err)
			}
			if _, err := run.StdoutPipe(); err != nil { // nobody reads it
				t.Fatal(err)
			}
			var said strings.Builder
			run.Stderr = &said
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			over := make(chan error, 1)
			go func() { over <- run.Wait() }()
			select {
			case <-over:
				t.Fatalf("ended by itself: %s", said.String())
			case <-time.After(700 * time.Millisecond): // it waits by then, or works
			}
			begun := time.Now()
			if err := run.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-over:
				var exit *exec.ExitError
				if !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
					t.Errorf("ended with %v, want exit code %d: %s", err, exitInterrupted, said.String())
				}
				t.Logf("ended after %d ms", time.Since(begun).Milliseconds())
			case <-time.After(5 * time.Second):
				run.Process.Kill()
				t.Error("does not end")
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "*.pdf")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}
