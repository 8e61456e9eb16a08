package queue_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"offprint/internal/queue"
	"offprint/mailer"
)

// letters is a renderer that writes a line to each recipient.
type letters struct{ from mailer.Address }

func (l letters) Render(ctx context.Context, task *queue.Task) (queue.Result, error) {
	for _, r := range task.Recipients {
		id := mailer.NewMessageID(l.from, task.Job.ID, r.Address.Key())
		text := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nMessage-ID: <%s>\r\n\r\nHello.\r\n", l.from, r.Address, id)
		m := &mailer.Message{ID: id, From: l.from, To: []mailer.Address{r.Address}, Bytes: []byte(text)}
		if err := task.Post(ctx, m); err != nil {
			return queue.Result{}, err
		}
	}
	return queue.Result{}, nil
}

// yes is a sender that sends nowhere.
type yes struct{}

func (yes) Deliver(_ context.Context, m *mailer.Message) []mailer.Result {
	return []mailer.Result{{Recipient: m.To[0], State: mailer.Sent, Code: 250, Reply: "2.0.0 ok", MessageID: m.ID}}
}

func Example() {
	dir, err := os.MkdirTemp("", "offprint")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	q, err := queue.Open(ctx, queue.Options{Dir: dir})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer q.Close()

	// The worker, most often in the service's process.
	news, _ := mailer.ParseAddress("news@offprint.example")
	ended := make(chan error)
	go func() { ended <- q.Work(ctx, queue.Worker{Renderer: letters{news}, Senders: []queue.Sender{yes{}}}) }()

	// Who wants something done.
	reader, _ := mailer.ParseAddress("reader@example.com")
	receipt, err := q.Submit(ctx, queue.Submission{
		Kind:       queue.Email,
		Request:    json.RawMessage(`{"url":"https://news.example/42"}`),
		Recipients: []mailer.Recipient{{Address: reader}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	job := receipt.Job
	for fmt.Println(job.State); !job.State.Final(); time.Sleep(10 * time.Millisecond) {
		if job, err = q.Job(ctx, job.ID); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(job.State)
	for _, d := range job.Deliveries {
		fmt.Println(d.Recipient, d.State, d.Code, d.Reply)
	}
	stop()
	if err := <-ended; err != nil {
		fmt.Println(err)
	}
	// Output:
	// queued
	// done
	// reader@example.com sent 250 2.0.0 ok
}
