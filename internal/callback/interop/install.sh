#!/bin/sh
# Installs what interop_test.go verifies callbacks with. Run from anywhere. Without
# npm the test says what it left out; with CI=true that is a failure.
set -eu
cd "$(dirname "$0")"
if ! command -v npm >/dev/null; then
	echo "callback/interop: npm is not installed (Debian: npm)"
	[ -z "${CI:-}" ]
	exit
fi
[ -d node_modules/standardwebhooks ] || npm ci --silent --no-audit --no-fund
