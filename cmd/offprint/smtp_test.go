package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"
)

// postOffice is an SMTP server on loopback that files what it accepts in a
// script's folder: inbox/1.eml, inbox/2.eml, …. It answers 450 to addresses that
// begin with "later", 550 to "never", and 450 to "once" the first time. The first
// message to "stall" it takes and then falls silent, and at "hang" it does so
// before the message; the files inbox/stalled and inbox/hanging say so.
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
	case strings.HasPrefix(to, "hang"):
		if err := s.office.put("hanging", nil); err != nil {
			return err
		}
		<-s.office.end
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
