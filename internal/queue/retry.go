package queue

import (
	"math/rand/v2"
	"slices"
	"time"
)

// mailPauses are the waits between the tries of one message that was refused
// for now: quick at first, since greylisting ends after minutes (RFC 6647), and
// then every few hours until the fifth day (RFC 5321 §4.5.4.1: "generally at
// least 4-5 days"). After the last of them the delivery has failed.
//
//	try   1  2    3     4     5     6     7     8     9     10 … 28
//	wait  -  1 m  5 m   15 m  30 m  1 h   2 h   4 h   6 h   6 h each
//	sum      1 m  6 m   21 m  51 m  1:51  3:51  7:51  13:51 … 5 d 7:51
var mailPauses = pauses(
	1*time.Minute, 5*time.Minute, 15*time.Minute, 30*time.Minute,
	1*time.Hour, 2*time.Hour, 4*time.Hour, 6*time.Hour,
).then(19, 6*time.Hour)

// renderPauses are the waits between the tries of a print whose page or picture
// could not be had. A reader waits for most of them, so they end within a
// quarter of an hour.
//
//	try   1  2     3    4     5
//	wait  -  10 s  1 m  3 m   10 m
var renderPauses = pauses(10*time.Second, 1*time.Minute, 3*time.Minute, 10*time.Minute)

// letterPauses are the waits between the tries to make letters that took too long.
// Nobody waits at a screen for them, so they are tried as long as mail is.
//
//	try   1  2     3    4    5     6 … 125
//	wait  -  10 s  1 m  3 m  10 m  1 h each
//	sum      10 s  1:10 4:10 14:10 … 5 d 0:14
var letterPauses = slices.Clone(renderPauses).then(120, 1*time.Hour)

// callPauses are the waits between the tries of one callback, those that Standard
// Webhooks 1.0.0 suggests ("Deliverability and reliability"). Each is made up to
// a tenth longer or shorter, so that what failed together does not come back
// together; a Retry-After makes it longer. After the last the event has failed.
//
//	try   1  2    3      4     5      6      7       8       9       10
//	wait  -  5 s  5 m    30 m  2 h    5 h    10 h    14 h    20 h    24 h
//	sum      5 s  5:05   35 m  2:35   7:35   17:35   31:35   51:35   75:35
var callPauses = pauses(
	5*time.Second, 5*time.Minute, 30*time.Minute,
	2*time.Hour, 5*time.Hour, 10*time.Hour, 14*time.Hour, 20*time.Hour, 24*time.Hour,
)

const (
	// doubtPause is the wait before a message that is in doubt is sent again: long
	// enough for a person to see it at the receiver and cancel.
	doubtPause = 15 * time.Minute
	// setupPause is for how long no message is tried after the server refused the
	// account or its certificate was bad, when the senders say nothing else. The wait
	// does not count as a try.
	setupPause = 5 * time.Minute
	// setupLife is for how long a message waits for the account or the certificate: as
	// long as for a server that is out of reach.
	setupLife = 5 * 24 * time.Hour
	// longestSetupPause is the longest such wait that senders can ask for.
	longestSetupPause = 1 * time.Hour
	// errorPause is the wait after a failure of our own, such as a database that
	// cannot be read.
	errorPause = 1 * time.Minute
	// maxRetryAfter is the longest Retry-After that is heeded.
	maxRetryAfter = 24 * time.Hour
	// eventLife is for how long an event waits for a worker that makes calls, after
	// it came up or was last tried.
	eventLife = 14 * 24 * time.Hour
)

// The longest waits of mail, of prints and of callbacks. What waits longer was put
// off under a clock that has been set back since.
var (
	longestPause       = max(mailPauses.longest(), doubtPause, longestSetupPause, errorPause)
	longestRenderPause = max(letterPauses.longest(), errorPause)
	longestCallPause   = max(longestJitter(callPauses.longest()), maxRetryAfter)
)

// schedule is a row of waits: schedule[n-1] follows the nth try.
type schedule []time.Duration

func pauses(p ...time.Duration) schedule { return p }

// then adds n equal waits.
func (s schedule) then(n int, pause time.Duration) schedule {
	for range n {
		s = append(s, pause)
	}
	return s
}

// after gives the wait after the nth try (from 1), or says that it was the last.
func (s schedule) after(try int) (pause time.Duration, again bool) {
	if try < 1 || try > len(s) {
		return 0, false
	}
	return s[try-1], true
}

// longest gives the longest of the waits.
func (s schedule) longest() time.Duration { return slices.Max(s) }

// longestJitter is the longest wait that jitter makes of a wait.
func longestJitter(pause time.Duration) time.Duration { return pause + pause/10 }

// jitter makes a wait up to a tenth longer or shorter, in whole milliseconds, as
// times stand in the tables.
func jitter(pause time.Duration) time.Duration {
	return (pause - pause/10 + rand.N(pause/5+1)).Truncate(time.Millisecond)
}
