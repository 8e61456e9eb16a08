#!/bin/sh
# Types phrases into the find bar of Chromium's own PDF viewer, on a screen of its
# own (Xvfb), and keeps a picture of them: findbar.sh [FOLDER]. The number of hits
# stands in the bar; nothing here reads it. As root on Debian it installs what is
# missing. It is not part of make check.
set -eu
cd "$(dirname "$0")"
top=$(cd ../.. && pwd)
out=${1:-$top/build/findbar}
mkdir -p "$out"
if ! command -v Xvfb >/dev/null || ! command -v xdotool >/dev/null || ! command -v import >/dev/null || ! command -v xsel >/dev/null; then
	[ "$(id -u)" = 0 ] || { echo "findbar: install xvfb, xdotool, imagemagick and xsel"; exit 1; }
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends xvfb xdotool imagemagick xsel >/dev/null
fi
work=$(mktemp -d)
screen=:97
pids=""
trap 'for p in $pids; do kill "$p" 2>/dev/null || true; done; rm -rf "$work"' EXIT INT TERM
(cd "$top" && ${GO:-go} build -o "$work/offprint" ./cmd/offprint)
"$work/offprint" print "$top/demo/hans/page.html" --punctuation keep -o "$work/hans.pdf" >/dev/null
"$work/offprint" print testdata/torture-hans.html --punctuation keep -o "$work/torture.pdf" >/dev/null 2>&1

Xvfb $screen -screen 0 900x700x24 >/dev/null 2>&1 &
pids=$!
export DISPLAY=$screen
sleep 1

# look FILE PHRASE NAME
look() {
	chromium --no-sandbox --disable-gpu --no-first-run --user-data-dir="$work/profile-$3" --window-size=900,700 \
		--window-position=0,0 --disable-component-update --disable-background-networking "file://$1" >/dev/null 2>&1 &
	browser=$!
	pids="$pids $browser"
	tries=0
	until xdotool search --onlyvisible --class chromium >/dev/null 2>&1 || [ $tries -ge 60 ]; do
		tries=$((tries + 1))
		sleep 0.5
	done
	sleep 6 # the viewer is loaded after the window is there
	xdotool mousemove 450 400 click 1 key ctrl+f
	sleep 1
	printf %s "$2" | xsel -b -i # some fonts of keys have no Han
	xdotool key ctrl+v
	sleep 3
	import -window root -crop 700x400+200+70 +repage -resize 80% -colorspace gray -colors 8 +dither "$out/$3.png"
	kill "$browser"
	wait "$browser" 2>/dev/null || true
}
look "$work/hans.pdf" "7月18日" date
look "$work/torture.pdf" "《账本》（第三册）" marks
look "$work/torture.pdf" "㐀“山”" rare
(cd "$out" && convert date.png marks.png rare.png -append findbar.png)
echo "findbar: $out/findbar.png"
