// Package dkimkey makes DKIM keys for tests.
//
// In: a seed. Out: the same Ed25519 key each time, parsed and in a file. It must not
// be used to sign mail to anybody. It is for tests only.
package dkimkey
