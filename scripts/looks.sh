#!/bin/sh
# Compares how the pages of two builds look: this tree's and a revision's.
#
#   sh scripts/looks.sh REVISION|PROGRAM [OPTION...]
#
# The demo's pages and those of testdata/articles are printed by both at three
# sizes, with the options named, and drawn by pdftoppm and by mutool at 200 dots an
# inch. scripts/looks.go says where they differ by more than antialiasing.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,8p' "$0"; exit 2; }
before=$1
shift
work=$(mktemp -d)
trap 'git -C "$top" worktree remove --force "$work/tree" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM

if [ -f "$before" ] && [ -x "$before" ]; then
	cp "$before" "$work/old"
else
	git -C "$top" worktree add -q --detach "$work/tree" "$before"
	(cd "$work/tree" && go build -o "$work/old" ./cmd/offprint)
fi
(cd "$top" && go build -o "$work/new" ./cmd/offprint)
go build -o "$work/looks" "$top/scripts/looks.go"

status=0
for page in "$top"/demo/*/page.html "$top"/testdata/articles/*/page.html; do
	name=$(basename "$(dirname "$page")")
	for size in small medium giant; do
		for build in old new; do
			mkdir -p "$work/poppler.$build" "$work/mupdf.$build"
			(cd "$(dirname "$page")" &&
				"$work/$build" -q print page.html --font-size $size "$@" -o "$work/$build.pdf")
			pdftoppm -r 200 -gray "$work/$build.pdf" "$work/poppler.$build/$name-$size"
			mutool draw -q -r 200 -c gray -F pgm -o "$work/mupdf.$build/$name-$size-%d.pgm" "$work/$build.pdf" 2>"$work/mutool.err" ||
				{ cat "$work/mutool.err"; exit 1; }
		done
	done
done
for program in poppler mupdf; do
	echo "== $program"
	"$work/looks" "$work/$program.old" "$work/$program.new" || status=$?
done
exit $status
