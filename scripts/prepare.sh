#!/bin/sh
# Installs the programs that tests hold offprint against, on Debian, when run as
# root. Elsewhere it names what is missing; the tests say what they skip.
set -eu

# program:package
wanted="mutool:mupdf-tools pdftotext:poppler-utils qpdf:qpdf gcc:gcc
	curl:curl jq:jq openssl:openssl node:nodejs systemd-analyze:systemd nginx:nginx-light promtool:prometheus"

missing=""
for pair in $wanted; do
	command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair##*:}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	export DEBIAN_FRONTEND=noninteractive
	# nginx and Prometheus are read by tests; they are not to be started here.
	policy=/usr/sbin/policy-rc.d
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' >$policy
		chmod +x $policy
		trap 'rm -f $policy' EXIT
	fi
	apt-get update -qq
	# shellcheck disable=SC2086 # a list of packages
	apt-get install -y -qq --no-install-recommends $missing libc6-dev >/dev/null
	exit 0
fi
echo "prepare: missing:$missing (install them as root to run every test)"
[ -z "${CI:-}" ]
