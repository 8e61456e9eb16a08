#!/bin/sh
# Fetches the embedded faces and their licence again. Nothing is replaced unless
# every file has the hash that SHA256SUMS lists. Needs npm and sha256sum.
set -eu
version=0.4.3

fonts=$(cd "$(dirname "$0")" && pwd)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cd "$stage"

# face PACKAGE FILE FOLDER puts a face and its licence into the stage.
face() {
	mkdir -p "$3"
	cp "$1/package/$2" "$1/package/LICENSE_FONT" "$3/"
	mv "$3/LICENSE_FONT" "$3/OFL.txt"
}

for package in noto-sans-sc noto-sans-hk; do
	mkdir "$package"
	tar -xzf "$(npm pack --silent "@expo-google-fonts/$package@$version")" -C "$package"
done
face noto-sans-sc 400Regular/NotoSansSC_400Regular.ttf notosanssc
face noto-sans-sc 700Bold/NotoSansSC_700Bold.ttf notosansscbold
face noto-sans-hk 400Regular/NotoSansHK_400Regular.ttf notosanshk
face noto-sans-hk 700Bold/NotoSansHK_700Bold.ttf notosanshkbold

sha256sum -c "$fonts/SHA256SUMS"
while read -r _ name; do
	install -m 644 "$name" "$fonts/$name"
done <"$fonts/SHA256SUMS"
