package dsn_test

import (
	"fmt"
	"os"

	"offprint/mailer/dsn"
)

func ExampleParseReport() {
	raw, err := os.ReadFile("testdata/postfix-unknown.eml")
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := dsn.ParseReport(raw)
	if err != nil {
		fmt.Println(err)
		return
	}
	if failure := r.Failure(); failure != nil {
		// queue.Bounced(ctx, r.About(), failure.Code, failure.Reply(), r.Suppress())
		fmt.Println("message", r.About())
		fmt.Println(failure.Action, failure.Status, failure.Code)
		fmt.Println(failure.Reply())
		fmt.Println("suppress:", r.Suppress())
	}
	// Output:
	// message 4f1d0c7a9e3b52866d1c0a7be9f42d31
	// failed 5.1.1 550
	// 550 5.1.1 <reader@example.net>: Recipient address rejected: User unknown
	// suppress: true
}
