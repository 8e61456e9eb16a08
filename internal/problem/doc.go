// Package problem names what can go wrong at the service, for those who call it
// (RFC 9457).
//
// In: a [Code] and words about this one case. Out: a [Problem], which is at once
// an error and the body of a response. Every code of the service stands in
// [Codes], with its status, its title and what to do about it; nothing else makes
// up a status.
//
// It writes no response and no log, and knows neither requests nor jobs: who answers
// adds the request's id.
package problem
