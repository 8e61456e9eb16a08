package hook_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"offprint/server/hook"
)

// TestInterop has the npm library standardwebhooks sign all payloads, which we
// must take, and take from nobody else.
func TestInterop(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "node is not installed")
	}
	if _, err := os.Stat(filepath.Join("interop", "node_modules", "standardwebhooks")); err != nil {
		missing(t, "the library is not installed: npm ci --prefix server/hook/interop")
	}
	files, err := filepath.Glob(filepath.Join("testdata", "payloads", "*", "*.http"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no payloads: %v", err)
	}
	var input bytes.Buffer
	var deliveries []*hook.Request
	for _, file := range files {
		delivery := load(t, file)
		deliveries = append(deliveries, delivery)
		line, err := json.Marshal(map[string]any{"secret": secret, "id": "msg_" + filepath.Base(file), "time": now.Unix(), "body": string(delivery.Body)})
		if err != nil {
			t.Fatal(err)
		}
		input.Write(append(line, '\n'))
	}
	command := exec.Command(node, "sign.mjs")
	command.Dir, command.Stdin, command.Stderr = "interop", &input, os.Stderr
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	if len(lines) != len(deliveries) {
		t.Fatalf("%d signatures of %d requests", len(lines), len(deliveries))
	}
	for i, line := range lines {
		var headers map[string]string
		if err := json.Unmarshal([]byte(line), &headers); err != nil {
			t.Fatal(err)
		}
		for name, value := range headers {
			deliveries[i].Header.Set(name, value)
		}
		config := configs[filepath.Base(filepath.Dir(files[i]))]
		config.Verify, config.Header = "standard-webhooks", ""
		if _, err := receiver(t, config).Receive(deliveries[i], now); err != nil {
			t.Errorf("%s: %v", files[i], err)
		}
		if kind := kindOf(t, receiver(t, config, otherSecret), deliveries[i], now); kind != hook.Unauthorized {
			t.Errorf("%s: with another secret: %s", files[i], kind)
		}
	}
}

// missing skips a test, and fails it where everything must be there.
func missing(t *testing.T, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}
