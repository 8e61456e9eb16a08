package main

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"offprint/internal/hint"
	"offprint/internal/keys"
)

func (a *app) keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Make, list and revoke API keys of the service",
		Long: `Make, list and revoke the API keys that callers of the service send as
Authorization: Bearer KEY. They stand in the data folder, as hashes. A service that
runs sees each change within a second.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	addDataDirFlag(cmd.PersistentFlags())
	cmd.AddCommand(a.keysCreateCommand(), a.keysListCommand(), a.keysRevokeCommand())
	return cmd
}

func (a *app) keysCreateCommand() *cobra.Command {
	var p keys.Params
	var scopes []string
	var expires string
	cmd := &cobra.Command{
		Use:   "create NAME",
		Short: "Make a key, and show it this once",
		Long: `Make a key. It alone goes to standard output, this once: offprint keeps only its hash.

Scopes: print makes PDFs, email sends mail, hooks receives web hooks and bounces,
admin sees and changes all jobs. None includes another.

A key with --host or --origin takes the url of a page of its hosts and nothing of the
caller's: no html, no article, no title, author, date or logo, no subject, note or
sender. A program that sends html, such as many a CMS, needs a key without both.

A key never stands in a web page: readers need none for the pages of site.hosts. Where
one must, as on an intranet, --origin names the page's site; everybody who sees the
page has the key, so it is for the pages of --host, or else of the origin's own host,
and opens nothing but print. Without --origin a key is for servers alone.`,
		Example: `  offprint keys create cms --scope print --scope email > cms.key
  offprint keys create app --scope print --host news.example \
    --prints-per-day 5000 --expires 90d`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("offprint keys create NAME --scope print", "a key has one name, not %d", len(args))
			}
			p.Name = args[0]
			for _, scope := range scopes {
				p.Scopes = append(p.Scopes, keys.Scope(scope))
			}
			if expires != "" {
				span, err := parseSpan(expires)
				if err != nil {
					return err
				}
				p.Expires = time.Now().Add(span)
			}
			return a.createKey(p)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringSliceVar(&scopes, "scope", nil, "what the `key` opens: print, email, hooks or admin; may be repeated")
	flags.StringSliceVar(&p.Hosts, "host", nil,
		"`host` whose pages alone it prints, as they stand, and those beneath it; may be repeated")
	flags.StringSliceVar(&p.Origins, "origin", nil,
		"`origin` of pages that may use it, such as https://www.news.example, with scope print alone; may be repeated")
	flags.IntVar(&p.Quotas.PrintsPerDay, "prints-per-day", 0, "most `prints` from midnight to midnight UTC; 0: no bound")
	flags.IntVar(&p.Quotas.MailsPerDay, "mails-per-day", 0, "most `messages` from midnight to midnight UTC; 0: no bound")
	flags.IntVar(&p.RatePerMinute, "rate-per-minute", 0, "most `requests` a minute; 0: as the service has it")
	flags.StringVar(&expires, "expires", "",
		"`time` from now after which it is refused, such as 90d or 12h; without it: never")
	return cmd
}

// createdKey is what keys create --json prints.
type createdKey struct {
	Text string `json:"key"`
	keys.Key
}

func (a *app) createKey(p keys.Params) error {
	ring, err := a.keyRing()
	if err != nil {
		return err
	}
	text, k, err := ring.Create(p)
	var param *keys.ParamError
	if errors.As(err, &param) {
		return &hint.UsageError{Err: err, Advice: param.Hint()}
	}
	if err != nil {
		return err
	}
	if a.json {
		err = a.writeJSON(createdKey{text, k})
	} else if _, err = fmt.Fprintln(a.stdout, text); err != nil {
		err = &outputError{"standard output", reason(err)}
	}
	if err != nil { // nobody has it, so nobody may use it
		_, revoked := ring.Revoke(k.ID)
		return errors.Join(err, revoked)
	}
	if a.speaks(slog.LevelWarn) {
		fmt.Fprintf(a.stderr, "✔ key %s (%s): %s\n", k.ID, k.Name, keyTerms(&k))
		fmt.Fprintln(a.stderr, "  It is shown this once. Callers send it as Authorization: Bearer KEY")
	}
	return nil
}

// keyRing opens the keys of the data folder.
func (a *app) keyRing() (*keys.Ring, error) {
	c, err := a.configuration()
	if err != nil {
		return nil, err
	}
	dir, err := c.MakeDataDir()
	if err != nil {
		return nil, err
	}
	return keys.Open(dir)
}

func (a *app) keysListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List all keys, revoked and expired ones included",
		Long: `List all keys, revoked and expired ones included, with the day of their last use.
--json gives an object a line.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			ring, err := a.keyRing()
			if err != nil {
				return err
			}
			list, err := ring.List()
			if err != nil {
				return err
			}
			return a.showKeys(list, time.Now())
		},
	}
}

// listedKey is what keys list --json prints of a key.
type listedKey struct {
	keys.Key
	State keys.State `json:"state"`
}

func (a *app) showKeys(list []keys.Key, now time.Time) error {
	if a.json {
		for _, k := range list {
			if err := a.writeJSON(listedKey{k, k.State(now)}); err != nil {
				return err
			}
		}
		return nil
	}
	if len(list) == 0 {
		if a.speaks(slog.LevelWarn) {
			fmt.Fprintln(a.stderr, "offprint: there are no keys; offprint keys create makes one")
		}
		return nil
	}
	// The name stands last: Chinese ones have no width that tabs could count.
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tSTATE\tMADE\tLAST USED\tTERMS\tNAME")
	for i := range list {
		k := &list[i]
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.State(now), k.Created.Format(time.DateOnly),
			dayOr(k.LastUsed, "-"), keyTerms(k), k.Name)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if _, err := fmt.Fprint(a.stdout, b.String()); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}

// keyTerms says in a line what a key may do.
func keyTerms(k *keys.Key) string {
	scopes := make([]string, len(k.Scopes))
	for i, scope := range k.Scopes {
		scopes[i] = string(scope)
	}
	terms := []string{strings.Join(scopes, " ")}
	for _, list := range []struct {
		name string
		of   []string
	}{{"hosts", k.Hosts}, {"origins", k.Origins}} {
		if len(list.of) > 0 {
			terms = append(terms, list.name+" "+strings.Join(list.of, " "))
		}
	}
	for _, bound := range []struct {
		most int
		of   string
	}{
		{k.Quotas.PrintsPerDay, "prints a day"},
		{k.Quotas.MailsPerDay, "mails a day"},
		{k.RatePerMinute, "requests a minute"},
	} {
		if bound.most > 0 {
			terms = append(terms, strconv.Itoa(bound.most)+" "+bound.of)
		}
	}
	if !k.Expires.IsZero() {
		terms = append(terms, "until "+k.Expires.Format(time.RFC3339))
	}
	return strings.Join(terms, "; ")
}

func dayOr(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return t.Format(time.DateOnly)
}

func (a *app) keysRevokeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "revoke ID|NAME",
		Short: "End a key for good",
		Long: `End a key for good, by its ID or its name. A service that runs refuses it within a
second. A key that is revoked already stays so.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("offprint keys revoke ID|NAME", "revoke ends one key, not %d", len(args))
			}
			ring, err := a.keyRing()
			if err != nil {
				return err
			}
			k, err := ring.Revoke(args[0])
			if errors.Is(err, keys.ErrNotFound) {
				return &hint.UsageError{
					Err: err, Advice: "offprint keys list shows all keys; --data-dir names another data folder",
				}
			}
			if err != nil {
				return err
			}
			if a.json {
				return a.writeJSON(listedKey{k, k.State(time.Now())})
			}
			if a.speaks(slog.LevelWarn) {
				fmt.Fprintf(a.stderr, "✔ key %s (%s) is revoked\n", k.ID, k.Name)
			}
			return nil
		},
	}
}

// maxSpan bounds a time from now: a century.
const maxSpan = 36500 * 24 * time.Hour

// parseSpan reads a time from now: 90d, or as Go writes it, 36h.
func parseSpan(s string) (time.Duration, error) {
	span, err := time.ParseDuration(s)
	if days, isDays := strings.CutSuffix(s, "d"); isDays {
		var n int
		if n, err = strconv.Atoi(days); err == nil {
			span = time.Duration(min(max(n, -1), int(maxSpan/(24*time.Hour))+1)) * 24 * time.Hour
		}
	}
	if err != nil || span <= 0 || span > maxSpan {
		return 0, usagef("--expires: a time such as 90d or 12h", "%q is no time from now", s)
	}
	return span, nil
}
