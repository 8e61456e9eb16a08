// Package queue does the service's work later: jobs that print and jobs that
// mail, which survive a crash.
//
//	Submit ─→ job row, delivery rows ─→ Renderer ─Post→ message rows ─→ Sender ─→ 250 ─→ settled
//	          └──── one transaction ───┘ render queue  └ a transaction each ┘ mail queue
//
//	the transaction that settles a job or a delivery ─→ event row ─→ Caller ─→ 2xx ─→ told
//	                                                               call queue
//
// In: a [Submission], the request of a print or an e-mail as JSON, and the
// recipients. Out: a [Job] that can be asked for at any time, with the state of
// each of its deliveries, and events to the job's callback. The work itself is
// done by a [Renderer], by [Sender]s and by a [Caller], which this package is
// given.
//
// What is promised, and how:
//
//   - Nothing is lost. A submission is on the disk before Submit returns (SQLite,
//     WAL, synchronous FULL), and work that was begun when the program died is
//     begun again at the next start, at once: a worker holds a lock on the data
//     folder, so whatever is marked as running then has no owner.
//
//   - A message is sent once, or is known to be in doubt. A delivery is marked
//     before the message goes out, and settled right after the server's 250 in
//     the same transaction that completes its job. Only a message that was on
//     its way at the moment of a crash can arrive twice, and then with the same
//     Message-ID and the same bytes.
//
//   - Every try sends the same bytes. They are kept when the message is posted,
//     and checked against their SHA-256 before each try; a PDF that many
//     messages carry is kept once.
//
//   - All mail comes to an end: after 28 tries in five days, or after five days in
//     which the account was refused, with the server's own words as the reason. A
//     refused account costs no message a try.
//
//   - What happened is told once at least. An event is written in the transaction
//     in which a job or a delivery reaches its state, and called out for three
//     days until it is heard, always with the same id and bytes, so that who
//     hears it twice can tell. Events may come in another order than they
//     happened in.
//
//   - What is kept is bounded. A job with an [Submission.Owner] is refused when more
//     bytes would be kept for the owner's jobs than [Submission.OwnerBytes]; finished
//     jobs go after [Options.Retention], and the file shrinks after them, some pages at
//     a time (incremental vacuum).
//
//   - What was on its way when a worker died is in doubt, and rests for 15 minutes in
//     which it can be cancelled. A try has 20 minutes, and counts when they are over.
//
// The package reads no page, lays nothing out, speaks no SMTP and no HTTP. SQL
// stands in ledger_*.go and beside the calls that need it, in words that SQLite and
// PostgreSQL share. What only one of them understands is behind the interface engine
// of engine.go; SQLite's is sqlite.go.
package queue
