package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"offprint"
	"offprint/internal/callback"
	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/internal/store"
	"offprint/mailer"
	"offprint/server"
	"offprint/server/hook"
)

// service is the parts of which a service consists, put together: those that both
// serve and worker need.
type service struct {
	config  *config
	log     *slog.Logger
	metrics *server.Metrics

	folder  *store.Folder
	press   *press.Press
	queue   *queue.Queue
	tokens  *mailer.Tokens // of the links to unsubscribe
	keyless bool           // programs on this machine need no key
	senders []*mailer.Sender
	caller  *callback.Caller // nil: nobody is called
	working atomic.Bool      // the worker has begun and not ended
}

// openService opens the data folder and makes what works on it.
func (a *app) openService(ctx context.Context, log *slog.Logger) (*service, error) {
	options, err := a.options()
	if err != nil {
		return nil, err
	}
	s := &service{config: a.config, log: log, metrics: server.NewMetrics()}
	if err := s.open(ctx, options); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// open opens each part.
func (s *service) open(ctx context.Context, options offprint.Options) error {
	if err := s.config.problems(); err != nil {
		return usagef("offprint config check shows each value and where it is from", "%s", oneLine(err))
	}
	if err := s.openData(ctx); err != nil {
		return err
	}
	mail, err := s.mail()
	if err != nil {
		return err
	}
	if options.Fonts, err = library("", ""); err != nil {
		return err
	}
	// What a stranger names is not read at private addresses, unless the operator
	// wants it.
	if s.config.origin["fetch.deny_private"] == "" {
		options.Fetch.DenyPrivate = true
	}
	options.Log = s.log
	cache := store.NewCache(s.folder)
	cache.Observe = s.metrics.Asked
	s.press, err = press.New(press.Config{
		Options: options, Cache: cache, PublicURL: s.config.Site.PublicURL,
		Limits: s.config.Limits.Press, Mail: mail, Observe: s.metrics.Observe, Log: s.log,
	})
	return err
}

// openData opens the queue and the store.
func (s *service) openData(ctx context.Context) (err error) {
	s.queue, err = queue.Open(ctx, queue.Options{Dir: s.config.DataDir, Retention: s.config.Limits.Retention, Log: s.log})
	if err != nil {
		return dataError(s.config.DataDir, err)
	}
	if s.folder, err = store.OpenFolder(s.config.Store.Dir); err != nil {
		return dataError(s.config.Store.Dir, err)
	}
	s.tokens, err = mailer.NewTokens(s.queue.DeriveKey("unsubscribe"))
	return err
}

// dataError says that a folder of the service cannot be used.
func dataError(dir string, err error) error {
	if errors.Is(err, queue.ErrNewer) {
		return usagef("use that version, or its backup of before the upgrade", "%s: %w", dir, err)
	}
	return &serviceDataError{dir, err}
}

// serviceDataError says that a folder of the service, or what is in it, cannot be
// used.
type serviceDataError struct {
	path string
	err  error
}

func (e *serviceDataError) Error() string { return fmt.Sprintf("open %s: %v", e.path, e.err) }
func (e *serviceDataError) Unwrap() error { return e.err }

// Hint says what to do: what the error beneath knows, or what is usual.
func (e *serviceDataError) Hint() string {
	if errors.Is(e.err, queue.ErrDamaged) {
		return "keep the file, and put a backup in its place: docs/guide/operate.md, Backup and restore"
	}
	if hint := hintFor(e.err); hint != "" && exitCode(e.err) != exitInternal {
		return hint
	}
	return "the folder must belong to the user that offprint runs as, and have room; data_dir and store.dir choose other folders"
}

// mail makes the senders, and says how letters are made. Nil: no mail server is
// set up.
func (s *service) mail() (*press.Mail, error) {
	const hint = "offprint doctor tries the mail servers; offprint config check shows each value"
	c := &s.config.Mail
	if c.Host == "" {
		return nil, nil
	}
	if c.From == "" {
		return nil, usagef(hint, "mail.from is missing: who are the letters from?")
	}
	keys, err := mailer.LoadKeys(c)
	if err != nil {
		return nil, usagef(hint, "%w", err)
	}
	// Each sender has a connection of its own; together they keep to the rate.
	one := *c
	one.RatePerSecond /= mailConnections
	for range mailConnections {
		sender, err := mailer.NewSender(&one)
		if err != nil {
			return nil, usagef(hint, "%s", oneLine(err))
		}
		s.senders = append(s.senders, sender)
	}
	probe, err := mailer.NewSender(c)
	if err != nil {
		return nil, usagef(hint, "%s", oneLine(err))
	}
	mail := &press.Mail{Config: c, Keys: keys, MaxSize: newSizeLimit(probe).get}
	if base := s.config.Site.PublicURL; base != "" {
		mail.Unsubscribe = server.UnsubscribeLink(base, s.tokens)
	}
	return mail, nil
}

// mailConnections is how many letters go out at a time.
const mailConnections = 4

// work does the queue's jobs until ctx ends. It calls begun when it has begun.
func (s *service) work(ctx context.Context, begun func()) error {
	w := queue.Worker{Renderer: s.metrics.Renderer(s.press), RenderSlots: s.config.Limits.Press.Slots, Ready: func() {
		s.working.Store(true)
		begun()
	}}
	for _, sender := range s.senders {
		w.Senders = append(w.Senders, s.metrics.Sender(sender))
	}
	var err error
	if s.caller, err = s.newCaller(); err != nil {
		return err
	}
	w.Caller = s.caller
	defer s.working.Store(false)
	err = s.queue.Work(ctx, w)
	if errors.Is(err, queue.ErrWorking) {
		return usagef("offprint serve --no-worker answers requests beside another worker", "%w", err)
	}
	return err
}

// newCaller makes what calls the publisher's system. Calls are signed with a secret
// of the data folder where the configuration names none.
func (s *service) newCaller() (*callback.Caller, error) {
	c := s.config.Callbacks
	if c.SecretFile == "" {
		c.SecretFile = filepath.Join(s.config.DataDir, "callback.secret")
		if err := callback.MakeSecretFile(c.SecretFile); err != nil {
			return nil, dataError(c.SecretFile, err)
		}
	}
	caller, err := callback.New(&c, callback.Options{UserAgent: "offprint/" + offprint.Version})
	if err != nil {
		return nil, usagef("offprint config check shows each value and where it is from", "%s", oneLine(err))
	}
	return caller, nil
}

// checkWorker tells /readyz whether the jobs are done.
func (s *service) checkWorker(context.Context) error {
	if !s.working.Load() {
		return errors.New("the worker has not begun, or has ended")
	}
	return nil
}

// expire lets old documents go, every hour until ctx ends.
func (s *service) expire(ctx context.Context) {
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

// lists reads the lists of recipients.
func (s *service) lists() (map[string][]mailer.Recipient, error) {
	lists := map[string][]mailer.Recipient{}
	for _, name := range slices.Sorted(maps.Keys(s.config.Lists)) {
		path := s.config.Lists[name].RecipientsFile
		file, err := os.Open(path)
		if err != nil {
			return nil, usagef("", "lists.%s: %w", name, err)
		}
		good, refused, err := mailer.ReadRecipients(file)
		file.Close()
		if err != nil {
			return nil, usagef("its first line is email,name,lang,font_size, or some of these", "lists.%s: read %s: %w", name, filepath.Base(path), err)
		}
		for _, line := range refused {
			s.log.Warn("a line of a list names nobody", "list", name, "line", line.Line, "error", line.Err)
		}
		lists[name] = good
	}
	return lists, nil
}

// hooks makes the receivers of web hooks.
func (s *service) hooks() (map[string]*hook.Receiver, error) {
	receivers := map[string]*hook.Receiver{}
	for _, name := range slices.Sorted(maps.Keys(s.config.Hooks)) {
		c := s.config.Hooks[name]
		c.MaxBody, c.Print = int(s.config.Serve.MaxBody), s.config.Print
		var secrets []string
		if c.SecretFile != "" {
			file, err := os.ReadFile(c.SecretFile)
			if err != nil {
				return nil, usagef("make it, readable by the service's user alone: openssl rand -hex 32 > "+c.SecretFile, "hooks.%s.secret_file: read %s: %w", name, c.SecretFile, reason(err))
			}
			secrets = hook.ParseSecrets(file)
		}
		r, err := hook.New(name, c, secrets)
		if err != nil {
			return nil, usagef(hintFor(err), "%s", oneLine(err))
		}
		for _, what := range []hook.What{hook.Publish, hook.Update, hook.Withdraw} {
			for _, action := range r.Actions(what) {
				if _, known := s.config.Lists[action.Email]; action.Email != "" && !known {
					return nil, usagef("write [lists."+action.Email+"] with its recipients_file", "hooks.%s: there is no list %q", name, action.Email)
				}
			}
		}
		receivers[name] = r
	}
	return receivers, nil
}

// close lets go of everything. What works must have ended.
func (s *service) close() {
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

// sizeLimit asks the mail server for its limit, and remembers it for a while.
type sizeLimit struct {
	sender *mailer.Sender
	turn   chan struct{} // who holds it may look
	limit  int64
	asked  time.Time
}

func newSizeLimit(sender *mailer.Sender) *sizeLimit {
	return &sizeLimit{sender: sender, turn: make(chan struct{}, 1)}
}

// get gives the greatest message in bytes; 0: the server does not say.
func (l *sizeLimit) get(ctx context.Context) (int64, error) {
	const good = 10 * time.Minute
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if !l.asked.IsZero() && time.Since(l.asked) < good {
		return l.limit, nil
	}
	limit, err := l.sender.MaxSize(ctx)
	l.sender.Close()
	if err != nil {
		return l.limit, err
	}
	l.limit, l.asked = limit, time.Now()
	return limit, nil
}
