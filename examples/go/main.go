// Command go is a client of offprint's API:
//
//	go run ./examples/go print https://news.example/a.html article.pdf
//	go run ./examples/go article article.json article.pdf
//	go run ./examples/go job https://news.example/a.html article.pdf [callback]
//	go run ./examples/go email https://news.example/a.html reader@example.com
//	go run ./examples/go hook cms cms.secret https://news.example/a.html
//	go run ./examples/go receive 127.0.0.1:9000 callbacks.secret
//
// article wants a key without hosts: one with hosts takes the address of a page alone.
// client.go is what to copy, and webhook.go where callbacks or hooks are used.
//
// In: the service's address and key in OFFPRINT_URL and OFFPRINT_KEY, and the
// arguments. Out: the file named, or lines on standard output. It must not import
// anything of offprint's: it is a program of somebody else's.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	base := os.Getenv("OFFPRINT_URL")
	if base == "" {
		base = "http://127.0.0.1:8080"
	}
	c := &Client{Base: base, Key: os.Getenv("OFFPRINT_KEY")}
	verb := ""
	if len(args) >= 3 {
		verb = args[0]
	}
	switch verb {
	case "print":
		pdf, err := c.Print(ctx, map[string]any{"url": args[1], "font_size": "large"})
		if err != nil {
			return err
		}
		return os.WriteFile(args[2], pdf, 0o644)
	case "article":
		article, err := os.ReadFile(args[1])
		if err != nil {
			return err
		}
		pdf, err := c.Print(ctx, map[string]any{"article": json.RawMessage(article), "paper": "A5"})
		if err != nil {
			return err
		}
		return os.WriteFile(args[2], pdf, 0o644)
	case "job":
		request := map[string]any{"url": args[1], "font_size": "large"}
		if len(args) > 3 {
			request["callback"], request["callback_data"] = args[3], map[string]int{"desk": 7}
		}
		job, err := c.Submit(ctx, request)
		if err != nil {
			return err
		}
		if job, err = c.Finished(ctx, job); err != nil {
			return err
		}
		pdf, err := c.Document(ctx, job)
		if err != nil {
			return err
		}
		return os.WriteFile(args[2], pdf, 0o644)
	case "email":
		// In earnest: a name that your system can find again, such as an order's.
		once := fmt.Sprintf("example-%d", time.Now().UnixNano())
		job, err := c.Email(ctx, once, map[string]any{"url": args[1], "to": []string{args[2]}})
		if err != nil {
			return err
		}
		if job, err = c.Finished(ctx, job); err != nil {
			return err
		}
		for _, d := range job.Deliveries {
			fmt.Println(d.Recipient, d.State, d.Code, d.MessageID)
		}
		return nil
	case "hook":
		if len(args) < 4 {
			break
		}
		return c.Tell(ctx, args[1], args[2], map[string]any{
			"type": "article.published", "timestamp": time.Now().UTC(),
			"data": map[string]string{"url": args[3], "lang": "zh-Hans"},
		})
	case "receive":
		return Receive(ctx, args[1], args[2], func(e Event) {
			fmt.Println(e.Type, e.Data.State, string(e.Data.CallbackData))
		})
	}
	return errors.New("verbs: print article job email hook receive; see the head of main.go")
}
