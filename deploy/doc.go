// Package deploy holds what operators install: systemd units, a Containerfile,
// example configurations, nginx and Prometheus. All of it is files; the package's
// tests hold them against the programs that read them. check.sh builds what the
// Containerfile builds and runs it with nothing else around it.
//
// In: nothing. Out: files to install, and no code. They must name no setting, route or
// metric that the programs do not have.
package deploy
