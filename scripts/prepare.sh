#!/bin/sh
# Installs the programs that tests compare offprint's PDFs with, on Debian, when
# run as root. Elsewhere it names what is missing; the tests say what they skip.
set -eu

# program:package
wanted="mutool:mupdf-tools pdftotext:poppler-utils qpdf:qpdf gcc:gcc"

missing=""
for pair in $wanted; do
	command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	# shellcheck disable=SC2086 # a list of packages
	apt-get install -y -qq --no-install-recommends $missing libc6-dev >/dev/null
	exit 0
fi
echo "prepare: missing:$missing (install them as root to run every test)"
[ -z "${CI:-}" ]
