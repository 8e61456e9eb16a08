package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"

	"offprint/mailer"
)

// postOffice is an SMTP server on loopback that files what it accepts in a
// script's folder: inbox/1.eml, inbox/2.eml, …. It answers 450 to addresses that
// begin with "later", 550 to "never", and 450 to "once" the first time. The first
// message to "stall" it takes and then falls silent; inbox/stalled says so.
type postOffice struct {
	inbox string
	end   chan struct{} // closed at the end of the script

	mu   sync.Mutex
	met  map[string]bool // recipients that were seen before
	kept int
}

// smtpServer starts a post office; -limit N bounds a message's bytes, -secure
// wants STARTTLS and the log-in u@offprint.example, "correct horse". It sets
// $SMTP_PORT, and $SMTP_CA to the file of its certificate.
func smtpServer(ts *testscript.TestScript, neg bool, args []string) {
	office := &postOffice{inbox: ts.MkAbs("inbox"), end: make(chan struct{}), met: map[string]bool{}}
	secure := false
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &officeSession{office: office, secure: secure}, nil
	}))
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "-limit" && i+1 < len(args):
			limit, err := strconv.ParseInt(args[i+1], 10, 64)
			ts.Check(err)
			server.MaxMessageBytes = limit
			i++
		case args[i] == "-secure":
			secure = true
			server.TLSConfig = certificate(ts)
		default:
			ts.Fatalf("usage: smtpserver [-limit N] [-secure]")
		}
	}
	ts.Check(os.MkdirAll(office.inbox, 0o777))
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	go server.Serve(listener)
	ts.Defer(func() {
		close(office.end)
		server.Close()
	})
	ts.Setenv("SMTP_PORT", strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
}

// certificate makes one for 127.0.0.1 and names its file in $SMTP_CA.
func certificate(ts *testscript.TestScript) *tls.Config {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "offprint test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	ts.Check(err)
	file := ts.MkAbs("ca.pem")
	ts.Check(os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	ts.Setenv("SMTP_CA", file)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

type officeSession struct {
	office   *postOffice
	secure   bool
	loggedIn bool
	to       string
}

func (s *officeSession) Mail(string, *smtp.MailOptions) error {
	if s.secure && !s.loggedIn {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *officeSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	switch {
	case strings.HasPrefix(to, "later"), strings.HasPrefix(to, "once") && s.office.isNew(to):
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "try later"}
	case strings.HasPrefix(to, "never"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	return nil
}

func (s *officeSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if strings.HasPrefix(s.to, "stall") && s.office.isNew(s.to) {
		if err := s.office.put("stalled", data); err != nil {
			return err
		}
		<-s.office.end
		return io.ErrUnexpectedEOF
	}
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.kept++
	return s.office.put(strconv.Itoa(s.office.kept)+".eml", data)
}

func (s *officeSession) Reset()        {}
func (s *officeSession) Logout() error { return nil }

func (s *officeSession) AuthMechanisms() []string {
	if s.secure {
		return []string{sasl.Plain}
	}
	return nil
}

func (s *officeSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "u@offprint.example" || password != "correct horse" {
			return smtp.ErrAuthFailed
		}
		s.loggedIn = true
		return nil
	}), nil
}

// isNew reports whether a recipient is seen for the first time.
func (o *postOffice) isNew(to string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	seen := o.met[to]
	o.met[to] = true
	return !seen
}

// put files a message whole.
func (o *postOffice) put(name string, data []byte) error {
	path := filepath.Join(o.inbox, name)
	if err := os.WriteFile(path+".tmp", data, 0o666); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

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
