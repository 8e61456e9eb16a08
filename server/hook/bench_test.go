package hook_test

import (
	"path/filepath"
	"strings"
	"testing"

	"offprint/server/hook"
)

// BenchmarkReceive is what an answer takes apart from the queue: for an article,
// and for the largest body that is read.
func BenchmarkReceive(b *testing.B) {
	config := configs["ghost"]
	r := receiver(b, config)
	article := load(b, filepath.Join("testdata", "payloads", "ghost", "published.http"))
	large := clone(article)
	filler := strings.Repeat(`{"name":"甲乙丙丁","on":true,"n":[1,2,3]},`, r.MaxBody()/60)
	large.Body = []byte(`{"filler":[` + filler + `1],` + string(article.Body[1:]))
	for name, payload := range map[string]*hook.Request{"article": article, "largest": large} {
		delivery := signed(payload, config, secret, now)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(delivery.Body)))
			for b.Loop() {
				if _, err := r.Receive(delivery, now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
