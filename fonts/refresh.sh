#!/bin/sh
# Fetches the embedded faces and their licence again. Nothing is replaced unless
# every file has the hash that noto/faces.go lists. Needs npm and sha256sum.
#
#   sh fonts/refresh.sh          fetch
#   sh fonts/refresh.sh --sums   print the hashes and names that noto/faces.go lists
set -eu
version=0.4.3

fonts=$(cd "$(dirname "$0")" && pwd)

# sums prints the table's hashes and names as sha256sum -c reads them.
sums() {
	sed -n 's/.*"\([A-Za-z0-9_]*\.\(ttf\|txt\)\)", *"\([0-9a-f]\{64\}\)".*/\3  \1/p' "$fonts/noto/faces.go"
}
if [ "${1:-}" = --sums ]; then
	sums
	exit
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cd "$stage"

# fetch PACKAGE FILE... puts faces of a package and their licence into the stage.
fetch() {
	package=$1
	shift
	mkdir "$package"
	tar -xzf "$(npm pack --silent "@expo-google-fonts/$package@$version")" -C "$package"
	cp "$package/package/LICENSE_FONT" OFL.txt
	for file; do
		cp "$package/package/$file" .
	done
}
fetch noto-sans-sc 400Regular/NotoSansSC_400Regular.ttf 700Bold/NotoSansSC_700Bold.ttf
fetch noto-sans-hk 400Regular/NotoSansHK_400Regular.ttf 700Bold/NotoSansHK_700Bold.ttf

sums >sums
sha256sum -c sums || {
	echo "refresh: these are the hashes that were found:"
	sha256sum -- *.ttf OFL.txt
	exit 1
} >&2
while read -r _ name; do
	install -m 644 "$name" "$fonts/noto/$name"
done <sums
