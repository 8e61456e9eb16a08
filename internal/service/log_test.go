package service

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestServiceLog(t *testing.T) {
	refusal := errors.New("550 5.1.1 <reader@example.com>: user unknown")
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"a mail server's words", "452 4.2.2 reader.one+tag@例え.example: mailbox full", `"452 4.2.2 …@…: mailbox full"`},
		{"an error", fmt.Errorf("deliver: %w", refusal), `"deliver: 550 5.1.1 <…@…>: user unknown"`},
		{"the key of a preview", errors.New("fetch https://news.example/a?preview=KEY#b: the server answered 404"), `"fetch https://news.example/a?… the server answered 404"`},
		{"an address with a query, in quotation marks", `Post "https://cms.example/?secret=KEY": EOF`, `"Post \"https://cms.example/?…\": EOF"`},
		{"a writer's page", "fetch https://news.example/@lin/42: 404", `"fetch https://news.example/@lin/42: 404"`},
		{"a number", 42, `42`},
	} {
		var out bytes.Buffer
		NewLog(&out, slog.LevelInfo).Warn("put off", "error", c.value)
		if got := strings.ReplaceAll(out.String(), `\u003c`, "<"); !strings.Contains(strings.ReplaceAll(got, `\u003e`, ">"), `"error":`+c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
