#!/bin/sh
# Builds the readers' buttons again and compares, and tries them in Chromium.
# Run from anywhere; as root on Debian it installs what is missing. What cannot
# run here says SKIPPED and why; with CI=true that is a failure.
set -eu
cd "$(dirname "$0")"

if ! command -v chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=400 install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
fi
for program in node npm chromium; do
	if ! command -v $program >/dev/null; then
		echo "SKIPPED: the buttons in a browser: no $program"
		[ -z "${CI:-}" ]
		exit
	fi
done
[ -d node_modules ] || npm ci --silent --no-audit --no-fund --ignore-scripts

mkdir -p out
node build.mjs out/buttons.js
if ! cmp out/buttons.js ../../templates/web/buttons.js; then
	echo "templates/web/buttons.js is not what templates/buttons gives: node server/browser/build.mjs"
	exit 1
fi
node chromium.mjs "$(command -v chromium)"
