package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// Event is what a callback tells.
type Event struct {
	Type string `json:"type"` // pdf.rendered pdf.failed email.accepted email.failed email.bounced
	Data struct {
		Job          string          `json:"job"`
		State        string          `json:"state"`
		Source       string          `json:"source"`    // the article's address
		Recipient    string          `json:"recipient"` // of an e-mail's
		CallbackData json.RawMessage `json:"callback_data"`
	} `json:"data"`
}

// Receive answers callbacks at an address, checks their signatures with the secret
// in a file, and hands each event on once.
func Receive(ctx context.Context, address, secretFile string, handle func(Event)) error {
	webhook, err := readSecret(secretFile)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	seen := map[string]bool{} // in earnest: in a database
	receive := func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		if err := webhook.Verify(body, r.Header); err != nil {
			http.Error(w, "the signature is not ours", http.StatusUnauthorized)
			return
		}
		var e Event
		if err := json.Unmarshal(body, &e); err != nil {
			http.Error(w, "no event", http.StatusBadRequest)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		if id := r.Header.Get("webhook-id"); !seen[id] {
			seen[id] = true
			handle(e)
		}
		w.WriteHeader(http.StatusNoContent) // at once: what takes long is done afterwards
	}
	server := &http.Server{Addr: address, ReadTimeout: 10 * time.Second, Handler: http.HandlerFunc(receive)}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Tell sends a web hook to /v1/hooks/NAME, signed with the secret in a file.
func (c *Client) Tell(ctx context.Context, hook, secretFile string, event any) error {
	webhook, err := readSecret(secretFile)
	if err != nil {
		return err
	}
	body, err := json.Marshal(event)
	if err != nil {
		return err
	}
	id, now := "msg_"+rand.Text(), time.Now()
	signature, err := webhook.Sign(id, now, body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+"/v1/hooks/"+hook, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("webhook-id", id)
	req.Header.Set("webhook-timestamp", strconv.FormatInt(now.Unix(), 10))
	req.Header.Set("webhook-signature", signature)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusAccepted {
		return fmt.Errorf("status %d: %s", resp.StatusCode, answer)
	}
	fmt.Printf("%s\n", answer)
	return nil
}

func readSecret(file string) (*standardwebhooks.Webhook, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return standardwebhooks.NewWebhook(strings.TrimSpace(string(text)))
}
