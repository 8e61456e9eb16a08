// Package config reads the configuration: offprint.toml in its three places, the
// environment, and flags.
//
// In: the path of a file, flags, and the variables OFFPRINT_…. Out: a [Config], whose
// sections are filled by the toml tags on the structs of the packages that they
// belong to; what is wrong with it, what is unwise, and where each value is from.
//
// settings.go lists every setting. To add one: its row there, and a field with the
// same toml tag; a test holds the two together, and docs/guide/config.md is written
// from the rows.
//
// It must not open what it configures, go to the network, or show a secret's value.
// It is the only package that knows koanf.
package config
