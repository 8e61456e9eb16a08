#!/bin/sh
# Holds the OpenAPI document against the rules of @redocly/cli. Run from anywhere.
# Without npm it says SKIPPED and why; with CI=true that is a failure.
set -eu
cd "$(dirname "$0")"
if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
	echo "openapi-lint: SKIPPED: npm and node are not installed"
	[ "${CI:-}" != true ]
	exit
fi
if [ ! -d node_modules ]; then
	npm ci --silent --no-audit --no-fund --ignore-scripts
fi
cd ..
${GO:-go} test -run '^TestOpenAPILint$' -count=1 "$@" .
