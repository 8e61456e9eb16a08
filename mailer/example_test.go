package mailer_test

import (
	"fmt"
	"strings"
	"time"

	"offprint/mailer"
	"offprint/templates"
)

func ExampleDesign_Compose() {
	design, err := mailer.LoadDesign(templates.Mail())
	if err != nil {
		fmt.Println(err)
		return
	}
	from, _ := mailer.ParseMailbox("經濟通 <news@offprint.example>")
	to, _ := mailer.ParseAddress("reader@example.com")
	message, err := design.Compose(&mailer.Letter{
		From: from, To: mailer.Mailbox{Name: "陳大文", Address: to},
		Lang: "zh-Hant-HK", Publisher: "經濟通", Title: "灣仔街市的老攤主",
		Blocks:    []mailer.Block{{Kind: mailer.Paragraph, Text: "三十年來她每天四時起床。"}},
		MessageID: mailer.NewMessageID(from.Address, "job-1", to.String()),
		Sent:      time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	header, _, _ := strings.Cut(string(message.Bytes), "\r\nMIME-Version")
	fmt.Println(strings.ReplaceAll(header, "\r\n", "\n"))
	// Output:
	// Date: Mon, 23 Nov 2026 09:30:00 +0000
	// From: =?utf-8?b?57aT5r+f6YCa?= <news@offprint.example>
	// To: =?utf-8?b?6Zmz5aSn5paH?= <reader@example.com>
	// Subject: =?utf-8?b?54Gj5LuU6KGX5biC55qE6ICB5pSk5Li7IC0g57aT5r+f6YCa?=
	// Message-ID: <726fc9ca6e46d3d06e8566563fa33e1c@offprint.example>
	// Auto-Submitted: auto-generated
	// X-Auto-Response-Suppress: All
}

func ExampleParseAddress() {
	for _, s := range []string{"reader@例子.公司", "Bob <bob@example.com>"} {
		address, err := mailer.ParseAddress(s)
		fmt.Println(address, err != nil)
	}
	// Output:
	// reader@xn--fsqu00a.xn--55qx5d false
	//  true
}
