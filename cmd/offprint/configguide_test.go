package main

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sections are the sections of the configuration, and what each is about.
var sections = []struct{ name, about string }{
	{"", ""},
	{"site", "The publication."},
	{"print", "What holds when a request, or a flag, does not say. The same names are flags (`--font-size`), JSON and queries (`font_size`)."},
	{"mail", "The mail server and the letters: [mailing](email.md)."},
	{"fetch", "What may be read."},
	{"serve", "The service's HTTP side."},
	{"store", "Finished PDFs."},
	{"limits", "What is done at a time, and in all. [Operating](operate.md#capacity) says how to choose."},
	{"callbacks", "Calls to the publisher's system: [clients](clients.md#callbacks)."},
	{"hooks", "`[hooks.NAME]`: who may post to `/v1/hooks/NAME`, and what is done then: [hooks](hooks.md)."},
	{"lists", "`[lists.NAME]`: lists of recipients that hooks mail to."},
}

// configGuide writes docs/guide/config.md.
func configGuide() string {
	var b strings.Builder
	b.WriteString(`# Every setting

<!-- Written from cmd/offprint/settings.go: UPDATE_GOLDEN=1 go test -run ConfigGuide ./cmd/offprint -->

A setting is taken from a flag, else from a variable (` + "`OFFPRINT_SECTION_KEY`" + `, a list as ` + "`a,b`" + `), else from ` + "`./offprint.toml`" + `, else
from ` + "`~/.config/offprint/offprint.toml`" + `, else from ` + "`/etc/offprint/offprint.toml`" + `; ` + "`--config FILE`" + ` is read in place of the three files.
Unknown keys are refused. Paths in a file start from its folder. Secrets stand in files of their own, named by a ` + "`…_file`" + `. Times are
written ` + "`90s`, `5m`, `168h`" + `. ` + "`offprint config check`" + ` shows what holds, and where it is from.
`)
	for _, section := range sections {
		if section.name != "" {
			fmt.Fprintf(&b, "\n## [%s]\n\n%s\n", section.name, section.about)
		}
		named := section.name == "hooks" || section.name == "lists"
		b.WriteString("\n| key | what | default |")
		if !named {
			b.WriteString(" variable |\n|---|---|---|---|\n")
		} else {
			b.WriteString("\n|---|---|---|\n")
		}
		for i := range settings {
			s := &settings[i]
			in, key, ok := strings.Cut(s.key, ".")
			if !ok {
				in, key = "", s.key
			}
			if in != section.name {
				continue
			}
			fallback := s.fallback
			if s.key == "data_dir" {
				fallback = "`~/.local/state/offprint`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |", strings.TrimPrefix(key, "*."), strings.ReplaceAll(s.about, "|", `\|`), fallback)
			switch {
			case named:
			case s.kind == tablesSetting:
				b.WriteString(" – |")
			default:
				fmt.Fprintf(&b, " `%s` |", s.variable())
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// The guide lists every setting as the program knows it.
func TestConfigGuide(t *testing.T) {
	const path = "../../docs/guide/config.md"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(path, []byte(configGuide()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(have) != configGuide() {
		t.Errorf("%s is not what settings.go says; UPDATE_GOLDEN=1 writes it", path)
	}
	for i := range settings {
		name, _, _ := strings.Cut(settings[i].key, ".")
		if !strings.Contains(settings[i].key, ".") {
			name = ""
		}
		found := false
		for _, section := range sections {
			found = found || section.name == name
		}
		if !found {
			t.Errorf("section [%s] is not in the guide", name)
		}
	}
}

// exampleFolder copies an example configuration and makes the files that it names.
func exampleFolder(t *testing.T, example string) (file string) {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(dir, "offprint.toml")
	// The data folder of the example is not ours to make.
	text = bytes.Replace(text, []byte(`"/var/lib/offprint"`), []byte(`"data"`), 1)
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(rsaKey)
	if err != nil {
		t.Fatal(err)
	}
	_, ed25519File := signingKey(t, 7)
	ed25519Key, err := os.ReadFile(ed25519File)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "secrets"), 0o700); err != nil {
		t.Fatal(err)
	}
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
	for name, content := range map[string][]byte{
		"offprint.toml":            text,
		"logo.png":                 pier(),
		"desk.csv":                 []byte("email,name,lang,font_size\ndesk@nanting.example,编辑部,zh-Hans,large\n"),
		"secrets/smtp.password":    []byte("correct horse\n"),
		"secrets/dkim-ed25519.pem": ed25519Key,
		"secrets/dkim-rsa.pem":     pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		"secrets/ghost.secret":     []byte("f00dfacef00dfacef00dfacef00dface\n"),
		"secrets/wordpress.secret": []byte(secret + "\n"),
		"secrets/callbacks.secret": []byte(secret + "\n"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return file
}

// The examples in deploy/config are in order, and config check has nothing to
// say against them.
func TestExampleConfigurations(t *testing.T) {
	examples, err := filepath.Glob("../../deploy/config/*.toml")
	if err != nil || len(examples) < 2 {
		t.Fatalf("%v, error %v", examples, err)
	}
	for _, example := range examples {
		t.Run(filepath.Base(example), func(t *testing.T) {
			file := exampleFolder(t, example)
			var stdout, stderr bytes.Buffer
			code := run([]string{"config", "check", "--config", file}, nil, &stdout, &stderr)
			if code != exitDone || stderr.Len() > 0 {
				t.Errorf("exit code %d: %s", code, stderr.String())
			}
			a := &app{configFile: file}
			c, err := a.loadConfig()
			if err != nil {
				t.Fatal(err)
			}
			d := &doctor{app: a, config: c}
			for _, f := range d.checkSecrets() {
				if f.Verdict != wellDone {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}
