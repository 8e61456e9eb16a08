#!/bin/sh
# Builds the program as the Containerfile does, and runs it as the container would:
# in a root folder that holds what the image holds and nothing else, as a user
# without rights. What only an engine can show (the build in layers, volumes, the
# health check's schedule) is not shown here. Needs root or user namespaces.
set -eu
cd "$(dirname "$0")/.."

skip() {
	echo "deploy/check: SKIPPED: $1"
	[ -z "${CI:-}" ]
	exit
}
fail() {
	echo "deploy/check: $1" >&2
	exit 1
}

top=$(mktemp -d)
served=""
cleanup() {
	[ -z "$served" ] || kill -9 "$served" 2>/dev/null || true
	rm -rf "$top"
}
trap cleanup EXIT
image=$top/image
user=65532

# 1. What the image holds.
mkdir -p "$image/etc/ssl/certs" "$image/tmp" "$image/var/lib/offprint"
chmod 1777 "$image/tmp"
chmod 755 "$top"
chmod 700 "$image/var/lib/offprint"
build=$(sed -n 's/^RUN CGO_ENABLED=0 \(go build .*\) -o .*/\1/p' deploy/Containerfile)
[ -n "$build" ] || fail "the Containerfile builds in another way: look at this script, too"
echo "deploy/check: $build"
eval "CGO_ENABLED=0 $build -o \"$image/offprint\" ./cmd/offprint"
if [ -e /etc/ssl/certs/ca-certificates.crt ]; then
	cp /etc/ssl/certs/ca-certificates.crt "$image/etc/ssl/certs/"
fi

# 2. It is static.
if command -v file >/dev/null; then
	file "$image/offprint" | grep -q 'statically linked' || fail "not static: $(file "$image/offprint")"
fi
! ldd "$image/offprint" >/dev/null 2>&1 || fail "not static: $(ldd "$image/offprint")"
echo "deploy/check: static, $(wc -c <"$image/offprint") bytes"

# 3. It runs with nothing else, as nobody.
port=18473
if [ "$(id -u)" = 0 ]; then
	chown -R $user:$user "$image/var/lib/offprint"
	enter="chroot --userspec=$user:$user"
elif unshare --map-root-user true 2>/dev/null; then
	enter="unshare --map-root-user chroot"
else
	skip "neither root nor user namespaces"
fi
settings="HOME=/var/lib/offprint OFFPRINT_DATA_DIR=/var/lib/offprint \
	OFFPRINT_SERVE_LISTEN=127.0.0.1:$port OFFPRINT_SERVE_ADMIN_LISTEN=127.0.0.1:$((port + 1))"
# shellcheck disable=SC2086 # words
inside() { env -i PATH="$PATH" $settings $enter "$image" /offprint "$@"; }

inside version
inside print --quiet - -o /var/lib/offprint/page.pdf --images none --base-url https://nanting.example/a \
	<cmd/offprint/testdata/page/page.html
head -c 5 "$image/var/lib/offprint/page.pdf" | grep -q '%PDF-' || fail "no PDF was made"

# 4. It serves, says that it is ready, prints, and ends in good order.
# Not by inside: $! must be the program itself, not a shell that waits for it.
# shellcheck disable=SC2086 # words
env -i PATH="$PATH" $settings $enter "$image" /offprint serve --quiet 2>"$top/log" >/dev/null &
served=$!
tries=0
until inside serve --check --quiet 2>"$top/check"; do
	tries=$((tries + 1))
	if [ $tries -gt 100 ]; then
		cat "$top/log" "$top/check" >&2
		fail "the service is not ready"
	fi
	sleep 0.1
done
curl -sSf "http://127.0.0.1:$port/v1/pdf" -o "$top/page.pdf" -H 'Content-Type: application/json' \
	-d '{"article": {"title": "试印一页", "lang": "zh-Hans", "blocks": [{"kind": "paragraph", "text": "渡口的早班船，每天六班。"}]}}' ||
	fail "the service does not print"
head -c 5 "$top/page.pdf" | grep -q '%PDF-' || fail "the service made no PDF"
kill -TERM "$served"
wait "$served" || fail "the service ended with $?"
served=""
! grep -q '"level":"ERROR"' "$top/log" || fail "errors: $(grep '"level":"ERROR"' "$top/log")"
echo "deploy/check: printed and served in an empty root as user $user"
