package mailer

import (
	"bytes"
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
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// postOffice is an SMTP server in this process that keeps what it accepted.
type postOffice struct {
	server *smtp.Server
	addr   *net.TCPAddr
	caFile string // the certificate that its clients must trust

	mu          sync.Mutex
	accepted    []acceptedMail
	connections int
}

// acceptedMail is a message that the server answered with 250.
type acceptedMail struct {
	from string
	utf8 bool
	to   []string
	data []byte
}

// officeOption changes a server before it starts.
type officeOption func(*postOffice, *officeSetup)

type officeSetup struct {
	implicitTLS bool
	startTLS    bool
	wrap        func(net.Listener) net.Listener
}

func withStartTLS(_ *postOffice, s *officeSetup)    { s.startTLS = true }
func withImplicitTLS(_ *postOffice, s *officeSetup) { s.implicitTLS = true }
func withLimit(bytes int64) officeOption {
	return func(o *postOffice, _ *officeSetup) { o.server.MaxMessageBytes = bytes }
}
func withoutUTF8(o *postOffice, _ *officeSetup) { o.server.EnableSMTPUTF8 = false }
func withWrap(wrap func(net.Listener) net.Listener) officeOption {
	return func(_ *postOffice, s *officeSetup) { s.wrap = wrap }
}

const (
	officeUser     = "u@offprint.example"
	officePassword = "correct horse"
)

// openOffice starts a server on loopback. It answers 450 to addresses that
// begin with "later", 550 to those that begin with "never", and 421 to "closing".
func openOffice(t testing.TB, options ...officeOption) *postOffice {
	t.Helper()
	o := &postOffice{}
	o.server = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &officeSession{office: o}, nil
	}))
	o.server.Domain = "localhost"
	o.server.AllowInsecureAuth = true
	o.server.EnableSMTPUTF8 = true
	o.server.MaxLineLength = 4000
	o.server.ErrorLog = log.New(io.Discard, "", 0)
	var setup officeSetup
	for _, option := range options {
		option(o, &setup)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.addr = listener.Addr().(*net.TCPAddr)
	listener = &countingListener{listener, o}
	if setup.startTLS || setup.implicitTLS {
		config := officeCertificate(t, &o.caFile)
		if setup.implicitTLS {
			listener = tls.NewListener(listener, config)
		} else {
			o.server.TLSConfig = config
		}
	}
	if setup.wrap != nil {
		listener = setup.wrap(listener)
	}
	go o.server.Serve(listener)
	t.Cleanup(func() { o.server.Close() })
	return o
}

// countingListener counts the connections of a server.
type countingListener struct {
	net.Listener
	office *postOffice
}

func (l *countingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err == nil {
		l.office.mu.Lock()
		defer l.office.mu.Unlock()
		l.office.connections++
	}
	return conn, err
}

// config is a configuration that delivers to the server.
func (o *postOffice) config(t testing.TB, tlsMode, auth string) *Config {
	t.Helper()
	c := &Config{From: "經濟通 <news@offprint.example>"}
	c.Host, c.Port, c.TLS, c.CAFile = "127.0.0.1", o.addr.Port, tlsMode, o.caFile
	if auth != "" {
		c.Auth, c.User = auth, officeUser
		c.PasswordFile = filepath.Join(t.TempDir(), "password")
		if err := os.WriteFile(c.PasswordFile, []byte(officePassword+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// sender delivers to the server in plain SMTP.
func (o *postOffice) sender(t testing.TB) *Sender {
	t.Helper()
	return newSender(t, o.config(t, NoTLS, ""))
}

func newSender(t testing.TB, c *Config) *Sender {
	t.Helper()
	s, err := NewSender(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func (o *postOffice) mail() []acceptedMail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]acceptedMail(nil), o.accepted...)
}

type officeSession struct {
	office *postOffice
	mail   acceptedMail
}

func (s *officeSession) Mail(from string, options *smtp.MailOptions) error {
	s.mail = acceptedMail{from: from, utf8: options.UTF8}
	return nil
}

func (s *officeSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch {
	case strings.HasPrefix(to, "later"):
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "try later"}
	case strings.HasPrefix(to, "never"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	case strings.HasPrefix(to, "closing"):
		return &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 3, 2}, Message: "closing"}
	}
	s.mail.to = append(s.mail.to, to)
	return nil
}

func (s *officeSession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mail.data = data
	s.office.mu.Lock()
	defer s.office.mu.Unlock()
	s.office.accepted = append(s.office.accepted, s.mail)
	return nil
}

func (s *officeSession) Reset()        { s.mail = acceptedMail{} }
func (s *officeSession) Logout() error { return nil }

func (s *officeSession) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login, "XOAUTH2"} }

func (s *officeSession) Auth(mechanism string) (sasl.Server, error) {
	check := func(user, password string) error {
		if user != officeUser || password != officePassword {
			return smtp.ErrAuthFailed
		}
		return nil
	}
	switch mechanism {
	case sasl.Login:
		return &loginServer{check: check}, nil
	case "XOAUTH2":
		return &tokenServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error { return check(user, password) }), nil
}

// loginServer asks for name and password in turn, as AUTH LOGIN does.
type loginServer struct {
	check func(user, password string) error
	user  string
	step  int
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	l.step++
	switch {
	case l.step == 1 && response == nil:
		return []byte("Username:"), false, nil
	case l.user == "":
		l.user = string(response)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(response))
}

// tokenServer takes "user=…^Aauth=Bearer TOKEN^A^A", as XOAUTH2 sends it.
type tokenServer struct {
	check func(user, token string) error
}

func (s *tokenServer) Next(response []byte) (challenge []byte, done bool, err error) {
	user, rest, _ := strings.Cut(strings.TrimPrefix(string(response), "user="), "\x01")
	token := strings.TrimSuffix(strings.TrimPrefix(rest, "auth=Bearer "), "\x01\x01")
	return nil, true, s.check(user, token)
}

// officeCertificate makes a certificate for 127.0.0.1 and writes it to a file.
func officeCertificate(t testing.TB, file *string) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "offprint test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	var encoded bytes.Buffer
	if err := pem.Encode(&encoded, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
		t.Fatal(err)
	}
	*file = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(*file, encoded.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}
