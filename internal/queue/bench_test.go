package queue

import (
	"context"
	"fmt"
	"testing"
	"time"
)

func BenchmarkSubmit(b *testing.B) {
	q := openQueue(b)
	s := Submission{Kind: PDF, Request: []byte(`{"url":"https://news.example/42"}`)}
	for b.Loop() {
		if _, err := q.Submit(context.Background(), s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
}

// BenchmarkSubmitList submits mail to 1,000 readers at once.
func BenchmarkSubmitList(b *testing.B) {
	q, to := openQueue(b), readers(b, 1000)
	for b.Loop() {
		submit(b, q, Submission{Recipients: to})
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "recipients/s")
}

// BenchmarkDeliver posts and delivers, to senders that answer at once: what the
// queue alone costs, every step on the disk.
func BenchmarkDeliver(b *testing.B) {
	for _, c := range []struct {
		pdf      int
		callback string
	}{{10_000, ""}, {300_000, ""}, {10_000, hook}} {
		b.Run(fmt.Sprintf("PDF of %d bytes, callback %v", c.pdf, c.callback != ""), func(b *testing.B) {
			q := openQueue(b)
			w := Worker{Renderer: newPress(c.pdf), Caller: callerFunc(heardAtOnce)}
			for range childSenders {
				w.Senders = append(w.Senders, &postman{})
			}
			b.ResetTimer()
			j := submit(b, q, Submission{Recipients: readers(b, b.N), Callback: c.callback})
			work(b, q, w)
			waitFor(b, q, j.ID, Done)
			b.StopTimer()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "mails/s")
		})
	}
}

func BenchmarkPutTogether(b *testing.B) {
	pdf := samplePDF(300_000)
	k := takeApart(letter("job", publisher, pdf).Bytes, [][]byte{pdf})
	part := base64Lines(pdf)
	b.SetBytes(int64(len(part)))
	for b.Loop() {
		if _, err := k.putTogether(func(blobSum) ([]byte, error) { return part, nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// heardAtOnce is a system that answers every call at once.
func heardAtOnce(context.Context, Call) (time.Duration, error) { return 0, nil }
