package service

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"offprint"
	"offprint/internal/callback"
	"offprint/internal/config"
	"offprint/internal/hint"
	"offprint/internal/livefile"
	"offprint/internal/metrics"
	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/mailer"
	"offprint/server"
)

// Service is the parts of which a service consists, put together: those that both
// serve and worker need.
type Service struct {
	config  *config.Config
	log     *slog.Logger
	metrics *metrics.Metrics

	folder  *store.Folder
	press   *press.Press
	queue   *queue.Queue
	tokens  *mailer.Tokens // of the links to unsubscribe
	senders []*mailer.Sender
	size    *sizeLimit       // of messages; nil: no mail server
	caller  *callback.Caller // nil: nobody is called
	now     func() time.Time // nil: the system's clock
	working atomic.Bool      // the worker has begun and not ended
	files   livefile.Set     // that are read again when they change
}

// Open opens the data folder and makes what works on it. The options are those of
// the pipeline, faces included. [Service.Close] closes it. For a setting that
// cannot be used it gives a [*hint.UsageError], for such a folder a [*DataError].
func Open(ctx context.Context, c *config.Config, options offprint.Options, log *slog.Logger) (*Service, error) {
	s := &Service{config: c, log: log, metrics: metrics.New()}
	if err := s.open(ctx, options); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// open opens each part.
func (s *Service) open(ctx context.Context, options offprint.Options) error {
	if err := s.config.Problems(); err != nil {
		return hint.Usagef(config.ShowsValues, "%s", hint.Joined(err))
	}
	if err := s.openData(ctx); err != nil {
		return err
	}
	mail, err := s.mail()
	if err != nil {
		return err
	}
	// What a stranger names is not read at private addresses, unless the operator
	// wants it.
	if s.config.Origin("fetch.deny_private") == "" {
		options.Fetch.DenyPrivate = true
	}
	options.Log = s.log
	cache := store.NewCache(s.folder)
	cache.Observe = s.metrics.CacheResult
	s.press, err = press.New(press.Config{
		Options: options, Cache: cache, PublicURL: s.config.Site.PublicURL,
		Limits: s.config.Limits.Press, Mail: mail, Observe: s.metrics.Observe,
		Warned: s.metrics.Warned, Log: s.log,
	})
	return err
}

// openData opens the queue and the store.
func (s *Service) openData(ctx context.Context) (err error) {
	s.queue, err = queue.Open(ctx, queue.Options{
		Dir: s.config.DataDir, Retention: s.config.Limits.Retention, Now: s.now, Log: s.log,
	})
	if err != nil {
		return Unusable(s.config.DataDir, err)
	}
	if s.folder, err = store.OpenFolder(s.config.Store.Dir); err != nil {
		return Unusable(s.config.Store.Dir, err)
	}
	s.tokens, err = mailer.NewTokens(s.queue.DeriveKey("unsubscribe"))
	return err
}

// mail makes the senders, and says how letters are made. Nil: no mail server is
// set up.
func (s *Service) mail() (*press.Mail, error) {
	const advice = "offprint doctor tries the mail servers; offprint config check shows each value"
	c := &s.config.Mail
	if c.Host == "" {
		return nil, nil
	}
	if c.From == "" {
		return nil, hint.Usagef(advice, "mail.from is missing: who are the letters from?")
	}
	keys, err := mailer.OpenKeyFiles(c, s.reread("dkim", "dkim"))
	if err != nil {
		return nil, hint.Usagef(advice, "%w", err)
	}
	s.files.Add(keys)
	stopped, err := s.suppressionFile()
	if err != nil {
		return nil, hint.Usagef(advice, "%w", err)
	}
	// Each sender has a connection of its own; together they keep to the rate. They log
	// in one after another, and rest together when the account is refused. The last of
	// them only asks.
	one, logins := *c, &mailer.Logins{Now: s.now}
	one.RatePerSecond /= mailConnections
	for range mailConnections + 1 {
		sender, err := mailer.NewSender(&one)
		if err != nil {
			return nil, hint.Usagef(advice, "%s", hint.Joined(err))
		}
		sender.Suppressed, sender.Logins = stopped, logins
		s.senders = append(s.senders, sender)
	}
	probe := s.senders[mailConnections]
	s.senders = s.senders[:mailConnections]
	s.size = newSizeLimit(func(ctx context.Context) (int64, error) {
		defer probe.Close()
		return probe.MaxSize(ctx)
	}, s.clock)
	mail := &press.Mail{Config: c, Keys: keys.Keys, MaxSize: s.size.get}
	if base := s.config.Site.PublicURL; base != "" {
		mail.Unsubscribe = server.UnsubscribeLink(base, s.tokens)
	}
	return mail, nil
}

func (s *Service) clock() time.Time {
	if s.now == nil {
		return time.Now()
	}
	return s.now()
}

// mailConnections is how many letters go out at a time.
const mailConnections = 4

// Work does the queue's jobs until ctx ends. It calls begun when it has begun. It
// gives an error when another process works on the same data folder.
func (s *Service) Work(ctx context.Context, begun func()) error {
	w := queue.Worker{
		Renderer: s.metrics.Renderer(s.press), RenderSlots: s.config.Limits.Press.Slots,
		Ready: func() {
			s.working.Store(true)
			begun()
		},
	}
	for _, sender := range s.senders {
		w.Senders = append(w.Senders, s.metrics.Sender(sender))
	}
	var err error
	if s.caller, err = s.newCaller(); err != nil {
		return err
	}
	s.files.Add(s.caller)
	w.Caller = s.caller
	defer s.working.Store(false)
	err = s.queue.Work(ctx, w)
	if errors.Is(err, queue.ErrWorking) {
		return hint.Usagef("offprint serve --no-worker answers requests beside another worker", "%w", err)
	}
	return err
}

// newCaller makes what calls the publisher's system. Calls are signed with a secret
// of the data folder where the configuration names none.
func (s *Service) newCaller() (*callback.Caller, error) {
	c := s.config.Callbacks
	if c.SecretFile == "" {
		c.SecretFile = filepath.Join(s.config.DataDir, "callback.secret")
		if err := callback.MakeSecretFile(c.SecretFile); err != nil {
			return nil, Unusable(c.SecretFile, err)
		}
	}
	caller, err := callback.New(&c, callback.Options{
		UserAgent: "offprint/" + offprint.Version, Reread: s.reread("callback", "callbacks.secret_file"),
	})
	if err != nil {
		return nil, hint.Usagef(config.ShowsValues, "%s", hint.Joined(err))
	}
	return caller, nil
}

// checkWorker tells /readyz whether the jobs are done.
func (s *Service) checkWorker(context.Context) error {
	if !s.working.Load() {
		return errors.New("the worker has not begun, or has ended")
	}
	return nil
}

// Expire lets old documents go, every hour until ctx ends.
func (s *Service) Expire(ctx context.Context) {
	for tick := time.NewTicker(time.Hour); ; {
		n, err := s.folder.Expire(ctx, time.Now().Add(-s.config.Store.Keep))
		if err != nil && ctx.Err() == nil {
			s.log.Warn("old documents could not be deleted", "error", err)
		}
		if n > 0 {
			s.log.Info("old documents were deleted", "objects", n)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			tick.Stop()
			return
		}
	}
}

// Close closes all parts. [Service.Work] and servers must have ended before.
func (s *Service) Close() {
	if s.size != nil {
		s.size.close()
	}
	for _, sender := range s.senders {
		sender.Close()
	}
	if s.caller != nil {
		s.caller.Close()
	}
	if s.folder != nil {
		s.folder.Close()
	}
	if s.queue != nil {
		s.queue.Close()
	}
}
