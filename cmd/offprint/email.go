package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"offprint"
	"offprint/article"
	"offprint/demo"
	"offprint/internal/config"
	"offprint/internal/queue"
	"offprint/letter"
	"offprint/mailer"
)

// emailFlags are what the verb email is told beside the print options.
type emailFlags struct {
	to           []string
	fromFile     string
	note         string
	subject      string
	attach       string
	inline       bool
	journal      string
	retryInDoubt bool
	dryRun       bool
	output       string
	test         bool
	schedule     string
}

func (a *app) emailCommand() *cobra.Command {
	var prints printFlags
	var f emailFlags
	cmd := &cobra.Command{
		Use:   "email SOURCE",
		Short: "Mail an article as a PDF",
		Long: `Mail the article in SOURCE, a URL, a file, or - for standard input, to each
recipient: a letter with the article's opening, and the PDF attached. Everybody gets
a letter of their own. The server stands in the section [mail] of the configuration,
see offprint config check --help; offprint doctor tries it.

Who asked the service of data_dir for no more mail gets none, and with site.public_url
set the letters have its link to unsubscribe.

With --journal FILE each step is noted before the next one is taken: after a crash
or a failure the same command sends only what has not been sent. Letters that were
begun are kept in the folder FILE.letters until their fate is known, so that every
try sends the same bytes.`,
		Example: `  offprint email https://news.example/a.html --to reader@example.com
  offprint email page.html --from-file recipients.csv --journal run.jsonl
  offprint email page.html --to reader@example.com --dry-run -o letter.eml
  offprint email --test --to me@example.com`,
		RunE: func(cmd *cobra.Command, args []string) error {
			job, err := a.newEmailJob(&prints, &f, args)
			if err != nil {
				return err
			}
			if f.schedule != "" {
				return job.schedule(cmd.Context())
			}
			return job.run(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&f.to, "to", nil, "`address` of a recipient; may be repeated")
	flags.StringVar(&f.fromFile, "from-file", "",
		"recipients: a CSV `file` whose first line is email,name,lang,font_size, or some of these")
	flags.StringVar(&f.note, "note", "", "`words` of yours above the article, on one line")
	flags.String("from", "", "`sender`: Name <name@news.example> (default mail.from)")
	flags.StringVar(&f.subject, "subject", "", "`words` in place of the title")
	flags.StringVar(&f.attach, "attach", "", "`what` is attached: pdf or none (default pdf)")
	flags.BoolVar(&f.inline, "inline-article", false, "the whole article in the letter, not its opening")
	flags.StringVar(&f.journal, "journal", "", "`file` that remembers who has got it")
	flags.BoolVar(&f.retryInDoubt, "retry-in-doubt", false,
		"with --journal: send again, as the same message, where it is not known whether it arrived")
	flags.BoolVar(&f.dryRun, "dry-run", false, "send nothing: write the finished message, which needs no configuration")
	flags.StringVarP(&f.output, "output", "o", "",
		"with --dry-run: `where` to write: FILE, DIR/, a template, or - (default '{title}.eml')")
	flags.BoolVar(&f.test, "test", false, "send the demo article; takes no SOURCE")
	flags.StringVar(&f.schedule, "schedule", "",
		"`time` at which a service that works on data_dir sends it: 2026-11-27 08:00, 08:00, +2h; prints the job's id")
	addDataDirFlag(flags)
	prints.register(cmd)
	return cmd
}

// emailJob is one call of the verb email, checked as far as it can be before
// anything is fetched.
type emailJob struct {
	app        *app
	flags      *emailFlags
	config     *config.Config
	options    offprint.Options
	letter     letter.Options // without Run and Sent
	source     string
	recipients []mailer.Recipient
	refused    []mailer.RefusedLine
	output     output
	keys       mailer.Keys
	stopped    *queue.SuppressionList // who asked the service for no mail; nil: there is none
}

func (a *app) newEmailJob(prints *printFlags, f *emailFlags, args []string) (*emailJob, error) {
	j := &emailJob{app: a, flags: f}
	var err error
	if j.options, err = prints.options(a); err != nil {
		return nil, err
	}
	j.config = a.config
	if j.source, err = f.source(args); err != nil {
		return nil, err
	}
	if err := f.check(a.json); err != nil {
		return nil, err
	}
	if j.output, err = f.emlOutput(); err != nil {
		return nil, err
	}
	if err := j.readRecipients(); err != nil {
		return nil, err
	}
	if f.dryRun && !j.output.template && len(j.recipients) > 1 {
		return nil, usagef("give a folder, -o DIR/, or a template, -o '{n}.eml'",
			"-o %s: several messages do not go into one file", f.output)
	}
	if err := j.prepareLetter(); err != nil {
		return nil, err
	}
	if j.keys, err = mailer.LoadKeys(&j.config.Mail); err != nil {
		return nil, usagef(config.ShowsValues, "%w", err)
	}
	return j, nil
}

// source gives the one source; with --test there is none.
func (f *emailFlags) source(args []string) (string, error) {
	switch {
	case f.test && len(args) > 0:
		return "", usagef("leave SOURCE or --test out", "--test sends the demo article, not %s", args[0])
	case f.test:
		return "demo", nil
	case len(args) == 0:
		return "", usagef("give a URL, a file, or - for standard input", "no source is given")
	case len(args) > 1:
		return "", usagef("one call of email for each article", "email sends one article, not %d", len(args))
	case args[0] == "-" && f.fromFile == "-":
		return "", usagef("", "standard input can be read only once")
	}
	return args[0], nil
}

// check refuses flags that do not go together.
func (f *emailFlags) check(json bool) error {
	switch {
	case f.output != "" && !f.dryRun:
		return usagef("add --dry-run, or leave -o out", "-o writes a message that is not sent")
	case f.dryRun && f.journal != "":
		return usagef("leave --journal or --dry-run out", "--journal notes what was sent, and --dry-run sends nothing")
	case f.retryInDoubt && f.journal == "":
		return usagef("give the journal of the run", "--retry-in-doubt needs --journal")
	case f.schedule != "" && (f.dryRun || f.journal != "" || f.test):
		return usagef("leave --schedule or the other out",
			"--schedule leaves the sending to a service: it does not go with --dry-run, --journal or --test")
	case f.output == "-" && json:
		return usagef("write the message to a file, or leave --json out", "-o - and --json both want standard output")
	}
	return nil
}

// emlOutput reads the value of -o.
func (f *emailFlags) emlOutput() (output, error) {
	const name = "{title}.eml"
	path := f.output
	if path == "" {
		path = name
	} else if isFolder(path) || os.IsPathSeparator(path[len(path)-1]) {
		path = filepath.Join(path, name)
	}
	return parseOutput(path, false)
}

// prepareLetter fills in what the letters share, and tries it.
func (j *emailJob) prepareLetter() error {
	from := j.config.Mail.From
	if from == "" && j.flags.dryRun {
		from = placeholderSender
		j.app.warnf("no sender is set, so the message is from %s: --from or mail.from sets one", placeholderSender)
	}
	if from == "" && j.flags.schedule != "" {
		from = placeholderSender // the service has one
	}
	if from == "" {
		return usagef("--from 'Name <name@news.example>', or from in the section [mail]", "no sender is set")
	}
	sender, err := mailer.ParseMailbox(from)
	if err != nil {
		return usagef("--from 'Name <name@news.example>'", "sender: %w", err)
	}
	j.letter = letter.Options{
		From:        sender,
		Publisher:   j.config.Site.Name,
		Subject:     j.flags.subject,
		Note:        j.flags.note,
		Attach:      j.flags.attach,
		Inline:      j.flags.inline,
		AttachLimit: j.config.Mail.Limit(),
		Unsubscribe: sender.Address,
	}
	trial := j.letter
	begin(&trial, "trial", epoch)
	return trial.Validate()
}

// placeholderSender stands in a message that is only looked at. The domain
// cannot exist (RFC 2606 §2).
const placeholderSender = "offprint@offprint.invalid"

// read opens the source and reads its article. The page stays open for its
// pictures; close ends that.
func (j *emailJob) read(ctx context.Context) (page *offprint.WebPage, art *article.Article, close func(), err error) {
	source, cleanUp := j.source, func() {}
	if j.flags.test {
		if source, cleanUp, err = unpackDemo(); err != nil {
			return nil, nil, nil, err
		}
	}
	page, err = offprint.Open(ctx, source, j.options)
	if err != nil {
		cleanUp()
		return nil, nil, nil, err
	}
	close = func() {
		page.Close()
		cleanUp()
	}
	if art, err = page.Parse(ctx); err != nil {
		close()
		return nil, nil, nil, err
	}
	return page, art, close, nil
}

// unpackDemo lays the first demo article out as files.
func unpackDemo() (source string, cleanUp func(), err error) {
	dir, err := os.MkdirTemp("", "offprint-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make a folder for the demo: %w", err)
	}
	cleanUp = func() { os.RemoveAll(dir) }
	if err := os.CopyFS(dir, demo.Articles()[0].Dir); err != nil {
		cleanUp()
		return "", nil, fmt.Errorf("unpack demo: %w", err)
	}
	return filepath.Join(dir, "page.html"), cleanUp, nil
}
