// Package keys keeps the API keys of the service and counts what they are used for.
//
//	Ring.Create ─→ text, shown once      keys.json: id, name, hash, what it may do
//	Authorization: Bearer TEXT ─Ring.Check→ Key ─Allows…→ ─Usage.Take→ go on, or a refusal
//
// In: a data folder, the words of an operator, the text of a key. Out: a [Key]
// that says what its bearer may do, or a [Refusal]; and a [QuotaError] when the
// day's quota is used up.
//
// What is promised:
//
//   - A key's text is nowhere kept. keys.json holds its SHA-256; a plain hash is
//     enough, because 160 random bits cannot be guessed, however fast the hash is.
//   - keys.json is changed by operators alone, under a lock and in one step. A
//     running service reads it again when it has changed, within a second, so a
//     revoked key ends without a restart. Counting goes into usage.json: a busy
//     service can never write back a key that was revoked meanwhile.
//   - A keys.json that cannot be read, or is gone, is never taken for one without
//     keys, which might open a service to all. A service does not begin with it; one
//     that runs goes on with the keys that it had, and says so.
//
// The package speaks no HTTP. Rates by the minute are kept here and enforced by
// the server.
package keys
