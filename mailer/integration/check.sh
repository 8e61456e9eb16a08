#!/bin/sh
# Holds the mailer against foreign servers, parsers, checkers, SpamAssassin and
# a browser. Run from anywhere; as root on Debian it installs what is missing.
# What cannot run here says SKIPPED and why; with CI=true that is a failure.
set -eu
cd "$(dirname "$0")"

packages="postfix sasl2-bin libsasl2-modules python3 python3-aiosmtpd python3-dkim perl libmail-dkim-perl libcryptx-perl spamassassin chromium fonts-noto-cjk"
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

# Mail::DKIM knows Ed25519 from 1.20230630 on; Debian 12 has an older one, whose
# source has RSA alone. That of Debian 13 is plain Perl and runs on 12 as it is
# (with libcryptx-perl): it is fetched by apt, with lists of its own so that the
# system's stay as they are, and unpacked into the folder perl.
mirror=""
if command -v apt-get >/dev/null && [ ! -d perl ] && ! perl -MMail::DKIM::Algorithm::ed25519_sha256 -e 1 2>/dev/null; then
	# From where the system has its own packages.
	mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
	[ -n "$mirror" ] || echo "SKIPPED: a Mail::DKIM that knows Ed25519: apt has no list of Debian's packages"
fi
if [ -n "$mirror" ]; then
	own=$(mktemp -d)
	mkdir -p "$own/lists/partial" "$own/cache/archives/partial"
	chmod -R a+rX "$own"
	echo "deb $mirror trixie main" >"$own/sources.list"
	(
		apt="apt-get -qq -o Dir::Etc::sourcelist=$own/sources.list -o Dir::Etc::sourceparts=- -o Dir::State::lists=$own/lists -o Dir::Cache=$own/cache"
		cd "$own" && $apt update && $apt -o APT::Sandbox::User=root download libmail-dkim-perl && dpkg -x libmail-dkim-perl_*.deb tree
	) && mv "$own/tree/usr/share/perl5" perl || echo "SKIPPED: a Mail::DKIM that knows Ed25519 could not be fetched"
	rm -rf "$own"
fi
if [ -d perl ]; then
	export PERL5LIB="$PWD/perl${PERL5LIB:+:$PERL5LIB}"
fi
if command -v npm >/dev/null && [ ! -d browser/node_modules ]; then
	(cd browser && npm ci --silent --no-audit --no-fund)
fi
go test -tags integration -count=1 -timeout 20m "$@" .
