package callback_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"offprint/internal/callback"
	"offprint/internal/queue"
)

func Example() {
	dir, err := os.MkdirTemp("", "offprint")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	secret := filepath.Join(dir, "callback.secret")
	if err := callback.MakeSecretFile(secret); err != nil {
		fmt.Println(err)
		return
	}

	// The publisher's system, which has the secret, too.
	line, err := os.ReadFile(secret)
	if err != nil {
		fmt.Println(err)
		return
	}
	verifier, err := standardwebhooks.NewWebhook(strings.TrimSpace(string(line)))
	if err != nil {
		fmt.Println(err)
		return
	}
	cms := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = verifier.Verify(body, r.Header)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return
		}
		fmt.Println(r.Header.Get("webhook-id"), string(body))
	}))
	defer cms.Close()

	// Most often queue.Worker.Caller. The host is listed, for it is not public.
	caller, err := callback.New(&callback.Config{SecretFile: secret, AllowHosts: []string{"127.0.0.1"}}, callback.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer caller.Close()
	_, err = caller.Call(context.Background(), queue.Call{
		URL: cms.URL + "/offprint", ID: "evt_1", Time: time.Now(), Body: []byte(`{"type":"pdf.rendered"}`),
	})
	fmt.Println(err)
	// Output:
	// evt_1 {"type":"pdf.rendered"}
	// <nil>
}
