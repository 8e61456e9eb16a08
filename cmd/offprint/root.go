package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"offprint"
	"offprint/internal/config"
	"offprint/internal/hint"
)

// app is one run of the command: its streams, and the flags that all verbs share.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	started        bool           // a verb was found and its flags were understood
	flags          *pflag.FlagSet // the verb's, with those below
	config         *config.Config // nil until it is asked for
	remembered     offprint.SmallPictures

	configFile string
	baseURL    string
	headers    []string
	cookieFile string
	timeout    time.Duration
	json       bool
	quiet      bool
	logLevel   string
}

// levels are the values of --log-level.
var levels = map[string]slog.Level{
	"error": slog.LevelError, "warn": slog.LevelWarn, "info": slog.LevelInfo, "debug": slog.LevelDebug,
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "offprint",
		Short: "Print-ready PDFs of Chinese, Japanese and Korean news articles",
		Long: `offprint reads the article in a web page and sets it as a PDF, as a printed paper
would: fonts included, no browser.

A SOURCE is a URL, a file or - for standard input.

Exit codes: 0 done, 1 internal error, 2 wrong usage, 3 not fetched, 4 not an
article, 5 not rendered or not written, 6 mail refused for good, 7 mail refused for
now, 8 some of several failed, 130 interrupted.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			a.started, a.flags = true, cmd.Flags()
			if _, ok := levels[a.logLevel]; !ok {
				return usagef("--log-level: error, warn, info or debug", "log level %q is not known", a.logLevel)
			}
			return nil
		},
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)

	flags := root.PersistentFlags()
	flags.SortFlags = false
	flags.StringVar(&a.configFile, "config", "",
		"`file` to read in place of ./offprint.toml, ~/.config/offprint/offprint.toml and /etc/offprint/offprint.toml")
	flags.StringVar(&a.baseURL, "base-url", "", "`address` of a page that comes from a file or standard input")
	flags.StringArrayVar(&a.headers, "header", nil, "`'Name: value'` to send to the host that you name; may be repeated")
	flags.StringVar(&a.cookieFile, "cookie-file", "",
		"`file` of cookies to send, in Netscape's format, as browsers export and curl writes them")
	flags.DurationVar(&a.timeout, "timeout", 30*time.Second, "longest `time` for a request")
	flags.BoolVar(&a.json, "json", false, "one JSON object an article on standard output")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing but errors")
	flags.StringVar(&a.logLevel, "log-level", "warn", "`level`: error, warn, info or debug")

	root.AddCommand(a.printCommand(), a.emailCommand(), a.parseCommand(), a.inspectCommand(), a.configCommand(),
		a.serveCommand(), a.workerCommand(), a.jobsCommand(), a.keysCommand(), a.doctorCommand(), a.demoCommand(),
		a.versionCommand())
	return root
}

// options gives what all verbs tell the pipeline.
func (a *app) options() (offprint.Options, error) {
	o := offprint.Options{Log: a.logger()}
	c, err := a.configuration()
	if err != nil {
		return o, err
	}
	if err := c.Site.Validate(); err != nil {
		return o, usagef(config.ShowsValues, "%s", hint.Joined(err))
	}
	o.Site, o.PrintOptions = c.Site, c.Print
	if a.timeout <= 0 {
		return o, usagef("--timeout: a time such as 30s or 2m", "a timeout of %s leaves no time", a.timeout)
	}
	headers, err := parseHeaders(a.headers)
	if err != nil {
		return o, err
	}
	o.Created, err = sourceDate()
	if err != nil {
		return o, err
	}
	o.Remember = &a.remembered
	o.Fetch = offprint.FetchOptions{
		BaseURL:    a.baseURL,
		Headers:    headers,
		CookieFile: a.cookieFile,
		Timeout:    a.timeout,
		Stdin:      a.stdin,

		AllowHosts:  c.Fetch.AllowHosts,
		Ports:       slices.Concat(c.Fetch.AllowHosts, c.Site.Hosts),
		DenyPrivate: c.Fetch.DenyPrivate,
	}
	return o, nil
}

// configuration reads the configuration once.
func (a *app) configuration() (*config.Config, error) {
	if a.config != nil {
		return a.config, nil
	}
	c, err := config.Load(a.configFile, a.flags)
	if err == nil {
		a.config = c
	}
	return c, err
}

// addDataDirFlag gives a verb that keeps something between runs its flag.
func addDataDirFlag(flags *pflag.FlagSet) {
	flags.String("data-dir", "", "`folder` of what is kept between runs: jobs, keys, PDFs (data_dir)")
}

func (a *app) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: levels[a.logLevel]}))
}

// speaks reports whether people are to be told what happens at a level.
func (a *app) speaks(level slog.Level) bool { return !a.quiet && levels[a.logLevel] <= level }

// explain tells people of an error and of what they can do.
func (a *app) explain(err error) {
	if err == nil || isTold(err) {
		return
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(a.stderr, "offprint: interrupted")
		return
	}
	fmt.Fprintf(a.stderr, "offprint: error: %v\n", err)
	if hint := hintFor(err); hint != "" {
		fmt.Fprintf(a.stderr, "offprint: hint: %s\n", hint)
	}
}

func parseHeaders(lines []string) (http.Header, error) {
	headers := http.Header{}
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || strings.ContainsAny(name, " \t\r\n") || strings.ContainsAny(value, "\r\n\x00") {
			return nil, usagef("--header: 'Name: value'", "header %q is not a name and a value", line)
		}
		headers.Add(name, value)
	}
	return headers, nil
}
