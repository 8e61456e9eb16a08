package config

import "testing"

func TestReachable(t *testing.T) {
	for listen, want := range map[string]string{
		":8080": "127.0.0.1:8080", "0.0.0.0:80": "127.0.0.1:80", "[::]:80": "[::1]:80",
		"127.0.0.1:8080": "127.0.0.1:8080", "print.example:81": "print.example:81",
	} {
		if got := Reachable(listen); got != want {
			t.Errorf("%s: %s, want %s", listen, got, want)
		}
	}
}
