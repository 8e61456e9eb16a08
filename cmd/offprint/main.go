package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	_ "time/tzdata" // TZ means something in a container without a zone database, too

	"offprint/internal/hint"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole command. It gives the exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	// The first Ctrl-C ends the work in good order, the second one at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	defer func() {
		if cause := recover(); cause != nil {
			fmt.Fprintf(stderr, "offprint: error: internal error: %v\n%s", cause, debug.Stack())
			code = exitInternal
		}
	}()
	root := a.rootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil && !a.started {
		err = &hint.UsageError{Err: plainly(err)} // cobra's own: an unknown verb or flag
	}
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	a.explain(err)
	return exitCode(err)
}

// plainly leaves out what only says which Go function refused a flag's value.
func plainly(err error) error {
	if said, _, ok := strings.Cut(err.Error(), ": strconv."); ok {
		return errors.New(said)
	}
	return err
}
