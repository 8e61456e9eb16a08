#!/bin/sh
# Compares what two builds make of the same pages: this tree's and a revision's.
#
#   sh scripts/same.sh REVISION|PROGRAM [FOLDER...]
#
# Every page (.html, .html.gz) under testdata, demo, extract/testdata, and the
# folders named is printed, parsed and put into a letter by both. PDFs, JSON and
# messages must be equal to the byte; of a letter, Date, Message-ID and boundaries
# are left out. It prints each difference and fails if there is one.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2,9p' "$0"; exit 2; }
before=$1
shift
work=$(mktemp -d)
trap 'git -C "$top" worktree remove --force "$work/tree" 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM

# 1. The two programs.
if [ -f "$before" ] && [ -x "$before" ]; then
	cp "$before" "$work/old"
else
	git -C "$top" worktree add -q --detach "$work/tree" "$before"
	(cd "$work/tree" && go build -o "$work/old" ./cmd/offprint)
fi
(cd "$top" && go build -o "$work/new" ./cmd/offprint)

# 2. The pages. The demos are pages with pictures; so are those of testdata.
for folder in "$top/testdata" "$top/demo" "$top/extract/testdata" "$@"; do
	find "$folder" -name '*.html' -o -name '*.html.gz'
done | sort >"$work/pages"

# 3. Each page by each program.
make_all() { # PROGRAM PAGE OUT
	timeout 120 "$1" parse "$2" --explain --json >"$3.json" 2>"$3.json.err" || echo "exit $?" >>"$3.json.err"
	SOURCE_DATE_EPOCH=1750000000 timeout 120 "$1" print "$2" -o "$3.pdf" >/dev/null 2>"$3.pdf.err" || echo "exit $?" >>"$3.pdf.err"
	SOURCE_DATE_EPOCH=1750000000 timeout 120 "$1" print "$2" --font-size x-large --paper A5 --columns 1 -o "$3.large.pdf" \
		>/dev/null 2>&1 || true
	timeout 120 "$1" email "$2" --to reader@example.com --from 'Paper <paper@news.example>' --dry-run -o - \
		2>"$3.eml.err" >"$3.raw" || echo "exit $?" >>"$3.eml.err"
	# The boundaries are random, and so is all that holds one.
	tr -d '\r' <"$3.raw" | grep -av -e '^Date: ' -e '^Message-ID: ' -e '^X-Entity-Ref-ID: ' -e 'boundary=' -e '^--[0-9a-zA-Z_=.-]*$' >"$3.eml" || true
	rm -f "$3.raw"
}
n=0
differ=0
while read -r page; do
	n=$((n + 1))
	case $page in
	*.gz) gunzip -c "$page" >"$work/page.html" && source=$work/page.html ;;
	*) source=$page ;;
	esac
	rm -rf "$work/a" "$work/b"
	mkdir "$work/a" "$work/b"
	make_all "$work/old" "$source" "$work/a/x" &
	make_all "$work/new" "$source" "$work/b/x"
	wait
	sed -i -e "s|$work/[ab]/|OUT/|g" -e "s/, [0-9.]* s →/ →/" "$work"/a/*.err "$work"/b/*.err
	if ! diff -rq "$work/a" "$work/b" >"$work/diff"; then
		differ=$((differ + 1))
		echo "differs: ${page#"$top"/}"
		sed -e "s|$work/||g" -e 's/^/  /' "$work/diff"
		diff -r -a "$work/a" "$work/b" | grep -av '^Binary' | cut -c1-300 | head -20 | sed 's/^/    /'
	fi
done <"$work/pages"
echo "same: $n pages read, printed and put into letters by both; $differ differ"
[ "$differ" = 0 ]
