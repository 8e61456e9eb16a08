//go:build integration

package integration

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offprint/mailer"
)

// expectation is what parse.py holds a message against.
type expectation struct {
	File     string   `json:"file"`
	Subject  string   `json:"subject"`
	From     string   `json:"from"`
	To       string   `json:"to"`
	Filename string   `json:"filename"`
	Plain    []string `json:"plain"`
	HTML     []string `json:"html"`
	PDF      string   `json:"pdf"`
	Pictures []string `json:"pictures"`
}

func expect(file string, l *mailer.Letter) expectation {
	words := []string{l.Title, l.Note, l.Blocks[0].Text, l.SourceURL}
	e := expectation{
		File: file, Subject: l.Title + " - " + l.Publisher, From: l.From.Name, To: l.To.Name,
		Plain: words, HTML: words[:3], Pictures: []string{},
	}
	if l.PDF == nil {
		e.Plain, e.HTML = append(words, l.PDFURL), append(e.HTML[:3:3], l.PDFURL)
		return e
	}
	e.HTML = append(e.HTML[:3:3], "cid:logo.")
	e.Filename, e.PDF = l.PDFName, digest(l.PDF)
	e.Pictures = []string{digest(l.Logo.Bytes), digest(l.Thumbnail.Bytes)}
	return e
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// parseAll has Python's email parse the files, matched to letters by Message-ID.
func parseAll(t *testing.T, files []string, letters map[string]*mailer.Letter) {
	t.Helper()
	var all []expectation
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		message, err := mail.ReadMessage(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		letter, ok := letters[strings.Trim(message.Header.Get("Message-ID"), "<>")]
		if !ok {
			t.Fatalf("%s: Message-ID %q is not ours", file, message.Header.Get("Message-ID"))
		}
		all = append(all, expect(file, letter))
	}
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	run(t, bytes.NewReader(in), python, "parse.py")
}

// signer is a pair of fresh keys and the files that the checkers read.
func signer(t *testing.T) (keys mailer.Keys, jsonFile, tsvFile string) {
	t.Helper()
	dir := t.TempDir()
	_, edward, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	rivest, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	c := &mailer.Config{
		DKIMDomain: "offprint.test", DKIMEd25519Selector: "e1", DKIMRSASelector: "r1",
		DKIMEd25519KeyFile: filepath.Join(dir, "e.pem"), DKIMRSAKeyFile: filepath.Join(dir, "r.pem"),
	}
	for file, key := range map[string]any{c.DKIMEd25519KeyFile: edward, c.DKIMRSAKeyFile: rivest} {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		write(t, file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	}
	if keys, err = mailer.LoadKeys(c); err != nil {
		t.Fatal(err)
	}
	records, lines := map[string]string{}, ""
	for _, k := range keys {
		records[k.RecordName()] = k.Record()
		lines += k.RecordName() + "\t" + k.Record() + "\n"
	}
	encoded, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	jsonFile, tsvFile = filepath.Join(dir, "records.json"), filepath.Join(dir, "records.tsv")
	write(t, jsonFile, encoded)
	write(t, tsvFile, []byte(lines))
	return keys, jsonFile, tsvFile
}

// sentForms are the variants that go through the servers.
var sentForms = []string{"whole", "linked"}

// sendAll composes, signs and delivers each story, with its PDF and with a link.
func sendAll(t *testing.T, s *mailer.Sender, keys mailer.Keys) map[string]*mailer.Letter {
	t.Helper()
	letters := map[string]*mailer.Letter{}
	for _, story := range stories {
		for _, form := range sentForms {
			l := variants(t, story)[form]
			l.MessageID = mailer.NewMessageID(l.From.Address, story.lang, form)
			m, err := keys.Sign(compose(t, l))
			if err != nil {
				t.Fatal(err)
			}
			if r := s.Deliver(t.Context(), m)[0]; r.State != mailer.Sent {
				t.Fatalf("%s: %s %v", story.lang, r.State, r.Err)
			}
			letters[l.MessageID] = l
		}
	}
	return letters
}

func TestAiosmtpd(t *testing.T) {
	config, box := aiosmtpd(t)
	keys, jsonFile, tsvFile := signer(t)
	letters := sendAll(t, sender(t, config), keys)
	files := arrived(t, box, len(letters))
	parseAll(t, files, letters)
	t.Log(run(t, nil, python, append([]string{"dkim_verify.py", jsonFile}, files...)...))
	t.Log(run(t, nil, "perl", append([]string{"dkim_verify.pl", tsvFile}, files...)...))
}

func TestPostfix(t *testing.T) {
	needPostfix(t)
	for _, auth := range []string{"PLAIN", "LOGIN", "SCRAM-SHA-256"} {
		t.Run(auth, func(t *testing.T) {
			config, box := postfix(t, auth)
			keys, jsonFile, tsvFile := signer(t)
			s := sender(t, config)
			letters := sendAll(t, s, keys)
			files := arrived(t, box, len(letters))
			parseAll(t, files, letters)
			t.Log(run(t, nil, python, append([]string{"dkim_verify.py", jsonFile}, files...)...))
			t.Log(run(t, nil, "perl", append([]string{"dkim_verify.pl", tsvFile}, files...)...))
			checkThreeFates(t, s, box, len(files))
			checkTooLarge(t, s)
		})
	}
}

// checkThreeFates has one transaction with a recipient taken, one put off and
// one refused.
func checkThreeFates(t *testing.T, s *mailer.Sender, box string, before int) {
	t.Helper()
	l := stories[1].letter(t, true)
	l.MessageID = mailer.NewMessageID(l.From.Address, "three fates")
	m := compose(t, l)
	m.To = []mailer.Address{address(t, "good@example.test"), address(t, "later@example.test"), address(t, "never@example.test")}
	want := []struct {
		state mailer.State
		code  int
	}{{mailer.Sent, 250}, {mailer.Deferred, 450}, {mailer.Bounced, 550}}
	for i, r := range s.Deliver(t.Context(), m) {
		if r.State != want[i].state || r.Code != want[i].code {
			t.Errorf("%s: %s %d %s (%v), want %s %d", r.Recipient, r.State, r.Code, r.Reply, r.Err, want[i].state, want[i].code)
		}
		t.Logf("%s: %s %d %s", r.Recipient, r.State, r.Code, r.Reply)
	}
	arrived(t, box, before+1)
}

// checkTooLarge has the server's own limit refuse a message before it is sent.
func checkTooLarge(t *testing.T, s *mailer.Sender) {
	t.Helper()
	size, err := s.MaxSize(t.Context())
	if err != nil || size != 26214400 {
		t.Errorf("MaxSize gives %d, %v", size, err)
	}
	l := stories[2].letter(t, true)
	l.PDF = pdf(20_000_000)
	if mailer.EstimateSize(l) < size {
		t.Error("EstimateSize takes 20 MB of PDF to fit into 25 MB")
	}
	if r := s.Deliver(t.Context(), compose(t, l))[0]; r.State != mailer.Bounced || !strings.Contains(r.Err.Error(), "26214400") {
		t.Errorf("too large a message: %s %v", r.State, r.Err)
	}
}
