//go:build integration

package integration

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/mailer"
)

// The HTML part can be read at 320, 600 and 1,200 px, light and dark, loads
// nothing from outside and has no barrier that axe-core finds. The pictures of
// it go to OFFPRINT_SCREENSHOTS, where that is set.
func TestBrowser(t *testing.T) {
	need(t, "node", "chromium")
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("browser/node_modules/axe-core"); err != nil {
		leaveOut(t, "axe-core is not installed: run mailer/integration/check.sh")
	}
	dir := t.TempDir()
	out := os.Getenv("OFFPRINT_SCREENSHOTS")
	if out == "" {
		out = t.TempDir()
	}
	args := []string{"browser/show.mjs", chromium, out}
	for _, s := range stories {
		for _, name := range []string{"whole", "opening", "linked"} {
			file := filepath.Join(dir, s.lang+"-"+name+".html")
			write(t, file, []byte(standalone(t, compose(t, variants(t, s)[name]))))
			args = append(args, file)
		}
	}
	t.Log(run(t, nil, "node", args...))
}

// standalone is the HTML part with its own pictures put in place of cid: links,
// as a mail program shows it.
func standalone(t *testing.T, m *mailer.Message) string {
	t.Helper()
	message, err := mail.ReadMessage(bytes.NewReader(m.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	html := ""
	pictures := map[string]string{}
	leaves(t, message.Header.Get("Content-Type"), message.Body, func(header map[string][]string, body []byte) {
		switch kind := strings.Split(header["Content-Type"][0], ";")[0]; kind {
		case "text/html":
			text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
			if err != nil {
				t.Fatal(err)
			}
			html = string(text)
		case "image/png":
			id := strings.Trim(header["Content-Id"][0], "<>")
			pictures["cid:"+id] = "data:" + kind + ";base64," + strings.ReplaceAll(string(body), "\r\n", "")
		}
	})
	for from, to := range pictures {
		if !strings.Contains(html, from) {
			t.Errorf("HTML does not show %s", from)
		}
		html = strings.ReplaceAll(html, from, to)
	}
	return html
}

// leaves calls f for each part of a message that has no parts of its own.
func leaves(t *testing.T, contentType string, body io.Reader, f func(map[string][]string, []byte)) {
	t.Helper()
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "multipart/") {
			leaves(t, part.Header.Get("Content-Type"), part, f)
			continue
		}
		data, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		f(part.Header, data)
	}
}
