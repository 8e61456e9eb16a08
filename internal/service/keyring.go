package service

import (
	"errors"
	"log/slog"
	"time"

	"offprint/internal/keys"
	"offprint/internal/problem"
	"offprint/server"
)

// keyring shows the server the keys of a data folder.
type keyring struct {
	ring  *keys.Ring
	usage *keys.Usage
	log   *slog.Logger
}

var _ server.Keys = (*keyring)(nil)

// openKeyring reads the keys. Close it to write down what was counted.
func openKeyring(dir string, log *slog.Logger) (*keyring, error) {
	ring, err := keys.Open(dir)
	if err != nil {
		return nil, Unusable(dir, err)
	}
	return &keyring{ring: ring, usage: keys.LoadUsage(dir, log), log: log}, nil
}

func (k *keyring) Close() error { return k.usage.Close() }

// Check implements [server.Keys].
func (k *keyring) Check(text string, now time.Time) (server.Key, error) {
	key, err := k.ring.Check(text, now)
	if err != nil {
		return nil, k.explain(err)
	}
	k.usage.Touch(key, now)
	return ringKey{key}, nil
}

// Any implements [server.Keys].
func (k *keyring) Any() (bool, error) {
	any, err := k.ring.Any()
	return any, k.explain(err)
}

// explain tells callers why no key, or not theirs, is taken.
func (k *keyring) explain(err error) error {
	var refusal *keys.Refusal
	var damaged *keys.FileError
	switch {
	case errors.As(err, &refusal):
		return problem.New(problem.Unauthorized, refusal.Error(), refusal.Hint())
	case errors.As(err, &damaged):
		k.log.Error("no key is taken", "error", damaged.Error(), "hint", damaged.Hint())
		return problem.New(problem.Busy, "the service cannot read its keys",
			"tell the operator, who finds the reason in the log")
	}
	return err
}

// Take implements [server.Keys].
func (k *keyring) Take(key server.Key, what string, n int, now time.Time) error {
	own, ok := key.(ringKey)
	if !ok {
		return nil
	}
	return k.usage.Take(own.key, keys.Counted(what), n, now)
}

// Return implements [server.Keys].
func (k *keyring) Return(key server.Key, what string, n int, now time.Time) {
	if own, ok := key.(ringKey); ok {
		k.usage.Return(own.key, keys.Counted(what), n, now)
	}
}

// AllowsOrigin implements [server.Keys].
func (k *keyring) AllowsOrigin(origin string) bool {
	return k.ring.AllowsOrigin(origin, time.Now())
}

// ringKey shows the server one key.
type ringKey struct{ key *keys.Key }

func (k ringKey) ID() string                      { return k.key.ID }
func (k ringKey) Allows(s server.Scope) bool      { return k.key.Allows(keys.Scope(s)) }
func (k ringKey) AllowsHost(host string) bool     { return k.key.AllowsHost(host) }
func (k ringKey) Hosts() []string                 { return k.key.PageHosts() }
func (k ringKey) Bound() bool                     { return k.key.Bound() }
func (k ringKey) InPages() bool                   { return k.key.InPages() }
func (k ringKey) AllowsOrigin(origin string) bool { return k.key.AllowsOrigin(origin) }
func (k ringKey) PerMinute() int                  { return k.key.RatePerMinute }
