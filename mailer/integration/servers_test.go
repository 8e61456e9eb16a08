//go:build integration

package integration

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"offprint/mailer"
)

const (
	user     = "u"
	password = "correct horse"
	// python is Debian's: it has the packages that check.sh installs.
	python = "/usr/bin/python3"
)

// need says which program a test cannot do without. Under CI=true nothing may be
// left out; elsewhere the test says so and is passed over.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, program := range programs {
		if _, err := exec.LookPath(program); err != nil {
			leaveOut(t, program+" is not installed: run mailer/integration/check.sh as root")
		}
	}
}

func leaveOut(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip("SKIPPED: " + why)
}

// folder is a folder that Postfix's own users may enter.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "offprint-mail-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start runs a server until the test ends and waits until it listens.
func start(t testing.TB, port int, name string, args ...string) {
	t.Helper()
	command := exec.Command(name, args...)
	stdin, err := command.StdinPipe() // its end is what stops the server
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stdin.Close()
		if err := command.Wait(); err != nil {
			t.Logf("%s: %v\n%s", name, err, out.String())
		}
	})
	awaitPort(t, name, port)
}

// awaitPort waits until a server listens.
func awaitPort(t testing.TB, name string, port int) {
	t.Helper()
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			conn.Close()
			return
		}
	}
	t.Fatalf("%s does not listen on port %d", name, port)
}

// freePort gives a port of loopback that nobody uses at the moment.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// certificate writes a certificate for 127.0.0.1 and its key.
func certificate(t testing.TB, dir string) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "offprint test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write(t, certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	write(t, keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))
	return certFile, keyFile
}

func write(t testing.TB, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// secure is a configuration for a server with STARTTLS and AUTH.
func secure(t testing.TB, port int, auth, login, caFile string) *mailer.Config {
	t.Helper()
	c := plain(port)
	c.TLS, c.Auth, c.User, c.CAFile = mailer.StartTLS, auth, login, caFile
	c.PasswordFile = filepath.Join(t.TempDir(), "password")
	write(t, c.PasswordFile, []byte(password))
	return c
}

// aiosmtpd starts aiosmtpd; messages land in the folder it gives.
func aiosmtpd(t *testing.T) (c *mailer.Config, box string) {
	t.Helper()
	need(t, python)
	box = folder(t)
	cert, key := certificate(t, t.TempDir())
	port := freePort(t)
	start(t, port, python, "aiosmtpd_server.py", strconv.Itoa(port), box, cert, key, user, password)
	return secure(t, port, "PLAIN", user, cert), box
}

// postfix starts Postfix; messages land in the folder it gives.
func postfix(t testing.TB, auth string) (c *mailer.Config, box string) {
	t.Helper()
	dir := folder(t)
	cert, key := certificate(t, dir)
	port := freePort(t)
	start(t, port, "./postfix.sh", dir, strconv.Itoa(port), user, password, cert, key)
	return secure(t, port, auth, user+"@offprint.test", cert), filepath.Join(dir, "mail/box/new")
}

// needPostfix says why Postfix cannot run here, if it cannot.
func needPostfix(t *testing.T) {
	t.Helper()
	for _, program := range []string{"postfix", "saslpasswd2", "unshare"} {
		if _, err := exec.LookPath(program); err != nil {
			leaveOut(t, program+" is not installed: run mailer/integration/check.sh as root")
		}
	}
	if os.Geteuid() != 0 {
		leaveOut(t, "Postfix needs root for its mount namespace")
	}
	if out, err := exec.Command("unshare", "-m", "mount", "--make-rprivate", "/").CombinedOutput(); err != nil {
		leaveOut(t, "no mount namespace here: "+strings.TrimSpace(string(out)))
	}
}

// arrived waits until n messages lie in the box.
func arrived(t testing.TB, box string, n int) []string {
	t.Helper()
	var files []string
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		files, _ = filepath.Glob(filepath.Join(box, "*"))
		if len(files) >= n {
			return files
		}
	}
	t.Fatalf("%d messages arrived, want %d", len(files), n)
	return nil
}

// run runs a checker and gives what it says; the test fails when it is not content.
func run(t testing.TB, stdin io.Reader, name string, args ...string) string {
	t.Helper()
	command := exec.Command(name, args...)
	command.Stdin = stdin
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args[:min(1, len(args))], " "), err, out)
	}
	return string(out)
}
