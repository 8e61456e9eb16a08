// Package letter makes the letters that carry an article: one message for each
// recipient, with the article's opening in it and its PDF attached.
//
// In: an article, alone or with the page it was read from; how it is printed,
// [offprint.Options]; and what the letter says beside it, [Options].
// Out: a [mailer.Message] for each recipient. To sign and deliver it is the work
// of package mailer.
//
// A letter to one reader is one call:
//
//	from, err := mailer.ParseMailbox("南汀日报 <news@nanting.example>")
//	…
//	message, err := letter.Compose(ctx, art, mailer.Recipient{Address: to}, print,
//		letter.Options{From: from, Run: "2025-07-21", Sent: time.Now()})
//
// Letters to many share a [Mailing]. It fetches the pictures once and prints the
// article once for each font size that its recipients ask for:
//
//	page, err := offprint.Open(ctx, source, print)
//	…
//	defer page.Close()
//	art, err := page.Parse(ctx)
//	…
//	mailing, err := letter.FromPage(ctx, page, art, o)
//	…
//	for _, to := range recipients {
//		message, err := mailing.Compose(ctx, to)
//		…
//	}
//
// A PDF that is too large for its letter is made again with ever smaller
// pictures. If that is not enough, the error is a [*TooLargeError]. Whoever has a
// place on the web for the PDF then puts it there, names it by [Mailing.UseLink],
// and composes again.
//
// Who wrote the article, where it stands and what its date is are answered by
// package article, so a letter says what its PDF says.
//
// The package delivers nothing, reads no clock and no environment: article,
// options and recipient decide a message's bytes. Errors are [*Error] for a
// letter that cannot be written, [*TooLargeError], and those of package offprint.
package letter
