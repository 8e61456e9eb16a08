package dsn

// Error says why bytes are no report that could be read.
type Error struct {
	What string // what is wrong
	hint string
}

func (e *Error) Error() string { return "read report: " + e.What }

// Hint says what the user can do about it.
func (e *Error) Hint() string { return e.hint }

var (
	errEmpty     = &Error{"it is empty", "hand over the whole mail, header and body, as it arrived"}
	errNoMail    = &Error{"it is not a mail: it has no header", "hand over the whole mail, header and body, as it arrived"}
	errNoDetails = &Error{
		"it calls itself a delivery report, but says of no recipient what happened",
		"read it yourself; if mail systems of this kind are common, please report it with the mail's bytes",
	}
)
