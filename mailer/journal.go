package mailer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Journal is a file that remembers, through a crash, what became of each
// recipient of one job. Every line is one fact, written and fsynced before the
// next step is taken:
//
//	{"job":"…","begun":"2026-11-23T09:30:00Z"}                        first line
//	{"recipient":"a@example.com","state":"sending","message_id":"…"}  before the message goes out
//	{"recipient":"a@example.com","state":"sent","code":250,…}         when its fate is known
//
// A recipient whose last line is "sending" is in doubt: the crash came between.
type Journal struct {
	file  *os.File
	begun time.Time
	last  map[string]Result
}

// maxJournal bounds a journal that is read back: more than the largest list of
// recipients makes.
const maxJournal = 1 << 30

type journalHead struct {
	Job   string    `json:"job"`
	Begun time.Time `json:"begun"`
}

// OpenJournal opens the journal of a job, or begins it. job says what is sent
// (such as a hash of article and options): a journal of another job is refused,
// for its recipients would be passed over as sent. Only one process can hold a
// journal at a time.
func OpenJournal(path, job string) (*Journal, error) {
	if job == "" {
		return nil, errors.New("open journal: it needs the name of a job")
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{file: file, last: map[string]Result{}}
	if err := j.resume(job); err != nil {
		file.Close()
		return nil, fmt.Errorf("open journal %s: %w", path, err)
	}
	return j, nil
}

// resume reads what is there and stands at its end, ready to write.
func (j *Journal) resume(job string) error {
	if err := lockFile(j.file); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(j.file, maxJournal+1))
	if err != nil {
		return err
	}
	if len(data) > maxJournal {
		return fmt.Errorf("it has more than %d bytes", maxJournal)
	}
	// A line without its end was being written when the crash came: it never
	// counted, and is cut off.
	whole := bytes.LastIndexByte(data, '\n') + 1
	if whole > 0 {
		if err := j.read(data[:whole], job); err != nil {
			return err
		}
	} else if len(data) > 0 && !bytes.HasPrefix(data, []byte("{")) {
		return errors.New("it is not a journal of ours")
	}
	if err := j.file.Truncate(int64(whole)); err != nil {
		return err
	}
	if _, err := j.file.Seek(int64(whole), io.SeekStart); err != nil {
		return err
	}
	if whole > 0 {
		return nil
	}
	j.begun = time.Now().UTC().Truncate(time.Second)
	return j.write(journalHead{job, j.begun})
}

// Begun is when the journal was begun: the Date of the job's messages, which a
// second try must not change.
func (j *Journal) Begun() time.Time { return j.begun }

func (j *Journal) read(data []byte, job string) error {
	n := 0
	for line := range bytes.SplitSeq(bytes.TrimSuffix(data, []byte("\n")), []byte("\n")) {
		if n++; n == 1 {
			var head journalHead
			if err := json.Unmarshal(line, &head); err != nil || head.Job == "" || head.Begun.IsZero() {
				return errors.New("it is not a journal of ours")
			}
			j.begun = head.Begun
			if head.Job != job {
				return errors.New("it belongs to another job: give this one a journal of its own")
			}
			continue
		}
		var r Result
		if err := json.Unmarshal(line, &r); err != nil || r.Recipient.IsZero() {
			return fmt.Errorf("line %d is damaged: %.80q", n, line)
		}
		j.last[r.Recipient.Key()] = r
	}
	return nil
}

// Last gives what is known of a recipient. A recipient that was being sent to
// when the process died comes back as [InDoubt], with the Message-ID that a
// second try must use so that the receiver can tell the two are one.
func (j *Journal) Last(a Address) (Result, bool) {
	r, ok := j.last[a.Key()]
	if r.State == Sending {
		r.State = InDoubt
	}
	return r, ok
}

// Begin notes that the message is about to go out to its recipients.
func (j *Journal) Begin(m *Message) error {
	for _, to := range m.To {
		if err := j.put(Result{Recipient: to, State: Sending, MessageID: m.ID}); err != nil {
			return err
		}
	}
	return j.sync()
}

// End notes what became of them.
func (j *Journal) End(results []Result) error {
	for _, r := range results {
		if err := j.put(r); err != nil {
			return err
		}
	}
	return j.sync()
}

// Close gives the journal free for another process.
func (j *Journal) Close() error { return j.file.Close() }

func (j *Journal) put(r Result) error {
	j.last[r.Recipient.Key()] = r
	return j.append(r)
}

func (j *Journal) write(line any) error {
	if err := j.append(line); err != nil {
		return err
	}
	return j.sync()
}

// append writes one whole line in one call.
func (j *Journal) append(line any) error {
	data, err := json.Marshal(line)
	if err == nil {
		_, err = j.file.Write(append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

func (j *Journal) sync() error {
	if err := j.file.Sync(); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}
