// Package doctor checks that everything is in place to print, to mail and to serve.
//
// In: the configuration, the faces, and how long a look at the network may take.
// Out: findings, each with what to do about it.
//
// doctor.go lists the checks; host.go looks at this machine, mail.go at the mail
// servers and the DKIM keys, service.go at what a service needs.
//
// It must not send mail, keep what it writes, show a secret, or know an exit code.
package doctor
