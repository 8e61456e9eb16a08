package jobpages

import (
	"fmt"
	"log/slog"

	"riverqueue.com/riverui"

	"offprint/internal/queue"
)

// New makes the pages of a queue below a path such as /jobs. Their counting in the
// background begins with Start. log is told what goes wrong.
func New(q *queue.Queue, path string, log *slog.Logger) (*riverui.Handler, error) {
	pages, err := riverui.NewHandler(&riverui.HandlerOpts{
		Endpoints:                riverui.NewEndpoints(q.River(), nil),
		JobListHideArgsByDefault: true, // a job's arguments are ids, which say nothing to a person
		Logger:                   log,
		Prefix:                   path,
	})
	if err != nil {
		return nil, fmt.Errorf("make pages of jobs: %w", err)
	}
	return pages, nil
}
