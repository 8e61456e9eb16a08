package queue

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// The SQL of jobs.

func (t *tx) insertJob(ctx context.Context, id string, s *Submission) error {
	_, err := t.exec(ctx, `
		INSERT INTO offprint_job (id, kind, state, created, due, source, request, callback, callback_data, owner, bytes)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		id, s.Kind, Queued, millis(t.now), millis(s.Due), s.Source, string(s.Request), s.Callback, string(s.CallbackData),
		s.Owner, s.size())
	return err
}

// jobColumns are what scanJob reads.
const jobColumns = `id, kind, state, created, due, attempts, source, request, callback, callback_data,
	coalesce(result, ''), coalesce(problem, '')`

func scanJob(scan func(...any) error) (*Job, error) {
	j := &Job{}
	var created, due int64
	var request, data, result, problem string
	err := scan(&j.ID, &j.Kind, &j.State, &created, &due, &j.Attempts, &j.Source, &request, &j.Callback, &data,
		&result, &problem)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	j.Created, j.Request = fromMillis(created), json.RawMessage(request)
	if data != "" {
		j.CallbackData = json.RawMessage(data)
	}
	if due > 0 {
		j.Due = fromMillis(due)
	}
	if j.Result, j.Warnings, err = readResult(result); err != nil {
		return nil, fmt.Errorf("read result of job %s: %w", j.ID, err)
	}
	if problem != "" {
		if err := json.Unmarshal([]byte(problem), &j.Error); err != nil {
			return nil, fmt.Errorf("read problem of job %s: %w", j.ID, err)
		}
	}
	return j, nil
}

// job reads a job without its deliveries.
func (t *tx) job(ctx context.Context, id string) (*Job, error) {
	return scanJob(t.QueryRowContext(ctx, `SELECT `+jobColumns+` FROM offprint_job WHERE id = $1`, id).Scan)
}

// jobs reads jobs without their deliveries, the newest first.
func (t *tx) jobs(ctx context.Context, f Filter) ([]*Job, error) {
	var before int64
	if !f.Before.IsZero() {
		before = millis(f.Before)
	}
	rows, err := t.QueryContext(ctx, `
		SELECT `+jobColumns+` FROM offprint_job
		WHERE ($1 = '' OR state = $1) AND ($2 = '' OR kind = $2) AND ($3 = '' OR source = $3)
			AND ($4 = 0 OR created < $4 OR created = $4 AND id < $6)
		ORDER BY created DESC, id DESC LIMIT $5`,
		f.State, f.Kind, f.Source, before, f.limit(), f.BeforeID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var jobs []*Job
	for rows.Next() {
		j, err := scanJob(rows.Scan)
		if err != nil {
			return nil, err
		}
		jobs = append(jobs, j)
	}
	return jobs, rows.Err()
}

// jobTask gives the River job that may render the job.
func (t *tx) jobTask(ctx context.Context, id string) (task int64, err error) {
	err = t.QueryRowContext(ctx, `SELECT task FROM offprint_job WHERE id = $1`, id).Scan(&task)
	return task, err
}

// queueJob gives a job to a River job and makes it wait.
func (t *tx) queueJob(ctx context.Context, id string, task int64) error {
	_, err := t.exec(ctx, `
		UPDATE offprint_job SET task = $2, state = $3, stalled = 0, finished = NULL, problem = NULL WHERE id = $1`,
		id, task, Queued)
	return err
}

// beginJob notes that a job is being rendered, and says for which time since it
// last posted a message.
func (t *tx) beginJob(ctx context.Context, id string) (try int, err error) {
	err = t.QueryRowContext(ctx, `
		UPDATE offprint_job SET state = $2, attempts = attempts + 1, stalled = stalled + 1 WHERE id = $1
		RETURNING stalled`, id, Running).Scan(&try)
	return try, err
}

// progressed notes that a job that is being rendered posted a message.
func (t *tx) progressed(ctx context.Context, id string) error {
	_, err := t.exec(ctx, `UPDATE offprint_job SET stalled = 0 WHERE id = $1`, id)
	return err
}

// pauseJob makes a job wait. The problem, which may be nil, shows why.
func (t *tx) pauseJob(ctx context.Context, id string, p *Problem, undoAttempt bool) error {
	undo := 0
	if undoAttempt {
		undo = 1
	}
	text, err := jsonOrNull(p, p == nil)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		UPDATE offprint_job
		SET state = $2, problem = $3, attempts = attempts - $4,
			stalled = CASE WHEN stalled > $4 THEN stalled - $4 ELSE 0 END
		WHERE id = $1 AND state = $5`,
		id, Queued, text, undo, Running)
	return err
}

// saveResult notes what a job made, if it made anything.
func (t *tx) saveResult(ctx context.Context, id string, r Result) error {
	text, err := jsonOrNull(keptResult{r, r.Warnings}, r.PDF == "" && len(r.Warnings) == 0)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		UPDATE offprint_job SET result = coalesce($2, result), problem = NULL WHERE id = $1`, id, text)
	return err
}

// finishJob ends a job, unless it has ended already, and has its callback told.
func (t *tx) finishJob(ctx context.Context, id string, s JobState, p *Problem) error {
	text, err := jsonOrNull(p, p == nil)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `
		UPDATE offprint_job SET state = $2, finished = $3, problem = $4 WHERE id = $1 AND finished IS NULL`,
		id, s, millis(t.now), text)
	if n == 0 || err != nil {
		return err
	}
	if err := t.weighJob(ctx, id); err != nil {
		return err
	}
	return t.announceJob(ctx, id)
}

// deleteJobs forgets jobs that finished before a time, some at a time so that
// others get their turn at the database. Those of which there is still something
// to tell stay.
func (t *tx) deleteJobs(ctx context.Context, before time.Time, most int) (int64, error) {
	return t.exec(ctx, `
		DELETE FROM offprint_job WHERE id IN (
			SELECT id FROM offprint_job WHERE finished < $1
			AND NOT EXISTS (SELECT 1 FROM offprint_event e WHERE e.job = offprint_job.id AND e.state = 'waiting')
			ORDER BY finished LIMIT $2)`,
		millis(before), most)
}

func jsonOrNull(v any, null bool) (any, error) {
	if null {
		return nil, nil
	}
	text, err := json.Marshal(v)
	return string(text), err
}
