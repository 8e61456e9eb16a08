#!/bin/sh
# Has an article printed as a job, waits for it, and fetches the PDF. Needs jq.
#
#   job.sh https://news.example/a.html article.pdf
set -eu
base=${OFFPRINT_URL:-http://127.0.0.1:8080}
auth() { [ -z "${OFFPRINT_KEY:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$OFFPRINT_KEY"; }
ask() { auth | curl -sS --fail-with-body -K - --retry 5 --retry-max-time 60 "$@"; }

job=$(jq -n --arg url "$1" '{url: $url, font_size: "large"}' >"$2.request" &&
	ask "$base/v1/pdf" -H 'Content-Type: application/json' -H 'Prefer: respond-async' --data-binary @"$2.request")
rm -f "$2.request"
id=$(printf %s "$job" | jq -r .id)

pause=0.2
while :; do
	state=$(printf %s "$job" | jq -r .state)
	case $state in
	done) break ;;
	failed | cancelled)
		printf '%s\n' "$job" | jq . >&2
		exit 1
		;;
	esac
	sleep "$pause"
	pause=2
	job=$(ask "$base/v1/jobs/$id")
done
# result.pdf is an address, or its path where the service has no public one.
pdf=$(printf %s "$job" | jq -r .result.pdf)
case $pdf in /*) pdf=$base$pdf ;; esac
ask "$pdf" -o "$2"
