#!/bin/sh
# Runs the tests in random order, with the race detector where there is a C
# compiler for it.
set -eu
if command -v "${CC:-gcc}" >/dev/null; then
	exec go test -race -shuffle=on -timeout 20m "$@"
fi
echo "race: no C compiler, so the race detector is left out"
exec go test -shuffle=on -timeout 20m "$@"
