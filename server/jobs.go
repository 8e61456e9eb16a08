package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"offprint/article"
	"offprint/internal/press"
	"offprint/internal/problem"
	"offprint/internal/queue"
)

func (s *Server) jobRoutes() {
	handle(s, route{
		ID: "list-jobs", Method: http.MethodGet, Path: "/v1/jobs", Tag: tagJobs, Scope: Admin,
		Summary: "List jobs",
		About:   "The newest first, without their deliveries. `next`, given as `before`, leads to those that follow.",
		Curl:    "curl '{base}/v1/jobs?state=failed'",
	}, s.listJobs)
	handle(s, route{
		ID: "get-job", Method: http.MethodGet, Path: "/v1/jobs/{id}", Tag: tagJobs, Scope: AnyScope,
		Summary:  "How far is a job?",
		About:    "For the key that the job was made with, and for the operator.",
		Problems: []problem.Code{problem.NotFound},
		Curl:     "curl {base}/v1/jobs/WPQXTKUBZ5K3DQ2MXV6BHZVSVU",
	}, s.getJob)
	handle(s, route{
		ID: "cancel-job", Method: http.MethodDelete, Path: "/v1/jobs/{id}", Tag: tagJobs, Scope: AnyScope,
		Summary:  "Cancel a job",
		About:    "What is not printed or sent yet will not be. A job that has ended cannot be cancelled.",
		Problems: []problem.Code{problem.NotFound, problem.Conflict},
		Curl:     "curl -X DELETE {base}/v1/jobs/WPQXTKUBZ5K3DQ2MXV6BHZVSVU",
	}, s.cancelJob)
	handle(s, route{
		ID: "retry-job", Method: http.MethodPost, Path: "/v1/jobs/{id}/retry", Tag: tagJobs,
		Scope: AnyScope, Status: http.StatusAccepted,
		Summary: "Try a job again",
		About: "What did not come to a good end is begun anew: a print that failed, messages that were refused. " +
			"Messages stay the same, byte for byte. What was scheduled still waits for its time.",
		Problems: []problem.Code{problem.NotFound, problem.Conflict, problem.Forbidden},
		Curl:     "curl -X POST {base}/v1/jobs/WPQXTKUBZ5K3DQ2MXV6BHZVSVU/retry",
	}, s.retryJob)
}

// Job is what is told of a job.
type Job struct {
	ID         string            `json:"id" example:"WPQXTKUBZ5K3DQ2MXV6BHZVSVU"`
	Kind       queue.Kind        `json:"kind" enum:"pdf,email"`
	State      queue.JobState    `json:"state" enum:"queued,running,done,failed,cancelled"`
	Created    time.Time         `json:"created"`
	Scheduled  *time.Time        `json:"scheduled,omitempty" doc:"It is not begun before."`
	Attempts   int               `json:"attempts" doc:"How often the article was printed, or tried to."`
	Source     string            `json:"source,omitempty" doc:"Address of the article."`
	Result     *queue.Result     `json:"result,omitempty"`
	Warnings   []article.Warning `json:"warnings,omitempty" nullable:"false" doc:"What the document lacks, or what was guessed; the first 50."`
	Deliveries []queue.Delivery  `json:"deliveries,omitempty" nullable:"false" doc:"What became of the message to each recipient: queued, sending, sent, deferred, bounced, suppressed, cancelled or in_doubt."`
	Error      *problem.Problem  `json:"error,omitempty"`
}

func viewOf(j *queue.Job) *Job {
	view := &Job{
		ID: j.ID, Kind: j.Kind, State: j.State, Created: j.Created, Attempts: j.Attempts, Source: j.Source,
		Result: j.Result, Warnings: j.Warnings, Deliveries: j.Deliveries, Error: j.Error,
	}
	if !j.Due.IsZero() {
		view.Scheduled = &j.Due
	}
	return view
}

func jobPath(j *queue.Job) string { return "/v1/jobs/" + j.ID }

type jobInput struct {
	ID string `path:"id" doc:"The job's id."`
}

type jobOutput struct {
	Body *Job
}

func (s *Server) getJob(ctx context.Context, in *jobInput) (*jobOutput, error) {
	j, err := s.ownJob(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &jobOutput{viewOf(j)}, nil
}

func (s *Server) cancelJob(ctx context.Context, in *jobInput) (*jobOutput, error) {
	return s.changeJob(ctx, in.ID, s.config.Queue.Cancel)
}

func (s *Server) retryJob(ctx context.Context, in *jobInput) (*jobOutput, error) {
	j, err := s.ownJob(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := s.permitAgain(ctx, j); err != nil {
		return nil, err
	}
	return s.changeJob(ctx, in.ID, s.config.Queue.Retry)
}

func (s *Server) changeJob(
	ctx context.Context, id string, change func(context.Context, string) (*queue.Job, error),
) (*jobOutput, error) {
	if _, err := s.ownJob(ctx, id); err != nil {
		return nil, err
	}
	j, err := change(ctx, id)
	if err != nil {
		return nil, err
	}
	return &jobOutput{viewOf(j)}, nil
}

// ownJob gives a job to those who may see it. To others it is not there.
func (s *Server) ownJob(ctx context.Context, id string) (*queue.Job, error) {
	j, err := s.config.Queue.Job(ctx, id)
	if err != nil {
		return nil, err
	}
	if !infoFrom(ctx).caller.owns(j) {
		return nil, queue.ErrNotFound
	}
	return j, nil
}

type jobsInput struct {
	State  string `query:"state" enum:"queued,running,done,failed,cancelled" doc:"Only those in this state."`
	Kind   string `query:"kind" enum:"pdf,email" doc:"Only those of this kind."`
	Source string `query:"source" doc:"Only those about the article at this address."`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" doc:"How many at most; 50."`
	Before string `query:"before" doc:"As next gave it: go on from there."`
}

type jobsOutput struct {
	Body struct {
		Jobs []*Job `json:"jobs" nullable:"false"`
		Next string `json:"next,omitempty" doc:"Value of before for those that follow; missing at the end."`
	}
}

func (s *Server) listJobs(ctx context.Context, in *jobsInput) (*jobsOutput, error) {
	const usual = 50
	f := queue.Filter{State: queue.JobState(in.State), Kind: queue.Kind(in.Kind), Limit: usual}
	if in.Limit > 0 {
		f.Limit = in.Limit
	}
	if in.Source != "" {
		f.Source = press.Source(in.Source)
	}
	if in.Before != "" {
		at, id, ok := strings.Cut(in.Before, "~")
		var err error
		if f.Before, err = time.Parse(time.RFC3339Nano, at); err != nil || !ok {
			return nil, problem.New(problem.BadRequest, "query.before: not a value of next",
				"leave it out to begin at the newest job")
		}
		f.BeforeID = id
	}
	jobs, err := s.config.Queue.Jobs(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &jobsOutput{}
	out.Body.Jobs = []*Job{}
	for _, j := range jobs {
		out.Body.Jobs = append(out.Body.Jobs, viewOf(j))
	}
	if len(jobs) == f.Limit {
		last := jobs[len(jobs)-1]
		out.Body.Next = last.Created.UTC().Format(time.RFC3339Nano) + "~" + last.ID
	}
	return out, nil
}
