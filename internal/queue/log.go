package queue

import (
	"context"
	"log/slog"
)

// warnings passes on what River says that an operator has to know. That it
// started, stopped or brought a table up to date is told by nobody else, and wanted
// by nobody.
type warnings struct{ slog.Handler }

func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }

// riverLog is where River writes.
func (q *Queue) riverLog() *slog.Logger { return slog.New(warnings{q.options.Log.Handler()}) }
