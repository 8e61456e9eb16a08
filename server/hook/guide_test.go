package hook_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"offprint/internal/config"
	"offprint/server/hook"
)

// guide gives the blocks of a language in the guide.
func guide(t *testing.T, language string) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/guide/hooks.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for i, block := range strings.Split(string(text), "```") {
		if content, ok := strings.CutPrefix(block, language+"\n"); ok && i%2 == 1 {
			blocks = append(blocks, content)
		}
	}
	if len(blocks) == 0 {
		t.Fatalf("the guide has no %s", language)
	}
	return blocks
}

// TestGuideSections holds the guide's sections to what may be configured.
func TestGuideSections(t *testing.T) {
	for _, block := range guide(t, "toml") {
		file := filepath.Join(t.TempDir(), "offprint.toml")
		if err := os.WriteFile(file, []byte(block), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(file, nil) // refuses what is no setting
		if err != nil {
			t.Fatalf("%v in\n%s", err, block)
		}
		for name, section := range c.Hooks {
			if err := section.ValidatePublic(); err != nil {
				t.Errorf("hooks.%s: %v", name, err)
			}
		}
	}
	text, err := os.ReadFile("../../docs/guide/hooks.md")
	if err != nil {
		t.Fatal(err)
	}
	for field := range reflect.TypeFor[hook.Config]().Fields() {
		key := field.Tag.Get("toml")
		if key != "-" && !bytes.Contains(text, []byte("`"+key+"`")) {
			t.Errorf("the guide does not tell of %s", key)
		}
	}
}

// TestGuideWordPress runs the guide's file for WordPress and takes what it sends.
func TestGuideWordPress(t *testing.T) {
	php, err := exec.LookPath("php")
	if err != nil {
		missing(t, "php is not installed")
	}
	plugin := filepath.Join(t.TempDir(), "offprint.php")
	if err := os.WriteFile(plugin, []byte(guide(t, "php")[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command(php, filepath.Join("interop", "wordpress.php"), plugin, secret)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	r := receiver(t, configs["standard-webhooks"])
	var got, ids []string
	for line := range strings.Lines(string(output)) {
		var sent struct {
			URL, Body string
			Headers   map[string]any // numbers too: PHP sends the time as one
		}
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		if err := decoder.Decode(&sent); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		delivery := request(sent.Body)
		for name, value := range sent.Headers {
			delivery.Header.Set(name, fmt.Sprint(value))
		}
		event, err := r.Receive(delivery, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%s %s %s %s %s restricted=%t", event.Name, event.Article, event.URL, event.Title, event.Lang, event.Restricted))
		ids = append(ids, event.ID)
	}
	const about = " 218 https://nanting.example/rice-price/ 米价两百年 & 一条街 zh-Hans restricted="
	want := []string{
		"article.published" + about + "false", "article.published" + about + "false", "article.updated" + about + "true",
		"article.unpublished" + about + "false", "article.deleted" + about + "false",
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got:\n%s", strings.Join(got, "\n"))
	}
	if ids[0] != ids[1] || ids[1] == ids[2] {
		t.Errorf("IDs of delivery, repeat and change: %q", ids[:3])
	}
}
