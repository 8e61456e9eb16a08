//go:build integration

// Package integration holds the mailer against programs that others wrote:
// Postfix and aiosmtpd carry its messages, Python's email parses them, dkimpy
// and Mail::DKIM check their signatures, SpamAssassin judges them, a browser
// shows them, and smtplib and smtp-source race it.
//
// Everything here is a test with the build tag integration; check.sh installs
// what the tests need and runs them. Servers listen on loopback only, and no
// message leaves the machine.
package integration
