package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Client asks a service.
type Client struct {
	Base string // https://print.news.example
	Key  string // of offprint keys create; empty: none
}

// Problem is what the service says of a request that it did not carry out (RFC 9457).
type Problem struct {
	Type   string `json:"type"` // /problems/CODE
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	Hint   string `json:"hint"` // what to do
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%d %s (%s)", p.Status, cmp.Or(p.Detail, p.Title), p.Hint)
}

// Job is a job as GET /v1/jobs/ID shows it.
type Job struct {
	ID     string `json:"id"`
	State  string `json:"state"` // queued running done failed cancelled
	Result struct {
		PDF string `json:"pdf"` // its address
	} `json:"result"`
	Deliveries []struct {
		Recipient string `json:"recipient"`
		State     string `json:"state"` // queued sending sent deferred bounced suppressed cancelled in_doubt
		Code      int    `json:"code"`
		MessageID string `json:"message_id"`
	} `json:"deliveries"`
	Error *Problem `json:"error"`
}

// Print gives the PDF of {"url"} or, with a key without hosts, of {"html", "base_url"}
// or {"article"}, with print
// options. What takes longer than half a minute becomes a job, and is waited for.
func (c *Client) Print(ctx context.Context, request any) ([]byte, error) {
	status, body, err := c.ask(ctx, http.MethodPost, "/v1/pdf", request, "Prefer", "wait=30")
	if err != nil || status != http.StatusAccepted {
		return body, err
	}
	job := &Job{}
	if err := json.Unmarshal(body, job); err != nil {
		return nil, err
	}
	if job, err = c.Finished(ctx, job); err != nil {
		return nil, err
	}
	return c.Document(ctx, job)
}

// Submit makes a job of the same request.
func (c *Client) Submit(ctx context.Context, request any) (*Job, error) {
	return c.job(ctx, http.MethodPost, "/v1/pdf", request, "Prefer", "respond-async")
}

// Email mails an article. A second request with the same once mails nobody.
func (c *Client) Email(ctx context.Context, once string, request any) (*Job, error) {
	return c.job(ctx, http.MethodPost, "/v1/email", request, "Idempotency-Key", once)
}

// Finished waits until a job has ended, well or not.
func (c *Client) Finished(ctx context.Context, job *Job) (*Job, error) {
	for job.State == "queued" || job.State == "running" {
		if err := pause(ctx, 500*time.Millisecond); err != nil {
			return nil, err
		}
		var err error
		if job, err = c.job(ctx, http.MethodGet, "/v1/jobs/"+url.PathEscape(job.ID), nil); err != nil {
			return nil, err
		}
	}
	return job, nil
}

// Document gives the PDF that a job made.
func (c *Client) Document(ctx context.Context, job *Job) ([]byte, error) {
	if job.Error != nil {
		return nil, job.Error
	}
	if job.Result.PDF == "" {
		return nil, fmt.Errorf("job %s is %s", job.ID, job.State)
	}
	_, body, err := c.ask(ctx, http.MethodGet, job.Result.PDF, nil)
	return body, err
}

func (c *Client) job(ctx context.Context, method, path string, request any, headers ...string) (*Job, error) {
	_, body, err := c.ask(ctx, method, path, request, headers...)
	if err != nil {
		return nil, err
	}
	job := &Job{}
	return job, json.Unmarshal(body, job)
}

// ask makes a request, again where the service is busy and says when.
func (c *Client) ask(ctx context.Context, method, path string, request any, headers ...string) (int, []byte, error) {
	const tries, most = 5, 64 << 20
	base, err := url.Parse(c.Base)
	if err != nil {
		return 0, nil, err
	}
	address, err := base.Parse(path) // a path, or a whole address
	if err != nil {
		return 0, nil, err
	}
	var body []byte
	if request != nil {
		if body, err = json.Marshal(request); err != nil {
			return 0, nil, err
		}
	}
	for try := 1; ; try++ {
		req, err := http.NewRequestWithContext(ctx, method, address.String(), bytes.NewReader(body))
		if err != nil {
			return 0, nil, err
		}
		if request != nil {
			req.Header.Set("Content-Type", "application/json")
		}
		if c.Key != "" {
			req.Header.Set("Authorization", "Bearer "+c.Key)
		}
		for i := 0; i+1 < len(headers); i += 2 {
			req.Header.Set(headers[i], headers[i+1])
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return 0, nil, err
		}
		answer, err := io.ReadAll(io.LimitReader(resp.Body, most))
		resp.Body.Close()
		switch {
		case err != nil:
			return 0, nil, err
		case resp.StatusCode < 300:
			return resp.StatusCode, answer, nil
		case try < tries && busy(resp.StatusCode):
			seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
			if err := pause(ctx, time.Duration(max(seconds, 1))*time.Second); err != nil {
				return 0, nil, err
			}
			continue
		}
		p := &Problem{Status: resp.StatusCode, Title: http.StatusText(resp.StatusCode)}
		_ = json.Unmarshal(answer, p) // what is no problem+json keeps its status alone
		return 0, nil, p
	}
}

// busy reports whether the status says that the same request may succeed later.
func busy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
