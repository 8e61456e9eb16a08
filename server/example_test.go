package server_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/server"
)

// A service is a press, a queue and a store behind a server. This one has a press
// without fonts, so it can read articles and not print them.
func ExampleNew() {
	dir, err := os.MkdirTemp("", "offprint-example-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	jobs, err := queue.Open(context.Background(), queue.Options{Dir: dir})
	if err != nil {
		log.Fatal(err)
	}
	defer jobs.Close()
	settings := server.Settings{Listen: "127.0.0.1:8080"}
	s, err := server.New(server.Config{Settings: settings, Press: new(press.Press), Queue: jobs, Store: new(store.Memory)})
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()

	// server.HTTPServer(settings, s.Handler(), nil).ListenAndServe() would do for the
	// world; a test's server does here.
	world := httptest.NewServer(s.Handler())
	defer world.Close()
	res, err := http.Post(world.URL+"/v1/parse", "application/json", strings.NewReader(`{"adress": "https://news.example/"}`))
	if err != nil {
		log.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	fmt.Println(res.StatusCode, res.Header.Get("Content-Type"))
	_, detail, _ := strings.Cut(string(body), `"detail":`)
	detail, _, _ = strings.Cut(detail, `,"hint"`)
	fmt.Println(detail)
	// Output:
	// 400 application/problem+json
	// "body.adress: unexpected property"
}
