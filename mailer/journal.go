package mailer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"offprint/internal/durable"
)

// Journal is a file that remembers, through a crash, what became of each
// recipient of one job. Every line is one fact, written and fsynced before the
// next step is taken:
//
//	{"job":"…","begun":"2026-11-23T09:30:00Z"}                     first line
//	{"recipient":"a@example.com","state":"sending","sha256":"…",…}  before the message goes out
//	{"recipient":"a@example.com","state":"sent","code":250,…}      when its fate is known
//
// A recipient whose last line is "sending" is in doubt: the crash came between.
//
// Before that line, the message's bytes are kept in a folder beside the file,
// named as it is with ".letters" after it. sha256 is theirs. They go when the
// recipient's fate is settled; until then every try sends the same ones.
type Journal struct {
	file    *os.File
	begun   time.Time
	last    map[string]entry
	letters letterStore
	open    map[string]int // recipients not settled, by the hash of their letter
}

// entry is a recipient's line.
type entry struct {
	Result
	SHA256 string `json:"sha256,omitempty"` // of the message; empty: it was not kept
}

// maxJournal bounds a journal that is read back: more than the largest list of
// recipients makes.
const maxJournal = 1 << 30

type journalHead struct {
	Job   string    `json:"job"`
	Begun time.Time `json:"begun"`
}

// OpenJournal opens the journal of a job, or begins it. job says what is sent,
// such as a hash of article and options. A journal of another job is refused: its
// recipients would be passed over as sent. Only one process can hold a journal at a
// time.
func OpenJournal(path, job string) (*Journal, error) {
	if job == "" {
		return nil, errors.New("open journal: it needs the name of a job")
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	j := &Journal{
		file: file, last: map[string]entry{}, open: map[string]int{},
		letters: letterStore{path: path + ".letters"},
	}
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
	if whole == 0 {
		j.begun = time.Now().UTC().Truncate(time.Second)
		if err := j.write(journalHead{job, j.begun}); err != nil {
			return err
		}
		if err := durable.SyncFolder(filepath.Dir(j.file.Name())); err != nil {
			return err
		}
	}
	return j.readShelf()
}

// readShelf counts the letters that are still needed, and clears the others away.
func (j *Journal) readShelf() error {
	used := map[string]bool{}
	for _, e := range j.last {
		if e.SHA256 != "" && !e.State.Settled() {
			j.open[e.SHA256]++
			used[e.SHA256] = true
		}
	}
	return j.letters.open(used)
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
		var e entry
		if err := json.Unmarshal(line, &e); err != nil || e.Recipient.IsZero() || !isHash(e.SHA256) && e.SHA256 != "" {
			return fmt.Errorf("line %d is damaged: %.80q", n, line)
		}
		j.last[e.Recipient.Key()] = e
	}
	return nil
}

// Last gives what is known of a recipient. A recipient that was being sent to
// when the process died comes back as [InDoubt], with the Message-ID that a
// second try must use so that the receiver can tell the two are one.
func (j *Journal) Last(a Address) (Result, bool) {
	e, ok := j.last[a.Key()]
	if e.State == Sending {
		e.State = InDoubt
	}
	return e.Result, ok
}

// Kept gives the message that was begun for a recipient and is not settled, with
// the very bytes of the first try; its envelope sender is left to the caller. Nil:
// none was begun. An error says that its bytes are no longer to be had.
func (j *Journal) Kept(a Address) (*Message, error) {
	e, ok := j.last[a.Key()]
	if !ok || e.State.Settled() || e.SHA256 == "" {
		return nil, nil
	}
	data, err := j.letters.take(e.SHA256)
	if err != nil {
		return nil, fmt.Errorf("read the letter to %s: %w", a, err)
	}
	return &Message{ID: e.MessageID, To: []Address{a}, Bytes: data}, nil
}

// Keeps reports whether there is a message to give for [Journal.Kept].
func (j *Journal) Keeps(a Address) bool {
	e := j.last[a.Key()]
	return !e.State.Settled() && j.letters.files[e.SHA256+letterEnding]
}

// Begin keeps the message's bytes, and notes that it is about to go out to its
// recipients.
func (j *Journal) Begin(m *Message) error {
	hash, err := j.letters.keep(m)
	if err != nil {
		return err
	}
	for _, to := range m.To {
		if err := j.put(entry{Result{Recipient: to, State: Sending, MessageID: m.ID}, hash}); err != nil {
			return err
		}
	}
	return j.sync()
}

// End notes what became of them. The bytes of a letter that nobody waits for any
// more are taken away.
func (j *Journal) End(results []Result) error {
	var old []string
	for _, r := range results {
		hash := j.last[r.Recipient.Key()].SHA256
		if err := j.put(entry{r, hash}); err != nil {
			return err
		}
		old = append(old, hash)
	}
	if err := j.sync(); err != nil {
		return err
	}
	for _, hash := range old {
		if hash != "" && j.open[hash] == 0 {
			j.letters.drop(hash + letterEnding)
		}
	}
	return nil
}

// Close gives the journal free for another process.
func (j *Journal) Close() error {
	j.letters.leave()
	return j.file.Close()
}

// put writes a recipient's line, and counts whom each kept letter is still for.
func (j *Journal) put(e entry) error {
	key := e.Recipient.Key()
	if last, ok := j.last[key]; ok && !last.State.Settled() && last.SHA256 != "" {
		j.open[last.SHA256]--
	}
	if !e.State.Settled() && e.SHA256 != "" {
		j.open[e.SHA256]++
	}
	j.last[key] = e
	return j.append(e)
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
