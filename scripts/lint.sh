#!/bin/sh
# Fails on code that is not formatted, and on what vet and staticcheck find. The
# tools are pinned in go.mod.
set -eu
unformatted=$(go tool gofumpt -l .)
if [ -n "$unformatted" ]; then
	echo "lint: not formatted (go tool gofumpt -w FILE):"
	echo "$unformatted"
	exit 1
fi
go vet ./...
go tool staticcheck ./...
