#!/bin/sh
# Holds the mailer against foreign servers, parsers, checkers, SpamAssassin and
# a browser. Run from anywhere; as root on Debian it installs what is missing.
# What cannot run here says SKIPPED and why; with CI=true that is a failure.
set -eu
cd "$(dirname "$0")"

packages="postfix sasl2-bin libsasl2-modules python3 python3-aiosmtpd python3-dkim perl libmail-dkim-perl spamassassin chromium fonts-noto-cjk"
missing=$(for p in $packages; do dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || echo "$p"; done)
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	echo "postfix postfix/main_mailer_type select Local only" | debconf-set-selections
	# policy-rc.d keeps the packages from starting their own servers.
	policy=/usr/sbin/policy-rc.d
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' >$policy
		chmod +x $policy
		trap 'rm -f $policy' EXIT
	fi
	apt-get update -qq
	# shellcheck disable=SC2086
	DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=400 install -y --no-install-recommends $missing >/dev/null
elif [ -n "$missing" ]; then
	echo "not installed, and not root on Debian:" $missing
fi
if command -v npm >/dev/null && [ ! -d browser/node_modules ]; then
	(cd browser && npm ci --silent --no-audit --no-fund)
fi
go test -tags integration -count=1 -timeout 20m "$@" .
