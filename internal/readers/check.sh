#!/bin/sh
# Holds finished PDFs against the programs that read them. Run from anywhere; as
# root on Debian it installs what is missing. What cannot run here says SKIPPED and
# why; with CI=true that is a failure.
set -eu
cd "$(dirname "$0")"

packages="poppler-utils mupdf-tools ghostscript pdfgrep libpdfbox2-java libcommons-logging-java nodejs npm chromium"
command -v javac >/dev/null || packages="$packages default-jdk-headless"
missing=$(for p in $packages; do
	case $p in
	nodejs | npm) command -v "${p%js}" >/dev/null && continue ;;
	esac
	dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || echo "$p"
done)
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-get update -qq
	# shellcheck disable=SC2086 # a list of packages
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=400 install -y --no-install-recommends $missing >/dev/null
elif [ -n "$missing" ]; then
	echo "readers: not installed, and not root on Debian:" $missing
fi
if command -v npm >/dev/null && [ ! -d node_modules ]; then
	npm ci --silent --no-audit --no-fund --ignore-scripts || echo "readers: npm cannot fetch the readers of package.json"
fi
exec ${GO:-go} test -tags integration -count=1 -timeout 20m "$@" .
