package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"offprint"
	"offprint/internal/config"
)

// checkServing asks the service on this machine whether it is ready, for the health
// checks of containers that hold no other program.
func (a *app) checkServing(ctx context.Context) error {
	c, err := a.configuration()
	if err != nil {
		return err
	}
	if err := c.Serve.Validate(); err != nil {
		return usagef("", "%w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, min(a.timeout, 5*time.Second))
	defer cancel()
	address := "http://" + config.Reachable(c.ListenAddress()) + "/readyz"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return usagef("", "ask %s: %w", address, err)
	}
	// No proxy: it is on this machine.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return a.notServing(address, fmt.Errorf("the service does not answer: %w", err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		var problem struct {
			Detail string `json:"detail"`
		}
		// What is no problem says nothing more than its status does.
		_ = json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&problem)
		return a.notServing(address, fmt.Errorf("the service is not ready: %d %s", resp.StatusCode, problem.Detail))
	}
	if !a.quiet {
		fmt.Fprintln(a.stdout, "ready")
	}
	return nil
}

// notServing tells why, and gives the error of what could not be fetched.
func (a *app) notServing(address string, err error) error {
	fmt.Fprintf(a.stderr, "offprint: error: %v\n", err)
	return toldError{&offprint.FetchError{Source: address, Err: err}}
}
