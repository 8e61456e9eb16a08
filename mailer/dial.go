package mailer

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Timeouts bound each step of a delivery. The defaults are RFC 5321
// §4.5.3.2's, with a minute to reach the server.
type Timeouts struct {
	Connect   time.Duration // TCP
	Greeting  time.Duration // greeting, EHLO, TLS and log-in together
	Command   time.Duration // MAIL, RCPT, RSET
	DataStart time.Duration // DATA until its 354
	DataBlock time.Duration // each block of the message
	DataEnd   time.Duration // the answer to the final dot
}

// DefaultTimeouts are what [NewSender] sets.
var DefaultTimeouts = Timeouts{
	Connect:   time.Minute,
	Greeting:  5 * time.Minute,
	Command:   5 * time.Minute,
	DataStart: 2 * time.Minute,
	DataBlock: 3 * time.Minute,
	DataEnd:   10 * time.Minute,
}

// replyBudget is how many bytes a server may say between two transactions: many
// times a real dialogue, and an end to a flood.
const replyBudget = 1 << 20

// session is one open and logged-in connection.
type session struct {
	client *smtp.Client
	conn   *talkConn
	addr   string
	wait   Timeouts

	size       int64 // the server's limit for a message, 0 when it names none
	utf8       bool
	pipelining bool

	used  bool // a transaction was begun on it
	dirty bool // the last transaction was broken off: RSET comes first
}

// talkConn is the raw connection, below TLS: it is what a cancelled context
// closes, and it stops a server that never stops talking.
type talkConn struct {
	net.Conn
	left int64
}

func (c *talkConn) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errors.New("server says more than a dialogue needs")
	}
	n, err := c.Conn.Read(p)
	c.left -= int64(n)
	return n, err
}

// dial opens a session: TCP, TLS and log-in are go-mail's work. When it fails,
// the connection is closed (go-mail leaves it open).
func dial(ctx context.Context, s Server, helo string, wait Timeouts) (*session, *Error) {
	out := &session{addr: s.addr(), wait: wait}
	stop := func() bool { return true }
	client, err := s.client(helo, wait, func(conn *talkConn) {
		out.conn = conn
		stop = context.AfterFunc(ctx, func() { conn.Close() })
	})
	if err != nil {
		return nil, &Error{Op: "prepare connection", Server: out.addr, Err: err, state: Deferred, setup: true, broken: true}
	}
	out.client, err = client.DialToSMTPClientWithContext(ctx)
	if !stop() || err != nil {
		if out.conn != nil {
			out.conn.Close()
		}
		return nil, dialError(ctx, out.addr, err)
	}
	out.readExtensions()
	return out, nil
}

// client configures go-mail for the server. opened is told the connection.
func (s *Server) client(helo string, wait Timeouts, opened func(*talkConn)) (*mail.Client, error) {
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
	if s.CAFile != "" {
		pem, err := os.ReadFile(s.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read ca_file: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("read ca_file %s: no PEM certificate in it", s.CAFile)
		}
	}
	options := []mail.Option{
		mail.WithPort(s.port()), mail.WithHELO(helo), mail.WithTimeout(wait.Connect + wait.Greeting),
		mail.WithTLSConfig(config), mail.WithTLSPolicy(mail.TLSMandatory),
		mail.WithDialContextFunc(s.dialer(wait, config, opened)),
	}
	if s.TLS == NoTLS || s.TLS == ImplicitTLS {
		options = append(options, mail.WithTLSPolicy(mail.NoTLS)) // the dialer has seen to it
	}
	if s.Auth != "" {
		password, err := os.ReadFile(s.PasswordFile)
		if err != nil {
			return nil, fmt.Errorf("read password_file: %w", err)
		}
		secret := strings.TrimRight(string(password), "\r\n")
		if secret == "" {
			return nil, fmt.Errorf("read password_file: %s is empty", s.PasswordFile)
		}
		options = append(options, mail.WithSMTPAuth(s.authType()), mail.WithUsername(s.User),
			mail.WithPassword(secret))
	}
	return mail.NewClient(s.Host, options...)
}

// authType names the mechanism to go-mail. The NOENC forms only drop its check
// for TLS, which on loopback is not needed.
func (s *Server) authType() mail.SMTPAuthType {
	switch method := strings.ToUpper(s.Auth); {
	case method == "PLAIN" && s.TLS == NoTLS:
		return mail.SMTPAuthPlainNoEnc
	case method == "LOGIN" && s.TLS == NoTLS:
		return mail.SMTPAuthLoginNoEnc
	default:
		return mail.SMTPAuthType(method)
	}
}

// dialer connects, with TLS from the first byte when the server wants it, and
// refuses an unencrypted way that leaves this machine.
func (s *Server) dialer(wait Timeouts, config *tls.Config, opened func(*talkConn)) mail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		tcp, err := (&net.Dialer{Timeout: wait.Connect}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		raw := &talkConn{Conn: tcp, left: replyBudget}
		opened(raw)
		if host, ok := tcp.RemoteAddr().(*net.TCPAddr); s.TLS == NoTLS && (!ok || !host.IP.IsLoopback()) {
			return nil, fmt.Errorf("%s is not this machine: tls = none is refused", tcp.RemoteAddr())
		}
		if s.TLS != ImplicitTLS {
			return raw, nil
		}
		secure := tls.Client(raw, config)
		if err := raw.SetDeadline(time.Now().Add(wait.Greeting)); err != nil {
			return nil, err
		}
		return secure, secure.HandshakeContext(ctx)
	}
}

// readExtensions keeps what EHLO offered and a transaction asks about.
func (s *session) readExtensions() {
	if ok, parameter := s.client.Extension("SIZE"); ok { // RFC 1870
		s.size, _ = strconv.ParseInt(parameter, 10, 64)
	}
	s.utf8, _ = s.client.Extension("SMTPUTF8")
	s.pipelining, _ = s.client.Extension("PIPELINING")
}

// dialError sorts what kept a session from opening. All of it may pass, but
// only a person can mend what is neither the network nor a 4xx.
func dialError(ctx context.Context, addr string, err error) *Error {
	if ctx.Err() != nil {
		return &Error{Op: "connect", Server: addr, Err: ctx.Err(), state: Cancelled, broken: true}
	}
	e := &Error{Op: "connect", Server: addr, Err: err, state: Deferred, broken: true}
	var answer *textproto.Error
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &answer):
		e.Op, e.Err, e.Code, e.Reply = "log in", nil, answer.Code, shortReply(answer.Msg)
		e.setup = answer.Code >= 500
	case errors.As(err, &certificate):
		e.Op, e.setup = "check certificate", true
	case strings.Contains(err.Error(), "does not support SMTP AUTH"): // no error value stands for it
		e.Op, e.setup = "log in", true
	case strings.Contains(err.Error(), "does not support STARTTLS"):
		e.Op, e.setup, e.Err = "start TLS", true, errors.New("the server does not offer STARTTLS")
	case errors.As(err, &network), errors.As(err, &timeout) && timeout.Timeout(),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
	default:
		e.setup = true
	}
	return e
}

// close ends the session politely when it is in step, else at once.
func (s *session) close(polite bool) {
	if polite {
		s.deadline(min(s.wait.Command, 5*time.Second))
		_ = s.client.Quit() // the mail is safe; a server that fails to say goodbye changes nothing
	}
	s.conn.Close()
}

func (s *session) deadline(d time.Duration) { _ = s.conn.SetDeadline(time.Now().Add(d)) }
