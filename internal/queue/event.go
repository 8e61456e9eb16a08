package queue

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"
	"unicode/utf8"

	"offprint/article"
)

// EventType is what the publisher's system is told of.
type EventType string

// The types of event. An e-mail has one event a recipient; email.bounced may
// follow email.accepted, when the message comes back.
const (
	PDFRendered   EventType = "pdf.rendered"
	PDFFailed     EventType = "pdf.failed"
	EmailAccepted EventType = "email.accepted" // the mail server took the message
	EmailFailed   EventType = "email.failed"   // it refused for good, all tries are used up, or there is nothing to send
	EmailBounced  EventType = "email.bounced"  // a delivery report came back
)

// EventState is how far the telling is.
type EventState string

// The states of an event.
const (
	EventWaiting   EventState = "waiting"
	EventDelivered EventState = "delivered"
	EventFailed    EventState = "failed" // all tries are used up
	EventGone      EventState = "gone"   // the address wants no more calls for this job
)

// Event is something that was or will be told to a job's callback.
type Event struct {
	ID       string     `json:"id"` // the webhook-id, the same on every try
	Type     EventType  `json:"type"`
	State    EventState `json:"state"`
	Created  time.Time  `json:"created"`
	Attempts int        `json:"attempts"`
	NextTry  time.Time  `json:"next_try,omitzero"`
	Error    string     `json:"error,omitempty"` // of the last try
}

// payload is the body of a call, in the form that Standard Webhooks 1.0.0
// recommends.
type payload struct {
	Type      EventType `json:"type"`
	Timestamp time.Time `json:"timestamp"` // of the event, not of the try
	Data      eventData `json:"data"`
}

type eventData struct {
	Job          string            `json:"job"`
	Kind         Kind              `json:"kind"`
	State        string            `json:"state"` // of the delivery, where there is one; else of the job
	Source       string            `json:"source,omitempty"`
	Result       *Result           `json:"result,omitempty"`
	Warnings     []article.Warning `json:"warnings,omitempty"`  // of the document
	Recipient    string            `json:"recipient,omitempty"` // missing: erased
	Code         int               `json:"code,omitempty"`
	Reply        string            `json:"reply,omitempty"`
	MessageID    string            `json:"message_id,omitempty"`
	Error        *Problem          `json:"error,omitempty"`
	CallbackData json.RawMessage   `json:"callback_data,omitempty"`
}

// maxPayload bounds a body, in bytes: Standard Webhooks asks for less than 20 kB.
const maxPayload = 20_000

// leaveOut is what a body that is too large goes without, in this order. The
// job can be asked for it.
var leaveOut = []func(*eventData){
	func(d *eventData) { d.Warnings = d.Warnings[:min(len(d.Warnings), 10)] },
	func(d *eventData) { d.Warnings = nil },
	func(d *eventData) {
		if d.Error != nil {
			short := *d.Error
			short.Detail, short.Hint, short.Title = "", "", cut(short.Title, maxReply)
			d.Error = &short
		}
	},
	func(d *eventData) { d.Reply = "" },
	func(d *eventData) { d.Source = "" },
	func(d *eventData) { d.Result = nil },
	func(d *eventData) { d.Error = nil },
	func(d *eventData) { d.MessageID = "" },
	func(d *eventData) { d.Recipient = "" },
	func(d *eventData) { d.CallbackData = nil },
}

// encode writes a body, which is the same for the same payload.
func (p payload) encode() ([]byte, error) {
	body, err := p.encodeWhole()
	for _, step := range leaveOut {
		if err != nil || len(body) < maxPayload {
			break
		}
		step(&p.Data)
		body, err = p.encodeWhole()
	}
	return body, err
}

func (p payload) encodeWhole() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // addresses stay as they are, and short
	if err := e.Encode(p); err != nil {
		return nil, fmt.Errorf("write event: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// withoutReader takes out of a body what was written about a reader.
func withoutReader(body []byte) ([]byte, error) {
	var p payload
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, fmt.Errorf("read event: %w", err)
	}
	p.Data.Recipient, p.Data.Reply = "", ""
	return p.encode()
}

// newEventID makes a webhook-id, which must hold no full stop.
func newEventID() string { return "evt_" + rand.Text() }

// Limits of what a caller gives for callbacks, in bytes.
const (
	maxCallback     = 2048
	maxCallbackData = 2048
)

// CheckCallback refuses what is not the address of a callback: http or https,
// with a host, without a password. Whether the host may be called is decided
// when it is called.
func CheckCallback(address string) error {
	if len(address) > maxCallback {
		return fmt.Errorf("callback of %d bytes, more than %d", len(address), maxCallback)
	}
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("callback is not a URL: want https://host/path") // the error would repeat its query
	}
	port, err := strconv.Atoi(u.Port())
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("callback has the scheme %.20q: want https or http", u.Scheme)
	case u.Hostname() == "":
		return errors.New("callback has no host: want https://host/path")
	case u.User != nil:
		return errors.New("callback holds a user or password: leave them out, calls are signed")
	case u.Port() != "" && (err != nil || port < 1 || port > 65535):
		return fmt.Errorf("callback has the port %.20q: want 1 to 65535", u.Port())
	}
	return nil
}

func checkCallbackData(data json.RawMessage) error {
	switch {
	case len(data) > maxCallbackData:
		return fmt.Errorf("callback data of %d bytes, more than %d: give an id of yours", len(data), maxCallbackData)
	case len(data) > 0 && (!json.Valid(data) || !utf8.Valid(data)):
		return errors.New("callback data is not JSON")
	}
	return nil
}
