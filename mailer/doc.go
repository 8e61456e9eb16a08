// Package mailer makes and delivers the letter that carries an article.
//
//	Letter ─Design.Compose→ Message ─Keys.Sign→ Message ─Sender.Deliver→ []Result
//
// In: a [Letter] of plain data (words, pictures, the finished PDF) and a
// [Design], the texts that a publisher may replace. Out: a [Message], the
// bytes of one e-mail for one recipient, rendered once and never changed
// afterwards; and a [Result] for each recipient, whose [State] is one of the
// contract's delivery states.
//
// Three promises shape the code:
//
//   - Nothing from outside can make a header. An [Address] exists only when
//     [ParseAddress] made it, and every header field is written by one of the
//     few constructors of header.go.
//   - A message that was not handed over whole is never ended as if it were:
//     the connection is dropped instead of closing DATA with a dot.
//   - What cannot be known is said: a connection lost after the final dot is
//     [InDoubt], neither sent nor failed.
//
// The package reads no page, draws nothing, keeps no queue and asks no clock
// while it composes: Date, Message-ID and MIME boundaries come from the letter,
// so the same letter gives the same bytes.
package mailer
