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
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// The first Ctrl-C ends the work in good order, the second one at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	err := untilOver(ctx, func() error { return a.execute(ctx, args) })
	if ctx.Err() != nil && err != nil {
		err = ctx.Err()
	}
	var panicked *panicError
	if errors.As(err, &panicked) {
		fmt.Fprintf(stderr, "offprint: error: internal error: %v\n%s", panicked.cause, panicked.stack)
		return exitInternal
	}
	a.explain(err)
	return exitCode(err)
}

// execute finds the verb and does its work.
func (a *app) execute(ctx context.Context, args []string) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &panicError{cause, debug.Stack()}
		}
	}()
	root := a.rootCommand()
	root.SetArgs(args)
	err = root.ExecuteContext(ctx)
	if err != nil && !a.started {
		err = &hint.UsageError{Err: plainly(err)} // cobra's own: an unknown verb or flag
	}
	return err
}

// panicError is a panic of the command.
type panicError struct {
	cause any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprint(e.cause) }

// plainly leaves out what only says which Go function refused a flag's value.
func plainly(err error) error {
	if said, _, ok := strings.Cut(err.Error(), ": strconv."); ok {
		return errors.New(said)
	}
	return err
}
