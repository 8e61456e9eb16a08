package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A signal ends the command while it parses, sets or draws: with exit code 130, and
// nothing is left where the file should be. The page is large enough that each of
// these takes a good part of a second.
func TestSignalEndsThePrint(t *testing.T) {
	dir := t.TempDir()
	paragraph := "<p>" + strings.Repeat("渡口的早班船在六点前离岸，the lamps go out one by one. ", 40) + "</p>\n"
	page := "<!DOCTYPE html><html lang=zh-Hans><head><title>渡口的早班船</title></head><body><article><h1>渡口的早班船</h1>" +
		"<p>2025-07-21 10:45:19</p>" + strings.Repeat(paragraph, 250) + "</article></body></html>"
	if err := os.WriteFile(filepath.Join(dir, "page.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		behind string // the step whose end the log tells before the signal
		signal syscall.Signal
	}{
		{"fetched", syscall.SIGINT}, {"parsed", syscall.SIGINT}, {"parsed", syscall.SIGTERM}, {"laid out", syscall.SIGTERM},
	} {
		t.Run(fmt.Sprintf("%s behind %s", c.signal, c.behind), func(t *testing.T) {
			run := startPrint(t, dir)
			log, err := run.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := run.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { run.Process.Kill() })
			lines := bufio.NewScanner(log)
			for lines.Scan() && !strings.Contains(lines.Text(), c.behind) {
			}
			begun := time.Now()
			if err := run.Process.Signal(c.signal); err != nil {
				t.Fatal(err)
			}
			for lines.Scan() {
			}
			var exit *exec.ExitError
			if err := run.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
				t.Errorf("ended with %v, want exit code %d", err, exitInterrupted)
			}
			t.Logf("ended after %d ms", time.Since(begun).Milliseconds())
			left, err := os.ReadDir(dir)
			if err != nil || len(left) != 1 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// startPrint makes the command that prints the page, with a log of its steps.
func startPrint(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	return startCommand(t, dir, "print", "page.html", "-o", "page.pdf", "--log-level", "debug")
}

// startCommand makes a command that runs in dir.
func startCommand(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, args...)
	c.Args[0] = "offprint" // TestMain runs the command under that name
	c.Dir, c.Env = dir, append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir)
	return c
}
