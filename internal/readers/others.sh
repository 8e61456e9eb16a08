#!/bin/sh
# Prints the table of docs/guide/print.md: phrases of the same article that readers
# do not find in what offprint, Typst, Chromium and WeasyPrint make of it. It fetches
# Typst and WeasyPrint from PyPI into a folder of its own (build/others).
set -eu
cd "$(dirname "$0")"
top=$(cd ../.. && pwd)
python=$top/build/others/bin/python
if [ ! -x "$python" ]; then
	python3 -m venv "$top/build/others"
	"$python" -m pip install --quiet -r others.txt
fi
OFFPRINT_OTHERS="$python" ${GO:-go} test -tags integration,others -count=1 -timeout 20m -v -run '^TestOthers$' .
