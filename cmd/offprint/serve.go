package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"offprint/fonts/noto"
	"offprint/internal/config"
	"offprint/internal/service"
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

Lists, the suppression file, secrets of hooks and callbacks, DKIM keys and API keys
are read again when they change, and at SIGHUP; one that cannot be read stays as it
was, and the log says so.

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
	flags.String("listen", "", "`address` of the service (default "+server.DefaultListen+")")
	flags.String("admin-listen", "", "`address` of the operator's pages (default "+server.DefaultAdminListen+")")
	addDataDirFlag(flags)
	flags.BoolVar(&f.noWorker, "no-worker", false, "take jobs and leave them to another process: offprint worker")
	flags.BoolVar(&f.check, "check", false,
		"ask the service that runs here whether it is ready, and end: exit code 0 or 3")
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
			s, _, err := a.openService(cmd.Context(), a.serviceLog())
			if err != nil {
				return err
			}
			inGoodOrder.RLock()
			defer inGoodOrder.RUnlock()
			defer s.Close()
			defer onHangup(s.Reload)()
			return s.Work(cmd.Context(), func() {})
		},
	}
	addDataDirFlag(cmd.Flags())
	return cmd
}

// serve runs until ctx ends.
func (a *app) serve(ctx context.Context, f *serveFlags) error {
	log := a.serviceLog()
	s, c, err := a.openService(ctx, log)
	if err != nil {
		return err
	}
	inGoodOrder.RLock()
	defer inGoodOrder.RUnlock()
	defer s.Close()
	api, err := s.Server(!f.noWorker)
	if err != nil {
		return err
	}
	defer api.Close()
	defer onHangup(s.Reload)()
	// 1. Both addresses, so that one that is taken is known before anything begins.
	world, err := listen("serve.listen", c.ListenAddress())
	if err != nil {
		return err
	}
	operator, err := listen("serve.admin_listen", c.AdminAddress())
	if err != nil {
		world.Close()
		return err
	}
	// 2. The worker, which outlives the requests: it ends when they have. It does not
	// begin where another one works already, so people are welcomed when it has.
	welcome := func() { a.welcome(world.Addr().String(), operator.Addr().String(), c, api.Keyless) }
	work, stopWork := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWork()
	broken := make(chan error, 3) // from the worker and each address
	workerDone := make(chan struct{})
	if f.noWorker {
		welcome()
		close(workerDone)
	} else {
		go func() {
			defer close(workerDone)
			broken <- s.Work(work, welcome)
		}()
	}
	go s.Expire(work)
	// 3. Requests.
	public := server.HTTPServer(c.Serve, api.Handler(), log)
	admin := server.HTTPServer(c.Serve, api.Admin(), log)
	for _, one := range []struct {
		server *http.Server
		at     net.Listener
	}{{public, world}, {admin, operator}} {
		go func() {
			if err := one.server.Serve(one.at); !errors.Is(err, http.ErrServerClosed) {
				broken <- fmt.Errorf("answer requests at %s: %w", one.at.Addr(), err)
			}
		}()
	}
	// 4. Until the end is asked for, or something broke.
	drain := c.Serve.Drain(c.Site.PublicURL != "")
	broke := untilEnd(ctx, drain, broken, func() {
		log.Info("ending", "drain_delay", drain.String())
		api.Drain()
	})
	api.Drain()
	shut(log, public, admin)
	stopWork()
	<-workerDone
	for {
		select {
		case err := <-broken:
			broke = errors.Join(broke, err)
		default:
			return broke
		}
	}
}

// onHangup has reload called at each SIGHUP, until stop is called.
func onHangup(reload func()) (stop func()) {
	hangups, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(hangups, syscall.SIGHUP)
	go func() {
		for {
			select {
			case <-hangups:
				reload()
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(hangups)
		close(done)
	}
}

// untilEnd waits until ctx ends, calls ending, and gives balancers the delay to
// notice that the service is not ready any more. It gives up at once, and gives the
// error, when something broke.
func untilEnd(ctx context.Context, delay time.Duration, broken <-chan error, ending func()) error {
	select {
	case <-ctx.Done():
	case err := <-broken:
		return err
	}
	ending()
	select {
	case <-time.After(delay):
		return nil
	case err := <-broken:
		return err
	}
}

// openService puts a service together for what the flags and the configuration say.
func (a *app) openService(ctx context.Context, log *slog.Logger) (*service.Service, *config.Config, error) {
	options, err := a.options()
	if err != nil {
		return nil, nil, err
	}
	options.Fonts = noto.Library()
	s, err := service.Open(ctx, a.config, options, log)
	return s, a.config, err
}

// serviceLog is the log of a service, which tells what it does unless it is told not
// to.
func (a *app) serviceLog() *slog.Logger {
	level := slog.LevelInfo
	if a.flags.Changed("log-level") {
		level = levels[a.logLevel]
	}
	return service.NewLog(a.stderr, level)
}

// listen opens an address, or says what to do about it.
func listen(name, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, usagef("choose another with --listen and --admin-listen", "%s: %w", name, err)
	}
	return l, nil
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

// welcome says where the service is and what to try.
func (a *app) welcome(world, operator string, c *config.Config, keyless bool) {
	if a.quiet {
		return
	}
	base := "http://" + world
	fmt.Fprintf(a.stdout, "offprint is at %s (docs: %s/docs), its operator's pages at http://%s/\n", base, base, operator)
	fmt.Fprintf(a.stdout, "Jobs and PDFs are in %s. Try:\n\n", c.DataDir)
	key := ""
	if !keyless {
		key = ` -H "Authorization: Bearer $OFFPRINT_KEY"`
		fmt.Fprintf(a.stdout,
			"  OFFPRINT_KEY=$(offprint keys create try --scope print --scope email --data-dir %q)\n", c.DataDir)
	}
	page := "https://news.example/a.html"
	if hosts := c.PublicHosts(); len(hosts) > 0 { // others may be refused
		page = "https://" + hosts[0] + "/a.html"
	}
	const article = `{"title": "试印一页", "lang": "zh-Hans", ` +
		`"blocks": [{"kind": "paragraph", "text": "渡口的早班船，每天六班。"}]}`
	fmt.Fprintf(a.stdout, `  curl -s %[1]s/v1/pdf%[2]s -o try.pdf --json '{"article": %[4]s}'
  curl -s %[1]s/v1/pdf%[2]s -o article.pdf --json '{"url": "%[3]s", "font_size": "large"}'
  curl -s %[1]s/v1/email%[2]s --json '{"url": "%[3]s", "to": ["reader@example.com"]}'

`, base, key, page, article)
}
