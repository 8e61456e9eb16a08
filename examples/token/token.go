// Command token makes the token of an article's page, for the buttons:
//
//	go run token.go SECRET_FILE URL
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// offprintToken lets the article at its canonical address be mailed, for at most 30
// days: as long as caches keep the page.
func offprintToken(secret, url string, days int) string {
	exp := strconv.FormatInt(time.Now().AddDate(0, 0, days).Unix(), 10)
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(url + "\n" + exp))
	return exp + "." + base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: token SECRET_FILE URL")
		os.Exit(2)
	}
	file, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	secret, _, _ := strings.Cut(string(file), "\n") // the file's first line
	fmt.Println(offprintToken(strings.TrimSpace(secret), os.Args[2], 7))
}
