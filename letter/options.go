package letter

import (
	"cmp"
	"errors"
	"sync"
	"time"

	"offprint"
	"offprint/article"
	"offprint/mailer"
	"offprint/templates"
)

// Options are what a letter holds beside the article, and how large it may
// become. From, Run and Sent must be there.
type Options struct {
	From      mailer.Mailbox // the publisher
	Publisher string         // empty: the article's site
	Subject   string         // empty: made of the title, in the letter's language
	Sender    string         // a reader who sends it; empty: the publisher does
	Note      string         // the sender's words, one line of at most 1,000 characters
	Attach    string         // AttachPDF or AttachNone; empty: AttachPDF
	Inline    bool           // the whole article in the letter, not its opening

	AttachLimit int64 // bytes of the PDF; 0: mailer.DefaultAttachLimit
	MaxSize     int64 // bytes of the message, as mailer.Sender.MaxSize gave it; 0: any

	Unsubscribe mailer.Address // where to write to get no more mail; may be left out
	// UnsubscribeURL gives the web address, https or http, at which a recipient gets no
	// more mail. Nil, or "": there is none.
	UnsubscribeURL func(mailer.Address) string
	FeedbackID     string // up to four parts joined by ":"; empty: made of Run

	// Run names this sending. Run and recipient make the Message-ID, so that a
	// second try carries the same one as the first.
	Run  string
	Sent time.Time // the messages' Date

	Design *mailer.Design // nil: the program's own
}

// The values of Options.Attach.
const (
	AttachPDF  = "pdf"
	AttachNone = "none"
)

// Validate gives an [*offprint.OptionError] or [*Error] for the first value that
// no letter can have. It composes a trial letter, so it finds every fault that can be
// known before the article.
func (o *Options) Validate() error {
	if o.Attach != "" && o.Attach != AttachPDF && o.Attach != AttachNone {
		return &offprint.OptionError{Option: "attach", Value: o.Attach, Want: AttachPDF + " or " + AttachNone}
	}
	if o.Run == "" {
		return &Error{Err: errors.New("it needs the name of a run")}
	}
	design, err := o.design()
	if err != nil {
		return err
	}
	trial := o.letter(&article.Article{Title: "-", Lang: "en"}, "")
	trial.To = o.From
	trial.MessageID = mailer.NewMessageID(o.From.Address, o.Run)
	if _, err := design.Compose(trial); err != nil {
		return &Error{Err: err}
	}
	return nil
}

// attachLimit is the greatest size of the PDF in bytes.
func (o *Options) attachLimit() int64 {
	return cmp.Or(o.AttachLimit, int64(mailer.DefaultAttachLimit))
}

// design is the publisher's own design of letters, or the program's.
func (o *Options) design() (*mailer.Design, error) {
	if o.Design != nil {
		return o.Design, nil
	}
	return ownDesign()
}

var ownDesign = sync.OnceValues(func() (*mailer.Design, error) {
	return mailer.LoadDesign(templates.Mail())
})
