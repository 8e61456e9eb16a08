// Command go is a client of offprint's API:
//
//	go run ./examples/go print https://news.example/a.html article.pdf
//	go run ./examples/go article article.json article.pdf
//	go run ./examples/go job https://news.example/a.html article.pdf [callback]
//	go run ./examples/go email https://news.example/a.html reader@example.com
//	go run ./examples/go hook cms cms.secret https://news.example/a.html
//	go run ./examples/go receive 127.0.0.1:9000 callbacks.secret
//
// client.go is what to copy, and webhook.go where callbacks or hooks are used.
//
// In: the service's address and key in OFFPRINT_URL and OFFPRINT_KEY, and the
// arguments. Out: the file named, or lines on standard output. It must not import
// anything of offprint's: it is a program of somebody else's.
package main
