package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"offprint/mailer"
)

// waitFor FILE… waits until the files are there.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: waitfor FILE…")
	}
	deadline := time.Now().Add(30 * time.Second)
	for _, name := range args {
		for {
			if _, err := os.Stat(ts.MkAbs(name)); err == nil {
				break
			}
			if time.Now().After(deadline) {
				ts.Fatalf("%s is still not there", name)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// eml FILE shows a message: its header fields in words, and a line for each part
// with its type, file name and, for text, what it says.
func eml(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: eml FILE")
	}
	data, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	message, err := mail.ReadMessage(bytes.NewReader(data))
	ts.Check(err)
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-Id", "List-Unsubscribe", "Feedback-Id", "Dkim-Signature", "Bcc"} {
		for _, value := range message.Header[name] {
			words, err := new(mime.WordDecoder).DecodeHeader(value)
			ts.Check(err)
			fmt.Fprintf(ts.Stdout(), "%s: %s\n", name, words)
		}
	}
	showPart(ts, mail.Header(message.Header), message.Body)
}

func showPart(ts *testscript.TestScript, header mail.Header, body io.Reader) {
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	ts.Check(err)
	if !strings.HasPrefix(kind, "multipart/") {
		data, err := io.ReadAll(body)
		ts.Check(err)
		_, disposition, err := mime.ParseMediaType(header.Get("Content-Disposition"))
		if err != nil {
			disposition = nil // a text part has none
		}
		fmt.Fprintf(ts.Stdout(), "part %s %s\n", kind, disposition["filename"])
		if kind == "text/plain" {
			fmt.Fprintf(ts.Stdout(), "%s\n", data)
		}
		return
	}
	parts := multipart.NewReader(body, parameters["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return
		}
		ts.Check(err)
		showPart(ts, mail.Header(part.Header), part)
	}
}

// samefield FIELD FILE… wants a header field to be the same in all messages.
func sameField(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: [!] samefield FIELD FILE FILE…")
	}
	values := map[string]bool{}
	for _, name := range args[1:] {
		message, err := mail.ReadMessage(strings.NewReader(ts.ReadFile(name)))
		ts.Check(err)
		values[message.Header.Get(args[0])] = true
	}
	if want := 1; neg == (len(values) == want) {
		ts.Fatalf("%s: %v", args[0], values)
	}
}

// hostile gives email what no letter may hold: each must be refused as wrong
// usage, before the page is fetched.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	slow := ts.Getenv("SITE") + "/slow"
	for _, flags := range [][]string{
		{"--to", "a@example.com\r\nBcc: b@example.com"},
		{"--to", "a@example.com\nRCPT TO:<b@example.com>"},
		{"--to", "a@exam\x01ple.com"},
		{"--to", strings.Repeat("a", 65) + "@example.com"},
		{"--to", "a@example.com", "--from", "x\r\nBcc: b@example.com <a@example.com>"},
		{"--to", "a@example.com", "--subject", "x\r\nBcc: b@example.com"},
		{"--to", "a@example.com", "--subject", strings.Repeat("长", 401)},
		{"--to", "a@example.com", "--note", "x\nBcc: b@example.com"},
		{"--to", "a@example.com", "--note", "a\x1b[31mb"},
		{"--to", "a@example.com", "--note", "a\u202eb"},
		{"--to", "a@example.com", "--note", "\xff"},
		{"--to", "a@example.com", "--note", strings.Repeat("长", 1001)},
		{"--to", "a@example.com", "--note", strings.Repeat("长", 40_000)},
	} {
		exits(ts, false, append([]string{"2", "offprint", "email", slow, "--dry-run", "-o", "hostile.eml"}, flags...))
	}
}

// standin FILE writes a configuration whose first server is out of reach; the
// post office stands in for it.
func standIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: standin FILE")
	}
	settings := "[mail]\nhost = '127.0.0.1'\nport = 1\ntls = 'none'\nfrom = 'news@nanting.example'\n" +
		"[[mail.servers]]\nhost = 'localhost'\ntls = 'none'\nport = " + ts.Getenv("SMTP_PORT") + "\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(settings), 0o600))
}

// mkdkim KEY RECORD writes a DKIM key for s1._domainkey.nanting.example, and the
// TXT record that belongs to it.
func makeDKIM(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mkdkim KEY RECORD")
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	ts.Check(err)
	der, err := x509.MarshalPKCS8PrivateKey(private)
	ts.Check(err)
	data := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	key, err := mailer.ParseKey("nanting.example", "s1", data)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(key.Record()+"\n"), 0o600))
}
