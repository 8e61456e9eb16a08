package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"offprint/internal/press"
	"offprint/internal/queue"
	"offprint/internal/service"
	"offprint/mailer"
)

func (a *app) jobsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "jobs",
		Short: "Look after the jobs of a service",
		Long: `Jobs shows what a service was asked to do and what became of it. It works on the
data folder, whether or not the service runs.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	addDataDirFlag(cmd.PersistentFlags())
	cmd.AddCommand(a.jobsListCommand(),
		a.jobCommand("show ID", "Show a job and its deliveries", (*queue.Queue).Job),
		a.jobCommand("retry ID", "Try again what failed, was cancelled or is in doubt", (*queue.Queue).Retry),
		a.jobCommand("cancel ID", "Stop a job: what is not yet printed or sent will not be", (*queue.Queue).Cancel),
		a.jobsExportCommand(), a.jobsEraseCommand())
	return cmd
}

// withQueue opens the queue of the data folder for one call.
func (a *app) withQueue(ctx context.Context, do func(q *queue.Queue) error) error {
	c, err := a.configuration()
	if err != nil {
		return err
	}
	if !queue.Exists(c.DataDir) {
		return usagef("--data-dir FOLDER, or data_dir in the configuration of the service",
			"there is no queue in %s", c.DataDir)
	}
	q, err := queue.Open(ctx, queue.Options{Dir: c.DataDir, Retention: c.Limits.Retention, Log: a.logger()})
	if err != nil {
		return service.Unusable(c.DataDir, err)
	}
	defer q.Close()
	return do(q)
}

func (a *app) jobsListCommand() *cobra.Command {
	var state, kind, source, before string
	var limit int
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List jobs, the newest first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			f := queue.Filter{State: queue.JobState(state), Kind: queue.Kind(kind), Limit: limit}
			if source != "" {
				f.Source = press.Source(source)
			}
			if err := checkFilter(&f); err != nil {
				return err
			}
			if before != "" {
				at, err := parseTime(before, time.Now())
				if err != nil {
					return err
				}
				f.Before = at
			}
			return a.withQueue(cmd.Context(), func(q *queue.Queue) error {
				jobs, err := q.Jobs(cmd.Context(), f)
				if err != nil {
					return err
				}
				return a.listJobs(jobs)
			})
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&state, "state", "", "only jobs in a `state`: queued, running, done, failed or cancelled")
	flags.StringVar(&kind, "kind", "", "only jobs of a `kind`: pdf or email")
	flags.StringVar(&source, "source", "", "only jobs about the article at an `address`")
	flags.StringVar(&before, "before", "", "only jobs from before a `time`: the next page of a list")
	flags.IntVar(&limit, "limit", 50, "most `number` of jobs, up to 1000")
	return cmd
}

func checkFilter(f *queue.Filter) error {
	switch f.State {
	case "", queue.Queued, queue.Running, queue.Done, queue.Failed, queue.Cancelled:
	default:
		return usagef("--state: queued, running, done, failed or cancelled", "there is no state %q", f.State)
	}
	switch f.Kind {
	case "", queue.PDF, queue.Email:
	default:
		return usagef("--kind: pdf or email", "there is no kind %q", f.Kind)
	}
	if f.Limit < 1 || f.Limit > 1000 {
		return usagef("--limit: a number from 1 to 1000", "%d jobs cannot be listed", f.Limit)
	}
	return nil
}

func (a *app) listJobs(jobs []*queue.Job) error {
	if a.json {
		for _, j := range jobs {
			if err := a.writeJSON(j); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tKIND\tSTATE\tCREATED\tSOURCE")
	for _, j := range jobs {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", j.ID, j.Kind, j.State, j.Created.Local().Format(time.DateTime), j.Source)
	}
	if err := table.Flush(); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}

// jobAction is a method of a queue that works on the job of an ID.
type jobAction func(q *queue.Queue, ctx context.Context, id string) (*queue.Job, error)

// jobCommand is a verb that does something to one job and shows it.
func (a *app) jobCommand(use, short string, do jobAction) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withQueue(cmd.Context(), func(q *queue.Queue) error {
				j, err := do(q, cmd.Context(), args[0])
				switch {
				case errors.Is(err, queue.ErrNotFound), errors.Is(err, queue.ErrFinished), errors.Is(err, queue.ErrNoRetry):
					return usagef("offprint jobs list shows the jobs and their states", "job %s: %w", args[0], err)
				case err != nil:
					return err
				}
				return a.showJob(j)
			})
		},
	}
}

func (a *app) showJob(j *queue.Job) error {
	if a.json {
		return a.writeJSON(j)
	}
	if err := writeJob(a.stdout, j); err != nil {
		return &outputError{"standard output", reason(err)}
	}
	return nil
}

func writeJob(w io.Writer, j *queue.Job) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name string, value any) { fmt.Fprintf(table, "%s\t%v\n", name, value) }
	line("id", j.ID)
	line("kind", j.Kind)
	line("state", j.State)
	line("created", j.Created.Local().Format(time.DateTime))
	if !j.Due.IsZero() {
		line("due", j.Due.Local().Format(time.DateTime))
	}
	line("source", j.Source)
	line("attempts", j.Attempts)
	if j.Result != nil && j.Result.PDF != "" {
		line("pdf", j.Result.PDF)
	}
	if j.Error != nil {
		line("error", j.Error.Error())
		line("hint", j.Error.Hint)
	}
	if len(j.Deliveries) > 0 {
		fmt.Fprintln(table, "\nRECIPIENT\tSTATE\tCODE\tREPLY")
		for _, d := range j.Deliveries {
			fmt.Fprintf(table, "%s\t%s\t%d\t%s\n", d.Recipient, d.State, d.Code, d.Reply)
		}
	}
	return table.Flush()
}

func (a *app) jobsExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export ADDRESS",
		Short: "Give all that is kept about a reader, as JSON",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withReader(cmd.Context(), args[0], func(q *queue.Queue, reader mailer.Address) error {
				kept, err := q.Export(cmd.Context(), reader)
				if err != nil {
					return err
				}
				return a.writeJSON(kept)
			})
		},
	}
}

func (a *app) jobsEraseCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "erase ADDRESS",
		Short: "Delete all that is kept about a reader",
		Long: `Erase deletes a reader's address and all that was written for it. Mail that is not
yet sent is cancelled. Whether the reader wants no more mail stays known, by a hash.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withReader(cmd.Context(), args[0], func(q *queue.Queue, reader mailer.Address) error {
				n, err := q.Erase(cmd.Context(), reader)
				if err != nil {
					return err
				}
				if a.json {
					return a.writeJSON(map[string]int{"deliveries": n})
				}
				fmt.Fprintf(a.stdout, "erased from %d deliveries\n", n)
				return nil
			})
		},
	}
}

// withReader is withQueue about one address.
func (a *app) withReader(ctx context.Context, address string, do func(*queue.Queue, mailer.Address) error) error {
	reader, err := mailer.ParseAddress(address)
	if err != nil {
		return usagef("one address such as reader@example.com", "%w", err)
	}
	return a.withQueue(ctx, func(q *queue.Queue) error { return do(q, reader) })
}
