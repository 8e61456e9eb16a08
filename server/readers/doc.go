// Package readers knows what the form by which readers mail an article asks of them.
//
// Anybody can reach the form, so nothing in a letter is the caller's but the
// addresses, a name, and where the publisher allows it a note. The article is one for
// whose address the publisher's page carries a [Token]; a [Challenge] makes each letter
// cost some work and some seconds; [Config] has the limits, which the queue keeps.
package readers
