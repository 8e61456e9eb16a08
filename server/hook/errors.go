package hook

import (
	"fmt"
	"net/http"
)

// Kind is why a request was refused: the code of the problem that the sender is
// told.
type Kind string

// The kinds of refusal.
const (
	Unauthorized Kind = "unauthorized"      // not shown to be the sender's
	BadRequest   Kind = "bad-request"       // the sender's, but not understood
	TooLarge     Kind = "too-large"         // more bytes than are read
	Unsupported  Kind = "unsupported-media" // neither JSON nor a form
)

// Error says why a request was refused.
type Error struct {
	Kind Kind
	Hook string // the name in [hooks.NAME]
	Err  error
	hint string
}

func (e *Error) Error() string { return fmt.Sprintf("hook %s: %v", e.Hook, e.Err) }

func (e *Error) Unwrap() error { return e.Err }

// Hint says what to do about it. It holds no secret and nothing of the body but
// the names of its fields, so it may be told to the sender.
func (e *Error) Hint() string { return e.hint }

// Status is the HTTP status to answer with.
func (e *Error) Status() int {
	switch e.Kind {
	case Unauthorized:
		return http.StatusUnauthorized
	case TooLarge:
		return http.StatusRequestEntityTooLarge
	case Unsupported:
		return http.StatusUnsupportedMediaType
	}
	return http.StatusBadRequest
}

// refuse makes an *Error. [Receiver.Receive] adds the hook's name.
func refuse(kind Kind, hint, format string, args ...any) *Error {
	return &Error{Kind: kind, Err: fmt.Errorf(format, args...), hint: hint}
}

// ConfigError says that a setting of a hook has a value that it cannot have.
type ConfigError struct {
	Hook string // the name in [hooks.NAME]; "" when it is not known
	Key  string // "verify"
	Err  error
	hint string
}

func (e *ConfigError) Error() string {
	if e.Hook == "" {
		return fmt.Sprintf("hooks: %s: %v", e.Key, e.Err)
	}
	return fmt.Sprintf("hooks.%s.%s: %v", e.Hook, e.Key, e.Err)
}

func (e *ConfigError) Unwrap() error { return e.Err }

// Hint says what the setting may be.
func (e *ConfigError) Hint() string { return e.hint }

// wrong makes a *ConfigError.
func wrong(key, hint, format string, args ...any) *ConfigError {
	return &ConfigError{Key: key, Err: fmt.Errorf(format, args...), hint: hint}
}
