package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"offprint/internal/jobpages"
	"offprint/mailer"
	"offprint/server"
)

// serveFlags are what the verb serve is told beside the configuration.
type serveFlags struct {
	noWorker bool
	check    bool
}

func (a *app) serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Answer requests of programs, web hooks and readers",
		Long: `Serve prints and mails articles for whoever asks over HTTP: programs by its API,
a newsroom's system by web hooks. Jobs that were taken survive a crash.

With no configuration it listens on this machine alone, needs no key, and keeps its
jobs in an SQLite file and its PDFs in a folder. For the world, write a configuration
with site.public_url and fetch.allow_hosts, and make keys: offprint keys create.

It ends in good order at SIGTERM or Ctrl-C: /readyz turns to 503, then requests that
are under way are answered, then jobs that are being done end or are put back.`,
		Example: `  offprint serve
  offprint serve --config /etc/offprint/offprint.toml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.check {
				return a.checkServing(cmd.Context())
			}
			return a.serve(cmd.Context(), &f)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.String("listen", "", "`address` of the service (default 127.0.0.1:8080)")
	flags.String("admin-listen", "", "`address` of the operator's pages (default 127.0.0.1:8081)")
	addDataDirFlag(flags)
	flags.BoolVar(&f.noWorker, "no-worker", false, "take jobs and leave them to another process: offprint worker")
	flags.BoolVar(&f.check, "check", false, "ask the service that runs here whether it is ready, and end: exit code 0 or 3")
	return cmd
}

func (a *app) workerCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "worker",
		Short: "Do the jobs that a service takes",
		Long: `Worker prints and mails what is in the queue of a data folder, beside an
offprint serve --no-worker that answers requests. One worker works on a folder.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := a.openService(cmd.Context(), a.serviceLog())
			if err != nil {
				return err
			}
			defer s.close()
			return s.work(cmd.Context(), func() {})
		},
	}
	addDataDirFlag(cmd.Flags())
	return cmd
}

// serve runs until ctx ends.
func (a *app) serve(ctx context.Context, f *serveFlags) error {
	log := a.serviceLog()
	s, err := a.openService(ctx, log)
	if err != nil {
		return err
	}
	defer s.close()
	api, closeKeys, err := s.server(f)
	if err != nil {
		return err
	}
	defer closeKeys()
	defer api.Close()
	// 1. Both addresses, so that one that is taken is known before anything begins.
	settings := s.config.Serve
	world, err := a.listen("serve.listen", &settings.Listen, "127.0.0.1:8080")
	if err != nil {
		return err
	}
	operator, err := a.listen("serve.admin_listen", &settings.AdminListen, "127.0.0.1:8081")
	if err != nil {
		world.Close()
		return err
	}
	// 2. The worker, which outlives the requests: it ends when they have. It does not
	// begin where another one works already, so people are welcomed when it has.
	welcome := func() { a.welcome(world.Addr().String(), operator.Addr().String(), s.config, s.keyless) }
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	worked := make(chan error, 1) // stays empty without a worker
	if f.noWorker {
		welcome()
	} else {
		go func() { worked <- s.work(work, welcome) }()
	}
	go s.expire(work)
	// 3. Requests.
	public := server.HTTPServer(settings, api.Handler(), log)
	admin := server.HTTPServer(settings, api.Admin(), log)
	deaf := make(chan error, 2)
	for _, one := range []struct {
		server *http.Server
		at     net.Listener
	}{{public, world}, {admin, operator}} {
		go func() {
			if err := one.server.Serve(one.at); !errors.Is(err, http.ErrServerClosed) {
				deaf <- fmt.Errorf("answer requests at %s: %w", one.at.Addr(), err)
			}
		}()
	}
	// 4. Until the end is asked for, or something broke.
	var broke error
	working := !f.noWorker
	select {
	case <-ctx.Done():
		log.Info("ending", "drain_delay", settings.DrainDelay.String())
	case broke = <-deaf:
	case broke = <-worked:
		working = false
	}
	api.Drain()
	wait(ctx, broke, settings.DrainDelay)
	shut(log, public, admin)
	stopWork()
	if working {
		broke = errors.Join(broke, <-worked)
	}
	return broke
}

// listen opens an address, or says what to do about it.
func (a *app) listen(name string, address *string, fallback string) (net.Listener, error) {
	if *address == "" {
		*address = fallback
	}
	l, err := net.Listen("tcp", *address)
	if err != nil {
		return nil, usagef("choose another with --listen and --admin-listen", "%s: %w", name, err)
	}
	return l, nil
}

// wait gives balancers time to notice that the service is not ready any more.
func wait(ctx context.Context, broke error, delay time.Duration) {
	if broke == nil && delay > 0 {
		time.Sleep(delay)
	}
}

// shut answers what is under way and takes nothing new.
func shut(log *slog.Logger, servers ...*http.Server) {
	const patience = 30 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, one := range servers {
		if err := one.Shutdown(ctx); err != nil {
			log.Warn("requests were broken off", "error", err)
			one.Close()
		}
	}
}

// server makes the handlers.
func (s *service) server(f *serveFlags) (*server.Server, func(), error) {
	lists, err := s.lists()
	if err != nil {
		return nil, nil, err
	}
	hooks, err := s.hooks()
	if err != nil {
		return nil, nil, err
	}
	c := server.Config{
		Settings: s.config.Serve, Limits: s.config.Limits.Server,
		Press: s.press, Queue: s.queue, Store: s.folder,
		PublicURL: s.config.Site.PublicURL, PublicHosts: s.config.publicHosts(),
		Publisher: s.config.Site.Name, Hooks: hooks, Tokens: s.tokens,
		Lists: func(name string) ([]mailer.Recipient, error) {
			list, ok := lists[name]
			if !ok {
				return nil, fs.ErrNotExist
			}
			return list, nil
		},
		CheckCallback: s.config.Callbacks.Check, DefaultCallback: s.config.Callbacks.URL,
		Metrics: s.metrics, Log: s.log,
	}
	if c.JobPages, err = jobpages.New(s.queue, server.JobsPath, s.log); err != nil {
		return nil, nil, err
	}
	if !f.noWorker {
		c.Worker = s.checkWorker
	}
	ring, err := openKeyring(s.config.DataDir, s.log)
	if err != nil {
		return nil, nil, err
	}
	c.Keys = ring
	made, err := ring.ring.Any()
	if err != nil {
		return nil, nil, err
	}
	s.keyless = !made && c.PublicURL == ""
	api, err := server.New(c)
	if err != nil {
		return nil, nil, usagef("offprint config check shows each value and where it is from", "%s", oneLine(err))
	}
	return api, func() {
		if err := ring.Close(); err != nil {
			s.log.Warn("what keys were used for could not be written down", "error", err)
		}
	}, nil
}

// publicHosts are those whose pages everybody may have printed.
func (c *config) publicHosts() []string {
	if len(c.Site.Hosts) > 0 {
		return c.Site.Hosts
	}
	return c.Fetch.AllowHosts
}

// welcome says where the service is and what to try.
func (a *app) welcome(world, operator string, c *config, keyless bool) {
	if a.quiet {
		return
	}
	base := "http://" + world
	fmt.Fprintf(a.stdout, "offprint is at %s (docs: %s/docs), its operator's pages at http://%s/\n", base, base, operator)
	fmt.Fprintf(a.stdout, "Jobs and PDFs are in %s. Try:\n\n", c.DataDir)
	key := ""
	if !keyless {
		key = ` -H "Authorization: Bearer $OFFPRINT_KEY"`
		fmt.Fprintf(a.stdout, "  OFFPRINT_KEY=$(offprint keys create try --scope print --scope email --data-dir %q)\n", c.DataDir)
	}
	page := "https://news.example/a.html"
	if hosts := c.publicHosts(); len(hosts) > 0 { // others may be refused
		page = "https://" + hosts[0] + "/a.html"
	}
	fmt.Fprintf(a.stdout, `  curl -s %[1]s/v1/pdf%[2]s -o try.pdf --json '{"article": {"title": "试印一页", "lang": "zh-Hans", "blocks": [{"kind": "paragraph", "text": "渡口的早班船，每天六班。"}]}}'
  curl -s %[1]s/v1/pdf%[2]s -o article.pdf --json '{"url": "%[3]s", "font_size": "large"}'
  curl -s %[1]s/v1/email%[2]s --json '{"url": "%[3]s", "to": ["reader@example.com"]}'

`, base, key, page)
}
