#!/bin/sh
# Installs the programs that tests hold offprint against, on Debian, when run as
# root, and from npm what verifies and makes web hooks. Elsewhere it names what is
# missing; the tests say what they skip.
set -eu
cd "$(dirname "$0")/.."

# program:package, or file:package
wanted="mutool:mupdf-tools pdftotext:poppler-utils qpdf:qpdf gcc:gcc
	curl:curl jq:jq openssl:openssl node:nodejs npm:npm php:php-cli
	java:default-jre-headless mvn:maven
	/usr/share/java/preflight.jar:libpdfbox2-java
	/usr/share/java/javax.activation.jar:libactivation-java
	/usr/share/java/jaxb-api.jar:libjaxb-api-java
	systemd-analyze:systemd nginx:nginx-light promtool:prometheus"

# Folders with a package-lock.json for tests.
locked="internal/callback/interop server/hook/interop"

# missing names the Debian packages whose program or file is not here.
missing() {
	for pair in $wanted; do
		[ -e "${pair%%:*}" ] || command -v "${pair%%:*}" >/dev/null || echo "${pair##*:}"
	done
}

install() {
	export DEBIAN_FRONTEND=noninteractive
	# nginx and Prometheus are read by tests; they are not to be started here.
	policy=/usr/sbin/policy-rc.d
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' >$policy
		chmod +x $policy
		trap 'rm -f $policy' EXIT
	fi
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends "$@" libc6-dev >/dev/null
}

packages=$(missing)
if [ -n "$packages" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	# shellcheck disable=SC2086 # a list of packages
	install $packages
	packages=$(missing)
fi
if [ -n "$packages" ]; then
	echo "prepare: missing:" $packages "(install them as root to run every test)"
	[ -z "${CI:-}" ]
fi

for folder in $locked; do
	[ ! -d "$folder/node_modules" ] || continue
	if ! (cd "$folder" && npm ci --silent --no-audit --no-fund --ignore-scripts); then
		echo "prepare: npm cannot install what $folder needs"
		[ -z "${CI:-}" ]
	fi
done
