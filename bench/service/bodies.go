package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	openBodies = 1000
	bodySize   = 1_000_000
	mostMemory = 150 << 20 // that the service may hold meanwhile, in bytes
)

// bodies has many large deliveries open at a time, whose sender nobody knows: all but
// the last bytes of each are sent, and it stays open until the service answers or all
// are open. It fails when the service holds too much memory.
func bodies(ctx context.Context, s *service) (string, error) {
	var results []string
	falseSignature := "X-Webhook-Signature: sha256=" + strings.Repeat("0", 64) + "\r\n"
	length, chunks := fmt.Sprintf("Content-Length: %d\r\n", bodySize), "Transfer-Encoding: chunked\r\n"
	for _, one := range []struct{ name, headers, begin string }{
		{"unsigned", length, ""},
		{"falsely signed", falseSignature + length, ""},
		{"falsely signed, without a length", falseSignature + chunks, fmt.Sprintf("%x\r\n", bodySize)},
	} {
		statuses, err := deliverTogether(ctx, s, one.headers+"\r\n"+one.begin)
		if err != nil {
			return "", err
		}
		most := s.peak()
		if most == 0 {
			return "", errors.New("the service's memory is not known: /proc is read")
		}
		if most > mostMemory {
			return "", fmt.Errorf("%d %s bodies: %d MiB of memory, want at most %d",
				openBodies, one.name, most>>20, mostMemory>>20)
		}
		results = append(results, fmt.Sprintf("%s: most memory %d MiB, answers %s", one.name, most>>20, statuses))
	}
	return fmt.Sprintf("%d of %d bytes each. %s", openBodies, bodySize, strings.Join(results, "; ")), nil
}

// deliverTogether opens the deliveries and gives the statuses of their answers.
func deliverTogether(ctx context.Context, s *service, begin string) (string, error) {
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		counts = map[string]int{}
		failed error
	)
	for range openBodies {
		all.Go(func() {
			status, err := openBody(ctx, s, begin)
			mu.Lock()
			defer mu.Unlock()
			if counts[status]++; err != nil {
				failed = err
			}
		})
	}
	all.Wait()
	var parts []string
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d × %s", counts[status], status))
	}
	return strings.Join(parts, ", "), failed
}

// openBody sends a delivery but for its end, and waits for the answer: the service
// gives one when it has waited long enough.
func openBody(ctx context.Context, s *service, begin string) (status string, err error) {
	dialer := net.Dialer{Timeout: time.Minute}
	conn, err := dialer.DialContext(ctx, "tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		return "not connected", err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil {
		return "not connected", err
	}
	const head = "POST /v1/hooks/signed HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
	go func() {
		// An answer before the end breaks this off.
		_, _ = io.WriteString(conn, head+begin)
		_, _ = conn.Write(bytes.Repeat([]byte("x"), bodySize-1))
	}()
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return "broken off", nil
	}
	defer answer.Body.Close()
	return answer.Status, nil
}
